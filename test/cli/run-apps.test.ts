import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunOptions, runApps } from '../../src/cli/run-apps';
import { printedByTests } from './printed';

const library = join(__dirname, '../../src/index');
let folder: string;
const printed = printedByTests();
let apps = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An app file of one service in two environments. */
function app(props: string, end = 'app.synth();'): string {
  // Node runs a file once in a process, so that each app is one of its own.
  const file = join(folder, `app-${++apps}.js`);
  writeFileSync(
    file,
    `const { GoldenApp, GoldenService, Platform } = require(${JSON.stringify(library)});
     const topology = { environments: { dev: { clusters: ['a'] }, production: { clusters: ['b'] } } };
     const app = new GoldenApp({ platform: new Platform({ domain: 'acme.io', topology }), team: 'orders', system: 'shop' });
     app.forEachEnvironment((env) => new GoldenService(env, 'api', { image: 'a/b:1', port: 8080, ${props} }));
     ${end}`,
  );
  return file;
}

const run = (file: string, options: RunOptions = {}, write = true) =>
  runApps([file], { out: join(folder, 'tree'), ...options }, write);
const deployment = 'tree/dev/a/orders-dev/orders/deployment-api.yaml';

test('render writes the tree and says what it came to', async () => {
  expect(await run(app(''))).toBe(0);
  expect(readFileSync(join(folder, deployment), 'utf8')).toContain('kind: Deployment');
  expect(printed.out.join('\n')).toMatch(/dev +a +orders +6 +6 added +valid/);
});

test('a second render changes nothing', async () => {
  await run(app(''));
  printed.out = [];
  await run(app(''));
  expect(printed.out.join('\n')).toMatch(/6 unchanged/);
});

test('check writes nothing', async () => {
  expect(await run(app(''), {}, false)).toBe(0);
  expect(readdirSync(folder)).not.toContain('tree');
});

test('only the environments that are named are rendered', async () => {
  await run(app(''), { environment: ['dev'] });
  expect(readdirSync(join(folder, 'tree'))).not.toContain('production');
});

test('what is wrong is printed, counted and fails; nothing is written', async () => {
  expect(await run(app('size: "big", scale: -1'))).toBe(1);
  expect(printed.err[0]).toBe('error in orders/dev/a/api');
  expect(printed.err[1]).toContain('size "big" is unknown');
  expect(printed.err[2]).toContain('scale "-1" is no number of pods');
  expect(printed.err[3]).toBe('2 problems; nothing of the apps concerned was written');
  expect(readdirSync(folder)).not.toContain('tree');
});

test('JSON is for machines', async () => {
  await run(app('size: "big"'), { json: true }, false);
  expect(JSON.parse(printed.out.join('\n'))).toMatchObject({ apps: [], problems: [{ path: 'orders/dev/a/api' }] });
});

test('a file that is not there fails', async () => {
  expect(await run(join(folder, 'none.ts'))).toBe(1);
  expect(printed.err[1]).toContain('there is no such file; give the path of an app');
});

test('an app that does not synthesize fails', async () => {
  expect(await run(app('', ''))).toBe(1);
  expect(printed.err[1]).toContain('synthesizes no app; end it with app.synth()');
});

test('a file that was edited by hand is refused by its name, and overwritten by force', async () => {
  await run(app(''));
  writeFileSync(join(folder, deployment), 'edited');
  expect(await run(app('scale: 1'))).toBe(4);
  expect(printed.err.join('\n')).toContain('deployment-api.yaml');
  expect(await run(app('scale: 1'), { force: true })).toBe(0);
});

test('an app that fails leaves those before it rendered', async () => {
  const good = app('');
  const bad = join(folder, 'bad');
  mkdirSync(bad);
  expect(await runApps([good, join(bad, 'app.ts')], { out: join(folder, 'tree') }, true)).toBe(1);
  expect(readdirSync(join(folder, 'tree'))).toContain('dev');
});
