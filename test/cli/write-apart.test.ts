import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { snapshot } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;
let files: readonly string[];
beforeAll(() => {
  golden = buildPackage();
  files = writeApps('apps', 8, 1);
});
afterAll(() => golden.remove());

/** Writes apps of some services each. @returns their files */
function writeApps(folder: string, count: number, services: number): string[] {
  mkdirSync(join(golden.folder, folder));
  return Array.from({ length: count }, (_, n) => {
    const file = join(folder, `app-${n}.ts`);
    writeFileSync(join(golden.folder, file), appFile(`team-${n}`, services));
    return file;
  });
}

const appFile = (team: string, services: number, image = 'a/b:1') => `
import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';

const platform = new Platform({ domain: 'acme.io', topology: { environments: { dev: { clusters: ['eu'] } } } });
const app = new GoldenApp({ platform, team: '${team}', system: 'shop' });
app.forEachEnvironment((env) => {
  for (let n = 0; n < ${services}; n++) new GoldenService(env, '${team}-api-' + n, { image: '${image}', port: 8080 });
});
app.synth();
`;

const at = (out: string) => join(golden.folder, out);
const render = (jobs: number, out: string, from = files) => {
  const { stdout, stderr, status } = golden.run('render', ...from, '--out', out, '--jobs', String(jobs));
  return { stdout, stderr: stderr.replaceAll(out, 'tree'), status };
};
/** When each file was written, and which one it is. */
const inodes = (out: string) =>
  readdirSync(at(out), { recursive: true, encoding: 'utf8' }).map((name) => {
    const { ino, mtimeMs } = statSync(join(at(out), name));
    return [name, ino, mtimeMs];
  });

test('several processes write what one does, and nothing where nothing changed', () => {
  const alone = render(1, 'alone');
  expect(render(3, 'together')).toEqual(alone);
  expect(alone.status).toBe(0);
  expect(snapshot(at('together'))).toEqual(snapshot(at('alone')));
  const before = inodes('together');
  expect(render(3, 'together').stdout).toMatch(/unchanged/);
  expect(inodes('together')).toEqual(before);
});

test('what stands against some of them is what stands against them in one process', () => {
  const own = writeApps('opposed', 6, 1);
  const file = (n: number) => join(golden.folder, own[n]);
  writeFileSync(file(4), appFile('team-1', 2));
  for (const out of ['opposed-1', 'opposed-3']) {
    expect(render(1, out, own.slice(0, 4)).status).toBe(0);
    appendFileSync(join(at(out), 'dev/eu/team-2-dev/team-2/service-team-2-api-0.yaml'), '# by hand\n');
    writeFileSync(join(at(out), 'dev/eu/team-3-dev/team-3/notes.txt'), 'mine\n');
  }
  writeFileSync(file(0), appFile('team-0', 1, 'a/b:2'));
  const alone = render(1, 'opposed-1', own);
  expect(alone.status).not.toBe(0);
  expect(alone.stderr).toMatch(/edited by hand/);
  expect(alone.stderr).toMatch(/'notes\.txt|notes\.txt' is a file/);
  expect(alone.stderr).toMatch(/is rendered by both/);
  expect(render(3, 'opposed-3', own)).toEqual(alone);
  expect(snapshot(at('opposed-3'))).toEqual(snapshot(at('opposed-1')));
});

test('a process that ends before it wrote leaves the tree as it was', () => {
  const own = writeApps('ending', 4, 1);
  expect(render(1, 'broken-off', own).status).toBe(0);
  const before = snapshot(at('broken-off'));
  for (const file of own) {
    // Whatever plans first has gone before it stages.
    appendFileSync(
      join(golden.folder, file),
      `process.prependListener('message', ({ ask }) => { if (ask === 'stage') process.kill(process.pid, 'SIGKILL'); });\n`,
    );
  }
  writeFileSync(join(golden.folder, own[0]), appFile('team-0', 1, 'a/b:2'));
  const { stderr, status } = render(2, 'broken-off', own);
  expect(stderr).toMatch(/a process that rendered ended before it wrote; nothing was changed; .*--jobs 1/);
  expect(status).not.toBe(0);
  expect(snapshot(at('broken-off'))).toEqual(before);
});

test('killed at any moment, the next render completes the tree', async () => {
  const versions = ['v1', 'v2'].map((version) => {
    const own = writeApps(version, 6, 3);
    own.forEach((file, n) => {
      writeFileSync(join(golden.folder, file), appFile(`team-${n}`, 3, `a/b:${version}`));
    });
    render(1, `whole-${version}`, own);
    return own;
  });
  cpSync(at('whole-v1'), at('killed'), { recursive: true });
  const began = process.hrtime.bigint();
  render(2, 'timed', versions[0]);
  const wholeTime = Number(process.hrtime.bigint() - began) / 1e6;
  let wrote = 0;
  for (let round = 1; round <= 6; round++) {
    const from = versions[round % 2];
    const args = ['render', ...from, '--out', 'killed', '--jobs', '2'];
    const child = spawn(join(golden.folder, '../bin/golden'), args, { cwd: golden.folder, stdio: 'ignore' });
    const exited = once(child, 'exit');
    // Most of a run is rendering; half of the kills meet the writing at its end.
    await Promise.race([round % 2 ? sleep((wholeTime * round) / 6) : begunWriting(child), exited]);
    child.kill('SIGKILL');
    await exited;
    wrote += existsSync(join(at('killed'), '.golden')) ? 1 : 0;
    const { stderr, status } = await settled(from);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(snapshot(at('killed'))).toEqual(snapshot(at(`whole-v${(round % 2) + 1}`)));
  }
  expect(wrote).toBeGreaterThan(0);
  rmSync(at('killed'), { recursive: true });
}, 120_000);

/** Waits until the command writes. */
async function begunWriting(command: ChildProcess): Promise<void> {
  while (command.exitCode === null && !existsSync(join(at('killed'), '.golden/staged'))) await sleep(1);
}

/** Renders again, once what the killed command had begun has noticed that it is gone. */
async function settled(from: readonly string[]) {
  for (;;) {
    const outcome = render(2, 'killed', from);
    if (!/another process is writing/.test(outcome.stderr)) return outcome;
    await sleep(10);
  }
}
