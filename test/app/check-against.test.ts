import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';
import { checkAgainst } from '../../src/app/check-against';
import { type Run, type RunApp, withRun } from '../../src/app/run';
import { defineApi } from '../../src/crossplane/api/define-api';
import type { RequestOptions } from '../../src/crossplane/api/request-options';
import { s } from '../../src/crossplane/api/schema-builder';
import type { Environment } from '../../src/platform/environment';

const versions = {
  v1: {
    spec: { storageGb: s.integer({ growOnly: true, default: 20 }), region: s.string({ immutable: true }).optional() },
  },
};
const database = defineApi({ group: 'platform.acme.io', kind: 'Database', description: 'A database.', versions });
const grant = defineApi({
  group: 'platform.acme.io',
  kind: 'Grant',
  description: 'A right.',
  holdsData: false,
  versions: { v1: { spec: { verb: s.string() } } },
});

/** What fulfils a database, as far as an app has to know. */
const backend = { name: 'db', api: database, connection: {}, ports: [], takesOver: true, rules: [] };
const platform = new Platform({
  domain: 'acme.io',
  backends: () => [backend, { ...backend, name: 'grants', api: grant }],
  topology: {
    environments: {
      dev: { clusters: ['eu-dev'] },
      production: { clusters: ['eu-prod', 'us-prod'] },
    },
    owners: { orders: { group: 'a' }, sales: { group: 'b' } },
  },
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'check-against-'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Make = (env: Environment) => void;
const storage =
  (name: string, spec: { storageGb?: number; region?: string } = {}, options: RequestOptions = {}): Make =>
  (env) =>
    new database.Request(env, name, spec, options);

interface AppShape {
  readonly make: readonly Make[];
  readonly team?: string;
  readonly name?: string;
  readonly environments?: readonly string[];
}

function appOf({ make, team = 'orders', name = 'shop', environments = ['dev'] }: AppShape): GoldenApp {
  const app = new GoldenApp({ platform, team, name, system: 'commerce', environments, outdir: root });
  app.forEachEnvironment((env) => {
    new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1', port: 8080 });
    for (const each of make) each(env);
  });
  return app;
}

/** Renders apps to the tree, as they were before. */
const rendered = (...apps: AppShape[]) => {
  for (const app of apps) appOf(app).synth();
};

/** Compares apps as they are after a change with the tree. */
async function compared(...apps: AppShape[]) {
  const run: Run = { apps: [] as RunApp[] };
  await withRun(run, async () => {
    for (const app of apps) appOf(app).synth();
  });
  const { problems, warnings } = checkAgainst(run.apps, root);
  const text = ({ path, message }: { path: string; message: string }) => `[${path}] ${message}`;
  return { problems: problems.map(text), warnings: warnings.map(text) };
}

const nothing = { problems: [], warnings: [] };

test('the same app again is fine, and nothing is written', async () => {
  rendered({ make: [storage('orders-db')] });
  const files = readdirSync(root, { recursive: true });
  expect(await compared({ make: [storage('orders-db')] })).toEqual(nothing);
  expect(readdirSync(root, { recursive: true })).toEqual(files);
});

test('what the API server would refuse is refused with its words', async () => {
  rendered({ make: [storage('orders-db', { storageGb: 50, region: 'a' })] });
  expect(await compared({ make: [storage('orders-db', { storageGb: 40, region: 'b' })] })).toEqual({
    problems: [
      '[shop/dev/eu-dev/orders-db/request] Database "orders-db": spec.region cannot be changed after creation',
      '[shop/dev/eu-dev/orders-db/request] Database "orders-db": spec.storageGb cannot be lowered; it can only grow',
    ],
    warnings: [],
  });
});

test('an omitted field is compared with its default', async () => {
  rendered({ make: [storage('orders-db', { storageGb: 30 })] });
  expect((await compared({ make: [storage('orders-db')] })).problems).toEqual([
    expect.stringContaining('spec.storageGb cannot be lowered'),
  ]);
});

test('a request that is gone is a warning, also when it was the last of its API', async () => {
  rendered({ make: [storage('orders-db')] });
  expect(await compared({ make: [] })).toEqual({
    problems: [],
    warnings: [
      '[dev/eu-dev/orders-dev/shop.data/database-orders-db.yaml] Database "orders-db" is not requested any more; what it stands for is left behind in the cloud, and deleted where it lived in the cluster',
    ],
  });
});

test('a request that is new is fine', async () => {
  rendered({ make: [storage('orders-db')] });
  expect(await compared({ make: [storage('orders-db'), storage('cache')] })).toEqual(nothing);
});

describe('a rename', () => {
  beforeEach(() => rendered({ make: [storage('orders-db', { storageGb: 50 })] }));

  test('is refused, naming both and what to write', async () => {
    expect(await compared({ make: [storage('main-db', { storageGb: 50 })] })).toMatchObject({
      problems: [
        '[shop/dev/eu-dev/main-db/request] Database "main-db" is new while "orders-db" of the previous tree goes, and would begin without data; if it was renamed or moved, write movedFrom: { name: "orders-db" }, if it is a new one, movedFrom: "nothing"',
      ],
    });
  });

  test('passes with movedFrom, and nothing is gone', async () => {
    const renamed = storage('main-db', { storageGb: 50 }, { movedFrom: { name: 'orders-db' } });
    expect(await compared({ make: [renamed] })).toEqual(nothing);
  });

  test('may not shrink what it takes over', async () => {
    const renamed = storage('main-db', { storageGb: 40 }, { movedFrom: { name: 'orders-db' } });
    expect((await compared({ make: [renamed] })).problems).toEqual([
      '[shop/dev/eu-dev/main-db/request] Database "main-db": spec.storageGb cannot be lowered; it can only grow',
    ]);
  });

  test('is none when the request says that it is new; what is gone is a warning', async () => {
    const { problems, warnings } = await compared({ make: [storage('main-db', {}, { movedFrom: 'nothing' })] });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('"orders-db" is not requested any more')]);
  });

  test('with a name that never was is refused with the one that was', async () => {
    const renamed = storage('main-db', {}, { movedFrom: { name: 'order-db' } });
    expect((await compared({ make: [renamed] })).problems).toEqual([
      '[shop/dev/eu-dev/main-db/request] Database "main-db" says that it was "order-db" in "orders-dev", which the previous tree has not; gone is "orders-db"; if it was renamed or moved, write movedFrom: { name: "orders-db" }, if it is a new one, movedFrom: "nothing"',
    ]);
  });

  test('cannot take over what is still requested', async () => {
    const copy = storage('main-db', {}, { movedFrom: { name: 'orders-db' } });
    expect((await compared({ make: [storage('orders-db', { storageGb: 50 }), copy] })).problems).toEqual([
      '[shop/dev/eu-dev/main-db/request] Database "main-db" says that it was what shop/dev/eu-dev/orders-db/request still requests; two requests can\'t stand for the same data: remove that one, or movedFrom',
    ]);
  });

  test('is taken over by one request only', async () => {
    const copies = ['a', 'b'].map((name) => storage(name, { storageGb: 50 }, { movedFrom: { name: 'orders-db' } }));
    expect((await compared({ make: copies })).problems).toEqual([
      '[shop/dev/eu-dev/b/request] Database "a" and "b" all say that they were "orders-db"; only one can take over its data',
    ]);
  });

  test('stays in movedFrom when it was rendered', async () => {
    const renamed = storage('main-db', { storageGb: 50 }, { movedFrom: { name: 'orders-db' } });
    rendered({ make: [renamed] });
    expect(await compared({ make: [renamed] })).toEqual(nothing);
  });
});

test('movedFrom of an environment that never had the request is fine', async () => {
  rendered({ make: [], environments: ['production'] });
  const renamed = storage('main-db', {}, { movedFrom: { name: 'orders-db' } });
  expect(await compared({ make: [renamed], environments: ['production'] })).toEqual(nothing);
});

test('another team for the app is a move of its data', async () => {
  rendered({ make: [storage('orders-db')] });
  expect((await compared({ team: 'sales', make: [storage('orders-db')] })).problems).toEqual([
    expect.stringContaining('if it was renamed or moved, write movedFrom: { namespace: "orders-dev" }'),
  ]);
  const moved = storage('orders-db', {}, { movedFrom: { namespace: 'orders-dev' } });
  expect(await compared({ team: 'sales', make: [moved] })).toEqual(nothing);
});

test('another name for the app is none: the request keeps its place', async () => {
  rendered({ make: [storage('orders-db')] });
  expect(await compared({ name: 'store', make: [storage('orders-db')] })).toEqual(nothing);
});

test('a move to another app of the command is found', async () => {
  rendered({ make: [storage('orders-db')] }, { team: 'sales', name: 'sales', make: [] });
  const { problems } = await compared({ make: [] }, { team: 'sales', name: 'sales', make: [storage('orders-db')] });
  expect(problems).toEqual([expect.stringContaining('write movedFrom: { namespace: "orders-dev" }')]);
});

test('two teams may name their databases alike', async () => {
  rendered({ make: [storage('db')] }, { team: 'sales', name: 'sales', make: [] });
  expect(await compared({ team: 'sales', name: 'sales', make: [storage('db')] })).toEqual(nothing);
});

test('another home cluster is a move', async () => {
  const environments = ['production'];
  rendered({ make: [storage('db')], environments });
  const elsewhere = (movedFrom?: RequestOptions['movedFrom']) => ({
    make: [storage('db', {}, { cluster: 'us-prod', movedFrom })],
    environments,
  });
  expect((await compared(elsewhere())).problems).toEqual([
    expect.stringContaining('new while "db" in the cluster "eu-prod" of the previous tree goes'),
  ]);
  expect(await compared(elsewhere({ name: 'db' }))).toEqual(nothing);
});

test('what holds no data may be renamed', async () => {
  rendered({ make: [(env) => new grant.Request(env, 'a', { verb: 'read' })] });
  expect(await compared({ make: [(env) => new grant.Request(env, 'b', { verb: 'read' })] })).toEqual(nothing);
});

test('environments that are not rendered are not compared', async () => {
  rendered({ make: [storage('orders-db')], environments: ['dev', 'production'] });
  expect(await compared({ make: [storage('orders-db')], environments: ['dev'] })).toEqual(nothing);
});

test('a preview is nothing renamed', async () => {
  rendered({ make: [storage('orders-db')] });
  const run: Run = { apps: [], preview: { id: 'pr-42', ttl: '72h' } };
  await withRun(run, async () => appOf({ make: [storage('orders-db')] }).synth());
  expect(checkAgainst(run.apps, root)).toEqual(nothing);
});

test('a tree that is not there, or holds what is no object, is refused', async () => {
  await expect(compared({ make: [storage('orders-db')] })).resolves.toEqual(nothing);
  rendered({ make: [storage('orders-db')] });
  writeFileSync(join(root, 'dev/eu-dev/orders-dev/shop/database-orders-db.yaml'), ': {');
  expect((await compared({ make: [storage('orders-db')] })).problems).toEqual([
    expect.stringContaining('is no Kubernetes object, so nothing can be compared with it'),
  ]);
  rmSync(root, { recursive: true });
  await expect(compared({ make: [storage('orders-db')] })).rejects.toThrow('there is no such folder; render first');
  mkdirSync(root);
});
