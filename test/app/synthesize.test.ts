import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { type Environment, GoldenApp, type GoldenAppProps, GoldenService, Platform } from 'cdk8s-golden-path';
import { AppProject } from 'cdk8s-golden-path/imports/argoproj.io';
import { ClusterRole, ConfigMap, ResourceQuota } from 'cdk8s-golden-path/imports/kubernetes';
import { testPlatform } from 'cdk8s-golden-path/testing';
import { renderedApp } from '../../src/app/rendered-app';
import { synthesize } from '../../src/app/synthesize';
import { countApps, writeApps } from '../../src/app/write-apps';
import { image } from '../workload/workloads';

function synth(make: (env: Environment) => void, props: Partial<GoldenAppProps> = {}) {
  const app = new GoldenApp({
    platform: testPlatform,
    team: 'orders',
    system: 'shop',
    environments: ['dev'],
    ...props,
  });
  app.forEachEnvironment(make);
  return synthesize(app);
}

function platformOf(kubernetes: '1.30' | '1.36', crds: object[] = []): Platform {
  const topology = { environments: { dev: { clusters: ['a'] } }, clusters: { a: { kubernetes } } };
  return new Platform({ domain: 'acme.io', topology, crds });
}

const paths = ({ folders }: ReturnType<typeof synthesize>) =>
  folders.flatMap(({ folder, files }) => files.map(({ name }) => `${folder}/${name}`));
const map = (env: Environment, name: string, metadata: object = {}) =>
  new ConfigMap(env, name, { metadata: { name, ...metadata } });

test('each object is one file at its place', () => {
  expect(paths(synth((env) => map(env, 'a')))).toEqual(['dev/eu-dev/orders-dev/orders/configmap-a.yaml']);
});

test('each cluster of an environment has its own files', () => {
  expect(paths(synth((env) => map(env, 'a'), { environments: ['production'] }))).toEqual([
    'production/eu-prod/orders-production/orders/configmap-a.yaml',
    'production/us-prod/orders-production/orders/configmap-a.yaml',
  ]);
});

test('the app’s own name is the folder', () => {
  expect(paths(synth((env) => map(env, 'a'), { name: 'web' }))[0]).toContain('/web/');
});

test('an object of another namespace has its place there', () => {
  const placed = paths(synth((env) => map(env, 'a', { namespace: 'shared' })));
  expect(placed).toEqual(['dev/eu-dev/shared/orders/configmap-a.yaml']);
});

test('an object of the whole cluster has its place in _cluster and no namespace', () => {
  const synthesis = synth((env) => new ClusterRole(env, 'reader', { metadata: { name: 'reader' }, rules: [] }));
  expect(paths(synthesis)).toEqual(['dev/eu-dev/_cluster/orders/clusterrole-reader.yaml']);
  expect(synthesis.objects[0].object.metadata).not.toHaveProperty('namespace');
});

test('so has one that was made with cdk8s itself, whose chart hands it a namespace', () => {
  const { objects } = synth((env) => {
    new ApiObject(env, 'r', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
    });
  });
  expect(objects[0].object.metadata).not.toHaveProperty('namespace');
});

describe('an object whose removal somebody confirms', () => {
  const options = (text: string) => ({ annotations: { 'argocd.argoproj.io/sync-options': text } });

  test('has its place in a second folder of the app, which records no services', () => {
    const { folders } = synth((env) => {
      new GoldenService(env, 'api', { image, port: 8080 });
      map(env, 'data', options('Delete=false, Prune=confirm'));
      map(env, 'kept', options('Prune=false'));
    });
    expect(folders.map(({ folder, services }) => [folder, Object.keys(services ?? {})])).toEqual([
      ['dev/eu-dev/orders-dev/orders', ['orders/api']],
      ['dev/eu-dev/orders-dev/orders.data', []],
    ]);
    expect(folders[1].files.map(({ name }) => name)).toEqual(['configmap-data.yaml']);
  });

  test('stays with the others where it is Argo CD’s own', () => {
    const metadata = { name: 'orders', ...options('Prune=confirm') };
    const placed = paths(synth((env) => new AppProject(env, 'project', { metadata, spec: {} })));
    expect(placed).toEqual(['dev/eu-dev/orders-dev/orders/appproject-orders.yaml']);
  });
});

test('where two kinds are spelled alike, the group joins the file name', () => {
  const crds = [crd('Service')];
  const synthesis = synth(
    (env) => {
      new ApiObject(env, 'a', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'a' },
        spec: { ports: [{ port: 1 }], clusterIP: 'None' },
      });
      new ApiObject(env, 'b', { apiVersion: 'example.org/v1', kind: 'Service', metadata: { name: 'a' } });
    },
    { platform: platformOf('1.36', crds) },
  );
  expect(paths(synthesis).map((path) => path.split('/').at(-1))).toEqual([
    'service-a.yaml',
    'service.example.org-a.yaml',
  ]);
});

describe('names of objects that are long for a file', () => {
  const files = (...names: string[]) =>
    paths(synth((env) => names.map((name) => map(env, name)))).map((path) => path.slice(path.lastIndexOf('/') + 1));

  test('as long as the file system takes them, they are written whole', () => {
    const name = 'a'.repeat(255 - 'configmap-.yaml'.length);
    expect(files(name)).toEqual([`configmap-${name}.yaml`]);
  });

  test.each([241, 253])('with %d characters, two that differ at the end are two files', (length) => {
    const names = ['b', 'c'].map((end) => 'a'.repeat(length - 1) + end);
    const found = files(...names);
    expect(new Set(found).size).toBe(2);
    for (const file of found) expect(file).toMatch(/^configmap-a{200,}-[0-9a-f]{16}\.yaml$/);
    expect(found.map((file) => file.length)).toEqual([255, 255]);
    expect(files(...names)).toEqual(found);
  });

  test('so are those that become longer because files take fewer characters', () => {
    const name = `system:${'a'.repeat(240)}`;
    const synthesis = synth((env) => new ClusterRole(env, 'role', { metadata: { name }, rules: [] }));
    expect(paths(synthesis)[0]).toMatch(/\/clusterrole-system=3Aa{200,}-[0-9a-f]{16}\.yaml$/);
  });

  test('the tree takes them', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'golden-'));
    const app = new GoldenApp({
      platform: testPlatform,
      team: 'orders',
      system: 'shop',
      environments: ['dev'],
      outdir,
    });
    app.forEachEnvironment((env) => map(env, 'a'.repeat(253)));
    app.synth();
    expect(readdirSync(join(outdir, 'dev/eu-dev/orders-dev/orders'))).toContainEqual(
      expect.stringMatching(/^configmap-a/),
    );
    rmSync(outdir, { recursive: true });
  });
});

test.each([writeApps, countApps])('names that differ in case only are refused (%p)', (bring) => {
  const outdir = mkdtempSync(join(tmpdir(), 'golden-'));
  const app = new GoldenApp({ platform: testPlatform, team: 'orders', system: 'shop', environments: ['dev'], outdir });
  app.forEachEnvironment((env) => {
    for (const name of ['reader', 'Reader']) new ClusterRole(env, name, { metadata: { name }, rules: [] });
  });
  const rendered = renderedApp({ app, synthesis: synthesize(app) });
  expect(bring([rendered], outdir)).toMatchObject({
    reports: [],
    problems: [{ message: expect.stringContaining("clusterrole-reader.yaml' differ only in case") }],
  });
  rmSync(outdir, { recursive: true });
});

test('a duplicate is refused with the paths of both', () => {
  const make = () =>
    synth((env) => {
      map(env, 'a');
      new ConfigMap(env, 'b', { metadata: { name: 'a' } });
    });
  expect(make).toThrow('[orders/dev/eu-dev/b] ConfigMap "a" is there already, made by orders/dev/eu-dev/a; rename one');
});

test('one name in two namespaces is no duplicate', () => {
  const synthesis = synth((env) => {
    map(env, 'a');
    new ConfigMap(env, 'b', { metadata: { name: 'a', namespace: 'shared' } });
  });
  expect(synthesis.objects).toHaveLength(2);
});

test('an empty render is refused', () => {
  expect(() => synth(() => {})).toThrow('renders nothing; make at least one workload in forEachEnvironment');
});

test('an object outside of every environment is refused', () => {
  const app = new GoldenApp({ platform: testPlatform, team: 'orders', system: 'shop' });
  new GoldenService(new Chart(app, 'chart'), 'api', { image, port: 8080 });
  expect(() => synthesize(app)).toThrow('is outside of any environment; make it with env of forEachEnvironment');
});

test('a field that an older minor lacks is refused there', () => {
  const withImage = (kubernetes: '1.30' | '1.36') =>
    synth(
      (env) => {
        const volumes = { model: { image: 'ghcr.io/acme/model:1', mountPath: '/model' } } as const;
        new GoldenService(env, 'api', { image, port: 8080, volumes });
      },
      { platform: platformOf(kubernetes) },
    );
  expect(() => withImage('1.30')).toThrow('spec.template.spec.volumes');
  expect(withImage('1.36').objects.length).toBeGreaterThan(0);
});

test('a kind that an older minor lacks is refused with the minors that have it', () => {
  const make = () =>
    synth(
      (env) =>
        new ApiObject(env, 'c', {
          apiVersion: 'resource.k8s.io/v1',
          kind: 'DeviceClass',
          metadata: { name: 'c' },
          spec: {},
        }),
      { platform: platformOf('1.30') },
    );
  expect(make).toThrow(/is served by Kubernetes .*1\.36; the cluster a runs 1\.30/);
});

test('a kind that Kubernetes never had is refused', () => {
  const make = () => synth((env) => new ApiObject(env, 'c', { apiVersion: 'apps/v1', kind: 'Deploiment' }));
  expect(make).toThrow('apps/v1 Deploiment is no kind that Kubernetes has; check apiVersion and kind');
});

test('a kind whose CRD is unknown is let through with a warning', () => {
  const { warnings } = synth(
    (env) => new ApiObject(env, 'c', { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'c' } }),
  );
  expect(warnings).toMatchObject([{ message: expect.stringContaining("add its CRD to the platform's crds") }]);
});

test('a kind whose CRD the platform brings is checked', () => {
  const make = () =>
    synth(
      (env) =>
        new ApiObject(env, 'c', {
          apiVersion: 'example.org/v1',
          kind: 'Widget',
          metadata: { name: 'c' },
          spec: { sice: 1 },
        }),
      { platform: platformOf('1.36', [crd('Widget')]) },
    );
  expect(make).toThrow('spec.sice');
});

test('all problems of all objects come in one error', () => {
  const make = () =>
    synth((env) => {
      for (const name of ['a', 'b']) new ResourceQuota(env, name, { metadata: { name }, spec: { hard: 1 } } as never);
    });
  expect(make).toThrow(/eu-dev\/a\].*spec\.hard(.|\n)*eu-dev\/b\].*spec\.hard/);
});

test.each<[Partial<GoldenAppProps>, string]>([
  [
    { team: 'oders', platform: owned() },
    'team "oders" is no owner that the platform knows (did you mean "orders"?); use orders, payments',
  ],
  [
    { environments: ['prodution'] },
    'environment "prodution" is unknown (did you mean "production"?); use dev, production',
  ],
  [{ environments: [] }, 'no environment is chosen; use dev, production'],
  [{ name: 'My App' }, 'app name "My App" is no DNS label'],
  [{ system: 'S' }, 'system "S" is no DNS label'],
])('an app with %# is refused: %s', (props, message) => {
  expect(() => synth((env) => map(env, 'a'), props)).toThrow(message);
});

function owned(): Platform {
  return new Platform({
    domain: 'acme.io',
    topology: { ...testPlatform.topology, owners: { orders: {}, payments: {} } },
  });
}

function crd(kind: string): object {
  const properties = { spec: { type: 'object', properties: { size: { type: 'integer' } } } };
  const schema = { openAPIV3Schema: { type: 'object', properties } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.example.org` },
    spec: {
      group: 'example.org',
      names: { kind, plural: `${kind.toLowerCase()}s` },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}
