import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { commitsOf, git, isolateGit, restoreGit } from '../gitops/repositories';
import { newFolder, removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';
import { PromotedApp } from './promoted-app';

let golden: GoldenPackage;
let app: PromotedApp;
let temporary: string;

beforeAll(() => {
  golden = buildPackage();
});
beforeEach(() => {
  isolateGit();
  app = new PromotedApp(golden);
  app.commitApp(8080);
  app.publish();
  temporary = newFolder();
});
afterEach(() => {
  restoreGit();
  removeFolders();
});
afterAll(() => golden.remove());

const program = () => path.join(path.dirname(app.folder), 'bin/golden');
const words = () => [...app.promotion, '--no-install'];

/** Runs the promotion on a terminal on which somebody answers once they are asked; script(1) is one. */
async function typed(answer: string): Promise<{ code: number | null; shown: string }> {
  const command = [process.execPath, program(), ...words()].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: app.folder,
    env: { ...process.env, TERM: 'xterm' },
  });
  let shown = '';
  let isAnswered = false;
  terminal.stdout.on('data', (data) => {
    shown += data;
    if (isAnswered || !shown.includes('taken for a yes: ')) return;
    isAnswered = true;
    terminal.stdin.write(answer);
  });
  const [code] = await once(terminal, 'close');
  return { code, shown };
}

test.each([
  ['yes\r', 0, 2],
  ['y\r', 13, 1],
  ['\r', 13, 1],
  ['\u0004', 13, 1],
])('on a terminal the answer %j ends with %i', async (answer, expected, added) => {
  const before = commitsOf(app.bare).length;
  const { code, shown } = await typed(answer);
  expect(shown).toMatch(
    /production \(p1, p2\): .*6 added[\s\S]*Promote orders from staging to production\? Only "yes"/,
  );
  expect([code, commitsOf(app.bare).length]).toEqual([expected, before + added - 1]);
});

test('ended by a signal while it renders, it leaves no work tree behind and promotes nothing', async () => {
  app.commitApp(
    8081,
    undefined,
    "if (env.name === 'production') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);",
  );
  app.publish();
  const before = commitsOf(app.bare);
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, [program(), ...words(), '--yes'], { cwd: app.folder, env });
  const closed = once(child, 'close');
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const begun = () => fs.readdirSync(temporary).some((name) => name.startsWith('golden-promote-'));
  while (child.exitCode === null && !begun()) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGTERM');
  expect(await closed).toEqual([143, null]);
  expect(said).toMatch(/was interrupted/);
  expect(fs.readdirSync(temporary).filter((name) => name.startsWith('golden-'))).toEqual([]);
  expect(git(app.folder, 'worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
  expect(commitsOf(app.bare)).toEqual(before);
});

test('an app that loops in its promotion leaves no work tree behind', () => {
  app.commitApp(8081, undefined, 'if (process.env.LOOP) for (;;) {}');
  app.publish();
  const env = { ...process.env, TMPDIR: temporary, LOOP: '1' };
  const done = spawnSync(process.execPath, [program(), ...words(), '--yes', '--timeout', '3s'], {
    cwd: app.folder,
    env,
    encoding: 'utf8',
  });
  expect([done.status, done.stderr]).toEqual([
    10,
    expect.stringMatching(/did not end within 3 s, and is at .*app\.ts:7/),
  ]);
  expect(fs.readdirSync(temporary).filter((name) => name.startsWith('golden-'))).toEqual([]);
  expect(git(app.folder, 'worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
});
