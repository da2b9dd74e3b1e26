import { Chart, Testing } from 'cdk8s';
import { GoldenApp } from '../../../src/app/golden-app';
import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';
import { synthObject, synthObjects, testEnvironment, testPlatform } from '../../../src/testing';
import { refusedProblems } from '../../platform/refusals';
import { Everything, everyFeature } from './every-feature';

const messages = (work: () => unknown) => refusedProblems(work).map(({ path, message }) => `[${path}] ${message}`);

test('a request renders what was asked for, in the stored version, named like its construct', () => {
  const request = new Everything(testEnvironment(), 'orders', { size: 'large', storageGb: 50 });
  expect(synthObject(request.request)).toMatchObject({
    apiVersion: 'platform.acme.io/v1',
    kind: 'Everything',
    metadata: { name: 'orders', namespace: 'team-dev' },
    spec: { size: 'large', storageGb: 50 },
  });
});

test('defaults are left to the cluster, and known to who reads the request', () => {
  const request = new Everything(testEnvironment(), 'orders');
  expect(synthObject(request.request).spec).toEqual({});
  expect(request.spec).toEqual({ size: 'small', storageGb: 20, name: 'main', backup: { days: 7 } });
});

test('a request may choose its composition', () => {
  const env = testEnvironment();
  const named = new Everything(env, 'a', {}, { composition: 'everything-aws', compositionUpdatePolicy: 'Manual' });
  const selected = new Everything(env, 'b', {}, { composition: { matchLabels: { provider: 'aws' } } });
  expect(named.request.toJson().spec.crossplane).toEqual({
    compositionRef: { name: 'everything-aws' },
    compositionUpdatePolicy: 'Manual',
  });
  expect(selected.request.toJson().spec.crossplane).toEqual({
    compositionSelector: { matchLabels: { provider: 'aws' } },
  });
  expect(synthObjects(env)).toHaveLength(2);
});

test('a name and labels of its own reach the object', () => {
  const request = new Everything(
    testEnvironment(),
    'a',
    {},
    { name: 'b', labels: { x: 'y' }, annotations: { z: '1' } },
  );
  expect(synthObject(request.request).metadata).toMatchObject({
    name: 'b',
    labels: { x: 'y' },
    annotations: { z: '1' },
  });
});

test('everything that is wrong is said at once, at the path of the construct', () => {
  const spec = { size: 'huge', storageGb: 5, sise: 3, region: 'Europe', users: [{ name: 'a' }, { name: 'a' }] };
  expect(messages(() => new Everything(testEnvironment(), 'orders', spec as never))).toEqual([
    '[team/dev/eu-dev/orders] size "huge" is not allowed; use "small", "medium" or "large"',
    '[team/dev/eu-dev/orders] storageGb 5 is too low; use 10 to 1000',
    '[team/dev/eu-dev/orders] sise is not a known field (did you mean "size"?)',
    expect.stringContaining('[team/dev/eu-dev/orders] region "Europe" must match'),
    expect.stringContaining('[team/dev/eu-dev/orders] users[1]'),
  ]);
});

test('rules between fields hold at synth, on the values that the cluster will have', () => {
  // The size is the default.
  expect(messages(() => new Everything(testEnvironment(), 'a', { storageGb: 200 }))).toEqual([
    '[team/dev/eu-dev/a] storageGb: a small instance has at most 100 GB; choose a larger size',
  ]);
  expect(messages(() => new Everything(testEnvironment(), 'a', { region: 'eu-west-1', backup: { days: 0 } }))).toEqual([
    '[team/dev/eu-dev/a] a region of its own needs backups',
  ]);
});

test.each([
  ['above the length that the API allows', 'a'.repeat(41), /use 40 at most/],
  ['with a dot', 'a.b', /no DNS label/],
])('a name %s is refused', (_, name, message) => {
  expect(messages(() => new Everything(testEnvironment(), name))).toEqual([expect.stringMatching(message)]);
});

test('what is no record, and what belongs to the options, is refused', () => {
  expect(messages(() => new Everything(testEnvironment(), 'a', 'large' as never))).toEqual([
    expect.stringContaining('spec "large" must be an object'),
  ]);
  expect(messages(() => new Everything(testEnvironment(), 'a', { crossplane: {} } as never))).toEqual([
    expect.stringContaining('use the options composition and compositionUpdatePolicy'),
  ]);
});

test('a patch that breaks a rule is found when the app is rendered', () => {
  const request = new Everything(testEnvironment(), 'a');
  request.request.patch('/spec/storageGb', 200);
  expect(messages(() => synthObject(request.request))).toEqual([
    '[team/dev/eu-dev/a] storageGb: a small instance has at most 100 GB; choose a larger size',
  ]);
});

test('a patch that breaks the schema is found by the check of all objects', () => {
  const request = new Everything(testEnvironment(), 'a');
  request.request.patch('/spec/size', 'huge');
  expect(messages(() => synthObject(request.request))).toEqual([
    expect.stringContaining('spec.size "huge" is not allowed'),
  ]);
});

describe('Argo CD asks before it removes', () => {
  const removal = (metadata: { annotations?: Readonly<Record<string, string>> }) =>
    metadata.annotations?.['argocd.argoproj.io/sync-options'];

  test('what holds data, unless the request says otherwise', () => {
    const env = testEnvironment();
    const guarded = new Everything(env, 'a');
    expect(removal(synthObject(guarded.request).metadata)).toBe('Prune=confirm,Delete=confirm');
    const annotations = { 'argocd.argoproj.io/sync-options': 'Prune=true' };
    expect(removal(synthObject(new Everything(env, 'b', {}, { annotations }).request).metadata)).toBe('Prune=true');
  });

  test('nothing of what holds none', () => {
    const cache = defineApi({
      group: 'platform.acme.io',
      kind: 'Cache',
      description: 'A cache.',
      holdsData: false,
      versions: { v1: { spec: { size: s.string().optional() } } },
    });
    expect(removal(synthObject(new cache.Request(testEnvironment(), 'a').request).metadata)).toBeUndefined();
  });

  test('nothing of a preview', () => {
    const app = new GoldenApp({ platform: testPlatform, team: 'orders', system: 'shop' });
    const { environment } = app.preview({ id: 'pr-42', ttl: '72h' });
    expect(removal(new Everything(environment, 'a').request.toJson().metadata)).toBeUndefined();
  });
});

test('a request works in a plain chart', () => {
  const chart = Testing.chart();
  new Everything(chart, 'a', { size: 'large' });
  expect(Testing.synth(chart)).toEqual([
    { apiVersion: 'platform.acme.io/v1', kind: 'Everything', metadata: { name: 'a' }, spec: { size: 'large' } },
  ]);
});

describe('two APIs of one kind', () => {
  const define = (size: 'small' | 'large') =>
    defineApi({
      group: 'platform.acme.io',
      kind: 'Cache',
      description: 'A cache.',
      versions: { v1: { spec: { size: s.string({ enum: [size] }).optional() } } },
    });

  test('are refused in one app', () => {
    const app = Testing.app();
    new (define('small').Request)(new Chart(app, 'one'), 'a');
    expect(messages(() => new (define('large').Request)(new Chart(app, 'two'), 'b'))).toEqual([
      expect.stringContaining('there are two APIs of kind "Cache" in group "platform.acme.io"'),
    ]);
    expect(messages(() => define('large').install(new Chart(app, 'three')))).toHaveLength(1);
  });

  test('are one when two copies of a package define the same', () => {
    const app = Testing.app();
    new (define('small').Request)(new Chart(app, 'one'), 'a');
    expect(messages(() => new (define('small').Request)(new Chart(app, 'two'), 'b'))).toEqual([]);
  });
});

describe('a change of a request', () => {
  const request = (spec: object) => ({
    apiVersion: 'platform.acme.io/v1',
    kind: 'Everything',
    metadata: { name: 'a' },
    spec: { size: 'large', ...spec },
  });
  const changes = (before: object, after: object) =>
    everyFeature.changeProblems(request(before), request(after)).map(({ path, problem }) => `${path} ${problem}`);
  const changed = 'cannot be changed after creation';
  const moved = 'cannot be added or removed after creation';
  const lowered = 'cannot be lowered; it can only grow';

  test.each([
    ['changes what is immutable', { region: 'eu-west-1' }, { region: 'eu-west-2' }, [`spec.region ${changed}`]],
    ['adds what is immutable', {}, { region: 'eu-west-1' }, [`spec.region ${moved}`]],
    ['removes what is immutable', { region: 'eu-west-1' }, {}, [`spec.region ${moved}`]],
    ['changes an immutable default', {}, { name: 'other' }, [`spec.name ${changed}`]],
    ['lowers what grows', { storageGb: 50 }, { storageGb: 40 }, [`spec.storageGb ${lowered}`]],
    ['lowers what grows to the default', { storageGb: 50 }, {}, [`spec.storageGb ${lowered}`]],
    ['removes what grows', { quota: 5 }, {}, ['spec.quota cannot be removed; it can only grow']],
    [
      'removes the object around what is immutable',
      { network: { namespace: 'a' } },
      {},
      [`spec.network.namespace ${moved}`],
    ],
    [
      'adds an immutable field further down',
      { network: { namespace: 'a' } },
      { network: { namespace: 'a', cidr: 'b' } },
      [`spec.network.cidr ${moved}`],
    ],
    ['adds an immutable field to a default', {}, { backup: { point: 'p' } }, [`spec.backup.point ${moved}`]],
    ['changes an immutable set', { zones: ['a', 'b'] }, { zones: ['a', 'c'] }, [`spec.zones ${changed}`]],
    [
      'breaks a rule of an item',
      { users: [{ name: 'x', quota: 5 }] },
      {
        users: [
          { name: 'y', quota: 1 },
          { name: 'x', quota: 4 },
        ],
      },
      ['spec.users[1].quota the quota of a user cannot be lowered'],
    ],
  ])('that %s is refused', (_, before, after, problems) => {
    expect(changes(before, after)).toEqual(problems);
  });

  test.each([
    ['raises what grows', { storageGb: 50 }, { storageGb: 60 }],
    ['adds what grows', {}, { quota: 5 }],
    ['orders a set anew', { zones: ['a', 'b'] }, { zones: ['b', 'a'] }],
    ['writes a default out', {}, { name: 'main' }],
    [
      'changes a field beside an immutable one',
      { network: { namespace: 'a' } },
      { network: { namespace: 'a', note: 'n' } },
    ],
    ['replaces an item by another', { users: [{ name: 'x', quota: 5 }] }, { users: [{ name: 'y', quota: 1 }] }],
  ])('that %s is fine', (_, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });
});
