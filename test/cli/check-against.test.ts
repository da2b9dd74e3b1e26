import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunOptions, runApps } from '../../src/cli/run-apps';
import { printedByTests } from './printed';

const source = join(__dirname, '../../src');
let folder: string;
const printed = printedByTests();
let apps = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An app file with a request for a bucket of this name. */
function app(bucket: string): string {
  const file = join(folder, `app-${++apps}.js`);
  writeFileSync(
    file,
    `const { GoldenApp, Platform } = require(${JSON.stringify(`${source}/index`)});
     const { defineApi, s } = require(${JSON.stringify(`${source}/crossplane`)});
     const api = defineApi({ group: 'acme.io', kind: 'Bucket', description: 'x', versions: { v1: { spec: { size: s.string().optional() } } } });
     const topology = { environments: { dev: { clusters: ['a'] } } };
     const app = new GoldenApp({ platform: new Platform({ domain: 'acme.io', topology }), team: 'orders', system: 'shop' });
     app.forEachEnvironment((env) => new api.Request(env, '${bucket}'));
     app.synth();`,
  );
  return file;
}

const tree = () => join(folder, 'tree');
const check = (file: string, options: RunOptions = {}) => runApps([file], { against: tree(), ...options }, false);

test('check compares apps with the tree that they were rendered to before', async () => {
  await runApps([app('data')], { out: tree() }, true);
  expect(await check(app('data'))).toBe(0);
  expect(await check(app('other'))).toBe(1);
  expect(printed.err.slice(-3)).toEqual([
    'error in orders/dev/a/other/request',
    '  - Bucket "other" is new while "data" of the previous tree goes, and would begin without data; if it was renamed or moved, write movedFrom: { name: "data" }, if it is a new one, movedFrom: "nothing"',
    '1 problem; mend it and check again',
  ]);
});

test('what is gone is said in JSON too', async () => {
  await runApps([app('data')], { out: tree() }, true);
  printed.out = [];
  await check(app('other'), { json: true });
  expect(JSON.parse(printed.out.join('\n'))).toMatchObject({
    problems: [{ path: 'orders/dev/a/other/request' }],
    warnings: [{ path: 'dev/a/orders-dev/orders.data/bucket-data.yaml' }],
  });
});

test('a tree that is not there fails', async () => {
  expect(await check(app('data'))).toBe(4);
  expect(printed.err[1]).toContain('there is no such folder; render first');
});
