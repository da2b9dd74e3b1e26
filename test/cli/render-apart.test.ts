import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;
beforeAll(() => {
  golden = buildPackage();
});
afterAll(() => golden.remove());

const serviceApp = (team: string, port: number, end: string) => `
import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';

const platform = new Platform({ domain: 'acme.io', topology: { environments: { dev: { clusters: ['eu'] } } } });
const app = new GoldenApp({ platform, team: '${team}', system: 'shop' });
app.forEachEnvironment((env) => {
  const api = new GoldenService(env, '${team}-api', { image: 'a/b:1', port: ${port} });
  ${end.includes('calls') ? "api.calls(env.service('team-0/team-0-api'));" : ''}
});
${end.replace('calls', '')}
app.synth();
`;

/** Writes apps of one service each; some end otherwise than others. @returns their files */
function writeApps(folder: string, count: number, endOf: (n: number) => string = () => ''): string[] {
  mkdirSync(join(golden.folder, folder));
  return Array.from({ length: count }, (_, n) => {
    const file = join(folder, `app-${n}.ts`);
    writeFileSync(join(golden.folder, file), serviceApp(`team-${n}`, 8080 + n, endOf(n)));
    return file;
  });
}

interface Outcome {
  readonly apps: readonly { readonly name: string }[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Renders in so many processes, and says what came of it, as far as a process says it to another. */
function renderIn(processes: number, files: readonly string[]): Outcome {
  const program = `
    const { renderApps } = require(${JSON.stringify(join(golden.folder, '../lib/src/cli/render-apps'))});
    const { outlineOf } = require(${JSON.stringify(join(golden.folder, '../lib/src/gitops/tree-render'))});
    renderApps(${JSON.stringify(files)}, {}, ${processes}).then(({ apps, problems, held }) => {
      held?.end();
      const outlines = apps.map((app) => ({ ...app, tree: outlineOf(app.tree) }));
      require('fs').writeSync(3, JSON.stringify({ apps: outlines, problems }));
    });`;
  const { output, status } = spawnSync(process.execPath, ['-e', program], {
    cwd: golden.folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${output[2]}`);
  return JSON.parse(`${output[3]}`);
}

test('several processes render what one does, in the order of the files', () => {
  const files = writeApps('many', 11);
  const here = renderIn(1, files);
  expect(here.apps).toHaveLength(11);
  expect(renderIn(3, files)).toEqual(here);
});

test('an app that throws, one that ends its process, and one that does not parse stop no other', () => {
  const ends = ['', 'throw new Error("no");', 'process.exit(0);', ');', '', 'process.kill(process.pid, "SIGKILL");'];
  const files = writeApps('broken', 9, (n) => ends[n] ?? '');
  const { apps, problems } = renderIn(2, files);
  expect(apps.map(({ name }) => name)).toEqual(['team-0', 'team-4', 'team-6', 'team-7', 'team-8']);
  expect(problems.map(({ path }) => path)).toEqual([1, 2, 3, 5].map((n) => files[n]));
  expect(problems[1].message).toMatch(/^calls process\.exit\(0\); leave it out/);
  expect(problems[3].message).toMatch(/^ended the process that rendered it \(SIGKILL\)/);
});

test('what apps of two processes say against each other is found', () => {
  const files = writeApps('calling', 4, (n) => (n === 3 ? 'calls' : ''));
  const here = renderIn(1, files);
  expect(here.problems).not.toEqual([]);
  expect(renderIn(2, files).problems).toEqual(here.problems);
});
