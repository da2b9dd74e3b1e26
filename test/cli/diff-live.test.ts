import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DiffFlags, diffApps } from '../../src/cli/diff';
import { runApps } from '../../src/cli/run-apps';
import type { PlainObject } from '../../src/platform/placed-object';
import { readTree } from '../conformance/tree';
import { newFolder, removeFolders } from '../gitops/trees';
import { type FakeCluster, fakeKubectl, servedKinds } from '../live/fake-kubectl';
import { ownsLabel } from '../live/live-objects';
import { recorded, tooWide } from './terminal';

const source = join(__dirname, '../../src');
let out: string[];
let err: string[];
let fake: ReturnType<typeof fakeKubectl> | undefined;

afterAll(removeFolders);
beforeEach(() => {
  out = [];
  err = [];
  jest.spyOn(console, 'log').mockImplementation((text) => void out.push(`${text}\n`));
  jest.spyOn(console, 'error').mockImplementation((text) => void err.push(text));
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(() => {
  fake?.restore();
  jest.restoreAllMocks();
});

/** An app for three clusters; what it renders is said in JavaScript. */
function app(body: string): string {
  const file = join(newFolder(), 'app.js');
  writeFileSync(
    file,
    `const { GoldenApp, GoldenJob, GoldenWorker, Platform } = require(${JSON.stringify(`${source}/index`)});
     const { ApiObject, JsonPatch } = require(${JSON.stringify(require.resolve('cdk8s'))});
     const topology = { environments: { dev: { clusters: ['eu-dev'] }, production: { clusters: ['eu-prod', 'us-prod'] } } };
     const app = new GoldenApp({ platform: new Platform({ domain: 'acme.io', topology }), team: 'orders', system: 'shop' });
     const image = 'ghcr.io/acme/orders:1.2.3@sha256:${'0'.repeat(64)}';
     const secret = (env, value) => new ApiObject(env, 'token', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' }, data: { token: value } });
     app.forEachEnvironment((env) => { ${body} });
     app.synth();`,
  );
  return file;
}

const first = `new GoldenWorker(env, 'mailer', { image, scale: 3 }); secret(env, 'b25l');`;
const second = `
  const { deployment } = new GoldenWorker(env, 'mailer', { image, scale: 2 });
  if (env.name === 'production') deployment.addJsonPatch(
    JsonPatch.add('/spec/selector/matchLabels/track', 'stable'), JsonPatch.add('/spec/template/metadata/labels/track', 'stable'));
  secret(env, 'dHdv');`;

/** What runs in each cluster once an app was applied, with what the API server and controllers add. */
async function running(body: string): Promise<Record<string, PlainObject[]>> {
  const tree = newFolder();
  expect(await runApps([app(body)], { out: tree }, true)).toBe(0);
  out = [];
  return Object.fromEntries(
    readTree(tree).map(({ name, manifests }) => [
      name.split('/')[1],
      manifests.map(({ object }, n) => ({
        ...object,
        metadata: {
          ...object.metadata,
          ...{ uid: `${name}-${n}`, resourceVersion: '7' },
          managedFields: [{ manager: 'argocd-controller', operation: 'Apply', fieldsV1: ownsLabel }],
        },
        status: { observedGeneration: n },
      })),
    ]),
  );
}

const contexts = ['eu-dev=dev', 'eu-prod=eu', 'us-prod=us'];

/** Compares with clusters in which something runs. */
async function diff(
  body: string,
  live: Record<string, PlainObject[]>,
  flags: DiffFlags = {},
  facts: FakeCluster = {},
): Promise<number> {
  const cluster = (name: string): FakeCluster => ({ served: servedKinds, live: live[name], ...facts });
  fake = fakeKubectl({ dev: cluster('eu-dev'), eu: cluster('eu-prod'), us: cluster('us-prod') });
  return diffApps([app(body)], { against: 'live', context: contexts, ...flags });
}

const immutable = {
  'Deployment mailer':
    'The Deployment "mailer" is invalid: spec.selector: Invalid value: {"matchLabels":{}}: field is immutable',
};

test('what runs as rendered does not differ', async () => {
  expect(await diff(first, await running(first), { exitCode: true })).toBe(0);
  expect(out.join('')).toBe('nothing differs\n');
  expect(err).toEqual([]);
});

test('a change is told as it is against a tree, and clusters to which the same happens stand together', async () => {
  expect(await diff(second, await running(first), { exitCode: true })).toBe(1);
  const text = out.join('');
  expect(text).toBe(recorded('diff-live', text));
  expect(tooWide(text)).toEqual([]);
});

test('what the API server refuses is a risk, in its own words, beside what is rendered and nothing else', async () => {
  const live = await running(first);
  for (const { spec, metadata } of live['eu-prod'].filter(({ kind }) => kind === 'Deployment')) {
    Object.assign(spec as object, { progressDeadlineSeconds: 900 });
    Object.assign(metadata.labels as object, { 'app.kubernetes.io/instance': 'orders' });
  }
  expect(await diff(second, live, { environment: ['production'], json: true }, { refused: immutable })).toBe(0);
  const { problems, warnings, risks, places } = JSON.parse(out.join(''));
  expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  expect(risks[0]).toMatchObject({ id: 'refused', count: 1 });
  expect(places).toHaveLength(2);
  const [mailer] = places[0].changes.filter(({ kind }: { kind: string }) => kind === 'Deployment');
  expect(mailer.risks).toContainEqual({
    id: 'refused',
    detail: 'is refused: spec.selector: Invalid value: {"matchLabels":{}}: field is immutable',
  });
  expect(mailer.risks).not.toContainEqual(expect.objectContaining({ id: 'immutable-field' }));
  expect(mailer.fields.map(({ path }: { path: string }) => path)).toEqual([
    'spec.replicas',
    'spec.selector.matchLabels.track',
    'spec.template.metadata.labels.track',
  ]);
});

test('what is refused without being changed shows too', async () => {
  expect(await diff(first, await running(first), { environment: ['dev'] }, { refused: immutable })).toBe(0);
  expect(out.join('')).toMatch(
    /! refused: [\s\S]*Deployment mailer of orders-dev: is refused: [\s\S]*1 object differs/,
  );
});

test.each([[{}], [{ json: true }], [{ markdown: true }]])('values of Secrets are in no output: %j', async (flags) => {
  expect(await diff(second, await running(first), flags)).toBe(0);
  const text = out.join('');
  expect(text).toContain('data.token');
  expect(text).not.toMatch(/b25l|dHdv|one\b|two\b/);
});

test('where nothing runs, all is added', async () => {
  expect(await diff(first, {}, { environment: ['dev'] }, { missing: ['orders-dev'] })).toBe(0);
  expect(out.join('')).toMatch(/^dev \(eu-dev\): \d+ added$/m);
});

test('what is no longer rendered is removed, but for what says that it stays', async () => {
  const live = await running(`${first} new GoldenWorker(env, 'old', { image, scale: 1 });`);
  const kept = live['eu-dev'].find(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === 'old');
  Object.assign(kept?.metadata as object, { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } });
  expect(await diff(first, live, { environment: ['dev'] })).toBe(0);
  expect(out.join('')).toMatch(/- Deployment old\n/);
  expect(out.join('')).not.toMatch(/ServiceAccount old/);
  expect(err.join('\n')).toContain(
    'ServiceAccount old of orders-dev is no longer rendered, and stays because it says so',
  );
});

test('what the account may not list is said, and the rest is compared', async () => {
  const live = await running(`${first} new GoldenWorker(env, 'old', { image, scale: 1 });`);
  expect(await diff(first, live, { environment: ['dev'], json: true }, { forbidden: ['list deployments'] })).toBe(0);
  const { warnings, places } = JSON.parse(out.join(''));
  expect(warnings).toEqual([
    {
      path: 'dev/eu-dev',
      message:
        'the account of context "dev" may not list deployments: what is no longer rendered of that does not show',
    },
  ]);
  const kinds = places[0].changes.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toContain('ServiceAccount');
  expect(kinds).not.toContain('Deployment');
});

test('a kind that no cluster serves is named once for each, and nothing is compared', async () => {
  const served = servedKinds.filter((line) => !line.startsWith('secrets'));
  expect(await diff(first, {}, {}, { served })).toBe(14);
  expect(err.join('\n')).toContain(
    'the cluster of context "us" does not serve Secret of v1, the kind of Secret token of orders-production; install what defines it first',
  );
  expect(err.at(-1)).toBe('nothing was compared');
});

test('a kind that the render itself defines need not be served yet', async () => {
  const crd = { group: 'acme.io', names: { kind: 'Kiosk', plural: 'kiosks' }, scope: 'Namespaced' };
  const schema = { openAPIV3Schema: { type: 'object' } };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: { ...crd, versions },
  };
  const body = `new ApiObject(env, 'crd', { ...${JSON.stringify(definition)}, metadata: { name: 'kiosks.acme.io', namespace: undefined } });
    new ApiObject(env, 'kiosk', { apiVersion: 'acme.io/v1', kind: 'Kiosk', metadata: { name: 'one' } });`;
  const served = ['customresourcedefinitions apiextensions.k8s.io/v1 false CustomResourceDefinition list,delete'];
  expect({ code: await diff(body, {}, { environment: ['dev'] }, { served }), err }).toEqual({ code: 0, err: [] });
  expect(out.join('')).toContain('+ Kiosk one');
});

test('a Job that Argo CD deletes and makes again shows as changed, and is refused by nobody', async () => {
  const job = (command: string) => `new GoldenJob(env, 'migrate', { image, command: ['${command}'] });`;
  const refused = {
    'Job migrate': 'The Job "migrate" is invalid: spec.template: Invalid value: {}: field is immutable',
  };
  expect(await diff(job('b'), await running(job('a')), { environment: ['dev'] }, { refused })).toBe(0);
  expect(out.join('')).toMatch(/~ Job migrate\n.*containers\[migrate\]\.command: \["a"\] -> \["b"\]/);
  expect(out.join('')).toContain('no risk was found');
});

test('what a webhook cannot try is compared as rendered, and said', async () => {
  const refused = { 'Secret token': 'Error from server (BadRequest): admission webhook "w" does not support dry run' };
  expect(await diff(second, await running(first), { environment: ['dev'] }, { refused })).toBe(0);
  expect(out.join('')).toMatch(/~ Secret token\n +data\.token: \(hidden\)/);
  expect(err.join('\n')).toContain('Secret token of orders-dev could not be tried: admission webhook "w" does not');
});

test('what Flux delivers is applied by its name', async () => {
  const live = await running(first);
  for (const { metadata } of live['eu-dev'].filter(({ kind }) => kind === 'Deployment')) {
    Object.assign(metadata, { managedFields: [{ manager: 'kustomize-controller', fieldsV1: ownsLabel }] });
  }
  expect(await diff(first, live, { environment: ['dev'] })).toBe(0);
  const managers = fake?.calls().flatMap((words) => words.filter((word) => word.startsWith('--field-manager=')));
  expect(managers?.sort()).toEqual(['--field-manager=argocd-controller', '--field-manager=kustomize-controller']);
});

test('what an Argo CD of another cluster reads is passed over, and said', async () => {
  const body = `${first} new ApiObject(env, 'set', { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'a' }, spec: {} });`;
  expect(await diff(body, await running(first), { environment: ['dev'] })).toBe(0);
  expect(out.join('')).toBe('nothing differs\n');
  expect(err.join('\n')).toContain('so what another one reads is not compared: AppProject');
});

describe('it ends with its own code when', () => {
  test.each<[string, number, RegExp, FakeCluster, DiffFlags]>([
    [
      'a context is not there',
      2,
      /kubectl has no context "none"; kubectl config get-contexts/,
      {},
      { context: ['none'] },
    ],
    ['a context would be an option', 2, /kubectl has no context "--server=x"/, {}, { context: ['--server=x'] }],
    [
      'a cluster has no context',
      2,
      /the cluster eu-dev is read through kubectl; add --context NAME/,
      {},
      { context: [] },
    ],
    [
      'a cluster is down',
      3,
      /the cluster of context "dev" can't be reached \(kubectl says: Unable to connect/,
      { says: 'Unable to connect to the server: dial tcp: i/o timeout' },
      {},
    ],
    [
      'the account is unknown',
      3,
      /does not let us in; log in again/,
      { says: 'error: You must be logged in to the server (Unauthorized)' },
      {},
    ],
    [
      'kubectl says what nobody expected',
      3,
      /can't be reached \(kubectl says: plugin broke\)/,
      { says: 'plugin broke' },
      {},
    ],
    [
      'the account may not read',
      14,
      /may not read what is rendered: it has no right to get secrets;/,
      { forbidden: ['get secrets'] },
      {},
    ],
    [
      'the account may not apply',
      14,
      /may not try an apply: it has no right to patch secrets;/,
      { forbidden: ['patch secrets'] },
      {},
    ],
  ])('%s', async (_, code, message, facts, flags) => {
    expect(await diff(first, {}, { environment: ['dev'], ...flags }, facts)).toBe(code);
    expect(out).toEqual([]);
    expect(err.join('\n')).toMatch(message);
    expect(err.at(-1)).toBe('nothing was compared');
  });

  test('there is no kubectl', async () => {
    const path = process.env.PATH;
    process.env.PATH = newFolder();
    try {
      expect(await diffApps([app(first)], { against: 'live', context: contexts, json: true })).toBe(1);
    } finally {
      process.env.PATH = path;
    }
    expect(JSON.parse(out.join('')).problems[0].message).toMatch(/^kubectl can't be started \(.*ENOENT\); install it$/);
  });

  test('clusters fail for several reasons, each of which is said', async () => {
    fake = fakeKubectl({ eu: { says: 'Unable to connect to the server: no' }, dev: { served: servedKinds } });
    expect(await diffApps([app(first)], { against: 'live', context: contexts })).toBe(1);
    expect(err.join('\n')).toMatch(
      /in production\/eu-prod\n.*can't be reached[\s\S]*in production\/us-prod\n.*no context "us"/,
    );
  });
});
