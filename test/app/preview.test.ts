import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Environment,
  GoldenApp,
  type GoldenAppProps,
  GoldenCronJob,
  GoldenService,
  type GoldenServiceProps,
  GoldenStatefulService,
  GoldenWorker,
  Platform,
  type PreviewOptions,
} from 'cdk8s-golden-path';
import { ConfigMap } from 'cdk8s-golden-path/imports/kubernetes';
import { type Manifest, synthObjects, testPlatform } from 'cdk8s-golden-path/testing';
import { withRun } from '../../src/app/run';
import { synthesize } from '../../src/app/synthesize';
import { agreements } from '../../src/network/agreements';
import { refusals } from '../platform/refusals';
import { image } from '../workload/workloads';

const options: PreviewOptions = { id: 'pr-42', ttl: '72h' };

function ordersApp(props: Partial<GoldenAppProps> = {}): GoldenApp {
  return new GoldenApp({ platform: testPlatform, team: 'orders', system: 'shop', ...props });
}

const api = (env: Environment, props: Partial<GoldenServiceProps> = {}) =>
  new GoldenService(env, 'api', { image, port: 8080, ...props });

/** What a preview of an app renders. */
function previewed(render: (env: Environment) => void, more: Partial<PreviewOptions> = {}, platform = testPlatform) {
  const app = ordersApp({ platform });
  app.forEachEnvironment(render);
  const { environment } = app.preview({ ...options, ...more });
  return new Map(synthObjects(environment).map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

const names = (objects: readonly Manifest[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

describe('a preview', () => {
  test('is rendered whether it is asked for before or after the app says what runs', () => {
    const before = ordersApp();
    const first = before.preview(options);
    before.forEachEnvironment((env) => api(env));
    const after = ordersApp();
    after.forEachEnvironment((env) => api(env));
    const second = after.preview(options);
    expect(synthObjects(first.environment)).toEqual(synthObjects(second.environment));
    expect(names(synthObjects(first.environment))).toContain('Deployment api-pr-42');
  });

  test('knows what it is, and the app knows that it is none', () => {
    const seen: unknown[] = [];
    const app = ordersApp({ environments: ['dev'] });
    app.preview({ ...options, scale: 2 });
    app.forEachEnvironment((env) => seen.push(env.preview));
    expect(seen).toEqual([undefined, { id: 'pr-42', ttl: '72h', scale: 2 }]);
  });

  test('leaves the app as it is', () => {
    const render = (env: Environment) => api(env, { host: `orders.${env.domain}`, size: 'xl' });
    const alone = ordersApp();
    alone.forEachEnvironment(render);
    const beside = ordersApp();
    beside.forEachEnvironment(render);
    beside.preview(options);
    expect(synthesize(beside).folders).toEqual(synthesize(alone).folders);
  });

  test('is rendered on the home cluster of the first environment that a publish changes', () => {
    const topology = {
      environments: {
        production: { clusters: ['p'], promotion: 'manual' as const },
        dev: { clusters: ['a', 'b'], home: 'b' },
        test: { clusters: ['c'] },
      },
    };
    const app = ordersApp({ platform: new Platform({ domain: 'acme.io', topology }) });
    const { environment } = app.preview(options);
    expect([environment.name, environment.cluster, environment.namespace]).toEqual(['dev', 'b', 'orders-dev']);
    expect(app.preview({ ...options, id: 'x', environment: 'test' }).environment.cluster).toBe('c');
  });

  test('has names of its own, all from the name of the workload', () => {
    const objects = previewed((env) => {
      api(env, {
        files: { '/etc/a': 'a' },
        env: { KEY: env.secret('orders/key') },
        volumes: { data: { mountPath: '/data', claim: { size: '1Gi' } } },
        beforeDeploy: { command: ['migrate'] },
        host: `orders.${env.domain}`,
      });
    });
    expect([...objects.keys()].filter((name) => !/ api(-.*)?-pr-42(-files|-data)?$/.test(name))).toEqual([]);
    expect([...objects.keys()]).toContain('Job api-before-deploy-pr-42');
    expect(objects.get('ExternalSecret api-pr-42')?.spec.target.name).toBe('api-pr-42');
    expect(objects.get('Deployment api-pr-42')?.spec.selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'api-pr-42',
    });
  });

  test('so have objects that nobody has named', () => {
    const objects = previewed((env) => new ConfigMap(env, 'settings', { data: { a: 'b' } }));
    expect([...objects.keys()]).toEqual(['ConfigMap dev-eu-dev-settings-pr-42']);
  });

  test('answers for hosts of its own', () => {
    const platform = new Platform({
      domain: 'acme.io',
      routing: { certificateIssuer: 'letsencrypt', via: 'both' },
      topology: { environments: { dev: { clusters: ['a'] } } },
    });
    const objects = previewed(
      (env) => api(env, { host: `orders.${env.domain}`, hosts: [env.domain, `v1.orders.${env.domain}`] }),
      {},
      platform,
    );
    const hosts = ['orders-pr-42.dev.acme.io', 'pr-42.dev.acme.io', 'v1-pr-42.orders.dev.acme.io'];
    const route = objects.get('HTTPRoute api-pr-42');
    expect(route?.spec.hostnames).toEqual(hosts);
    expect(route?.metadata.annotations).toEqual({ 'external-dns.alpha.kubernetes.io/hostname': hosts.join(',') });
    expect(objects.get('Certificate api-pr-42')?.spec).toMatchObject({ dnsNames: hosts, secretName: 'api-pr-42-tls' });
    expect(objects.get('Ingress api-pr-42')?.spec.rules.map(({ host }: { host: string }) => host)).toEqual(hosts);
  });

  test('is small: one pod of each workload, no autoscaler and no budget, no size above small', () => {
    const objects = previewed((env) => {
      api(env, { size: 'xl', scale: { min: 3, max: 9 }, sidecars: { proxy: { image, size: 'large' } } });
      new GoldenWorker(env, 'mailer', { image, size: 'xs', scale: 3 });
      new GoldenWorker(env, 'idle', { image, size: { cpu: 4, memory: '4Gi' }, scale: 0 });
    });
    const kinds = [...objects.values()].map(({ kind }) => kind);
    expect(kinds).not.toContain('HorizontalPodAutoscaler');
    expect(kinds).not.toContain('PodDisruptionBudget');
    const { replicas, template } = objects.get('Deployment api-pr-42')?.spec ?? {};
    expect(replicas).toBe(1);
    expect(template.spec.containers[0].resources.requests).toEqual({ cpu: '200m', memory: '256Mi' });
    expect(template.spec.initContainers[0].resources.requests).toEqual({ cpu: '200m', memory: '256Mi' });
    const idle = objects.get('Deployment idle-pr-42')?.spec;
    expect(idle.replicas).toBe(0);
    expect(idle.template.spec.containers[0].resources.requests).toEqual({ cpu: 4, memory: '4Gi' });
    const mailer = objects.get('Deployment mailer-pr-42')?.spec.template.spec.containers[0];
    expect(mailer.resources.requests).toEqual({ cpu: '100m', memory: '128Mi' });
  });

  test('has as many pods as it asks for', () => {
    const objects = previewed((env) => api(env), { scale: 2 });
    expect(objects.get('Deployment api-pr-42')?.spec.replicas).toBe(2);
  });

  test.each([
    [undefined, true],
    [false, false],
  ])('rests schedules, unless they are told not to: %p', (suspend, rests) => {
    const objects = previewed((env) => new GoldenCronJob(env, 'report', { image, schedule: '@daily', suspend }));
    expect(objects.get('CronJob report-pr-42')?.spec.suspend).toBe(rests);
  });

  test('takes its data along when it goes', () => {
    const objects = previewed((env) => {
      const volumes = { data: { mountPath: '/data', claim: { size: '1Gi' } } } as const;
      new GoldenWorker(env, 'mailer', { image, volumes });
      new GoldenStatefulService(env, 'db', { image, port: 5432, protocol: 'tcp', volumes });
    });
    expect(objects.get('PersistentVolumeClaim mailer-pr-42-data')?.metadata).not.toHaveProperty('annotations');
    expect(objects.get('StatefulSet db-pr-42')?.spec.persistentVolumeClaimRetentionPolicy.whenDeleted).toBe('Delete');
  });

  test('calls its own twins by the variables of the app, and others as the app does', () => {
    const platform = new Platform({
      domain: 'acme.io',
      topology: {
        environments: { dev: { clusters: ['a'] } },
        services: { 'payments/ledger': { ports: { http: 8080 }, callers: ['orders'] } },
      },
    });
    const objects = previewed(
      (env) => {
        const web = new GoldenService(env, 'web', { image, port: 8080 });
        web.calls(api(env));
        web.calls(env.service('payments/ledger'));
      },
      {},
      platform,
    );
    const { env } = objects.get('Deployment web-pr-42')?.spec.template.spec.containers[0] ?? {};
    expect(env).toContainEqual({ name: 'API_URL', value: 'http://api-pr-42.orders-dev.svc' });
    expect(env).toContainEqual({ name: 'LEDGER_URL', value: 'http://ledger.payments-dev.svc:8080' });
    const open = JSON.stringify(objects.get('NetworkPolicy api-pr-42')?.spec.ingress);
    expect(open).toContain('"app.kubernetes.io/name":"web-pr-42"');
  });

  test('may be called by whom the app names, also by services that a preview has not', () => {
    const app = ordersApp({ environments: ['dev'] });
    app.forEachEnvironment((env) => {
      const web = new GoldenService(env, 'web', { image, port: 8080 });
      web.calls(api(env, { callers: ['orders/web'] }));
    });
    expect(() => synthesize(app.preview(options))).not.toThrow();
  });

  test('whether or not the catalog knows them yet', () => {
    const topology = {
      environments: { dev: { clusters: ['a'] } },
      services: { 'orders/older': { ports: { http: 8080 } } },
    };
    const app = ordersApp({ platform: new Platform({ domain: 'acme.io', topology }) });
    app.forEachEnvironment((env) => {
      const web = new GoldenService(env, 'web', { image, port: 8080 });
      web.calls(api(env, { callers: ['orders/web'] }));
    });
    expect(() => synthesize(app.preview(options))).not.toThrow();
  });

  test('is no service that others could mean', () => {
    const app = ordersApp({ environments: ['dev'] });
    app.forEachEnvironment((env) => api(env));
    const payments = ordersApp({ environments: ['dev'], team: 'payments' });
    payments.forEachEnvironment((env) => api(env, { callers: ['orders/apo'] }));
    const graph = [app, payments, app.preview(options)].flatMap((each) => synthesize(each).graph);
    expect(agreements(graph, []).problems.map(({ message }) => message)).toEqual([
      'lists the caller orders/apo, which does not exist (did you mean "orders/api"?); the team orders has orders/api',
    ]);
  });
});

describe('in the tree', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'golden-'));
  });
  afterEach(() => rmSync(outdir, { recursive: true }));
  const index = (name: string) =>
    JSON.parse(readFileSync(join(outdir, 'dev/eu-dev/orders-dev', name, '.golden-index'), 'utf8'));

  test('app and preview are two folders with an index each, and neither owns the other', () => {
    const write = (preview: boolean) => {
      const app = ordersApp({ outdir });
      app.forEachEnvironment((env) => api(env));
      if (preview) app.preview(options);
      app.synth();
    };
    write(true);
    expect(index('orders').about).not.toHaveProperty('preview');
    expect(index('orders-pr-42')).toMatchObject({
      app: 'orders/orders@pr-42',
      about: { preview: 'pr-42', ttl: '72h', team: 'orders', system: 'shop' },
    });
    const { files } = index('orders-pr-42');
    write(false);
    expect(index('orders-pr-42').files).toEqual(files);
    expect(index('orders')).toHaveProperty('services');
    expect(index('orders-pr-42')).not.toHaveProperty('services');
  });

  test('a preview takes no folder from an app that happens to have its name', () => {
    const write = (name: string, id?: string) => {
      const app = ordersApp({ outdir, name });
      app.forEachEnvironment((env) => api(env, { host: `${name}.${env.domain}` }));
      if (id) app.preview({ id, ttl: '1h' });
      app.synth();
    };
    write('orders-v2');
    expect(() => write('orders', 'v2')).toThrow("belongs to the app 'orders/orders-v2', not to 'orders/orders@v2'");
    expect(index('orders-v2').app).toBe('orders/orders-v2');
  });

  test('it is left out where its environment is not rendered', async () => {
    const run = { environments: ['production'], apps: [] as { app: { name: string } }[] };
    await withRun(run as never, async () => {
      const app = ordersApp();
      app.preview(options);
      app.forEachEnvironment((env) => api(env));
      app.synth();
    });
    expect(run.apps.map(({ app }) => app.name)).toEqual(['orders']);
  });
});

describe('what can be no preview is refused', () => {
  const refused = (wrong: unknown, props: Partial<GoldenAppProps> = {}) =>
    refusals(() => ordersApp(props).preview(wrong as PreviewOptions));

  test.each([
    [{ id: 'PR_42', ttl: '72h' }, 'preview id "PR_42" is no DNS label'],
    [{ id: 'a'.repeat(21), ttl: '72h' }, 'has 21 characters; use 20 at most'],
    [{ ttl: '72h' }, 'preview id undefined is no DNS label'],
    [{ id: 'pr-42' }, 'preview ttl undefined is no duration'],
    [{ id: 'pr-42', ttl: '72' }, 'preview ttl "72" is no duration; write a number with its unit'],
    [{ id: 'pr-42', ttl: 72 }, 'preview ttl 72 is no duration; write a number with its unit'],
    [{ id: 'pr-42', ttl: '0h' }, 'preview ttl "0h" is out of range'],
    [{ id: 'pr-42', ttl: '72h', environment: 'prodution' }, 'is none that the app is rendered for'],
    [{ id: 'pr-42', ttl: '72h', environment: 'production' }, '"production" is changed by promotions only; use dev'],
    [{ id: 'pr-42', ttl: '72h', scale: 0 }, 'preview scale 0 is no number of pods'],
    [{ id: 'pr-42', ttl: '72h', size: 'xs' }, 'preview has no setting "size"'],
    ['pr-42', 'preview "pr-42" is no record'],
    [undefined, 'preview undefined is no record'],
  ])('%j', (wrong, message) => {
    expect(refused(wrong)).toEqual([expect.stringContaining(message)]);
  });

  test('all at once', () => {
    expect(refused({ id: '', ttl: '1', environment: 'x', scale: -1, y: 1 })).toHaveLength(5);
  });

  test('where only promotions change the app', () => {
    expect(refused(options, { environments: ['production'] })[0]).toContain(
      'no environment of the app takes a preview',
    );
  });

  test('a second one of the same id', () => {
    const app = ordersApp();
    app.preview(options);
    expect(refusals(() => app.preview(options))).toEqual([expect.stringContaining('preview "pr-42" is there already')]);
  });

  test('one whose host has no room for the id', () => {
    const label = 'a'.repeat(60);
    const host = `${[label, label, label, 'b'.repeat(57)].join('.')}.dev.acme.io`;
    const app = ordersApp({ environments: ['dev'] });
    app.forEachEnvironment((env) => api(env, { host: host.slice(-252) }));
    expect(refusals(() => app.preview({ id: 'x'.repeat(20), ttl: '1h' }))).toEqual([
      expect.stringContaining('of the preview is no host name; shorten'),
    ]);
  });

  test('objects and hosts that the app has', () => {
    const app = ordersApp({ environments: ['dev'] });
    const preview = app.preview(options);
    app.forEachEnvironment((env) => {
      new ConfigMap(env, 'shared', { metadata: { name: 'shared' } });
      api(env, { host: `orders.${env.domain}` });
      if (!env.preview) api2(env);
    });
    expect(refusals(() => synthesize(preview))).toEqual([
      expect.stringContaining('ConfigMap "shared" is there already, made by orders/dev/eu-dev/shared; leave it out'),
      expect.stringContaining('host "orders-pr-42.dev.acme.io" is taken by orders/dev/eu-dev/other'),
    ]);
  });

  test('names that another preview has', () => {
    const app = ordersApp({ environments: ['dev'] });
    app.forEachEnvironment((env) => {
      new GoldenWorker(env, 'mailer', { image });
      new GoldenWorker(env, 'mailer-a', { image });
    });
    app.preview({ id: 'a-b', ttl: '1h' });
    const second = app.preview({ id: 'b', ttl: '1h' });
    expect(refusals(() => synthesize(second)).join()).toContain(
      'Deployment "mailer-a-b" is there already, made by orders-a-b/dev/eu-dev/mailer/deployment',
    );
  });

  const api2 = (env: Environment) =>
    new GoldenService(env, 'other', { image, port: 8080, host: `orders-pr-42.${env.domain}` });
});
