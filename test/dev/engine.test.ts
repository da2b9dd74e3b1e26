import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Binaries, binarySources } from '../../src/dev/binaries';
import { EngineHost } from '../../src/dev/engine-host';

const host = () => new EngineHost({ binaries: new Binaries(binarySources('/nowhere', {})) });
const shell = (script: string) => ({ name: 'shell', binary: '/bin/sh', args: ['-c', script] });

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await sleep(20);
  }
}

test('an engine is started when it serves, and gone with its folder after the stop', async () => {
  const engines = host();
  const pidFile = join(engines.dir, 'pid');
  await engines.launch({
    ...shell(`echo $$ > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; exec sleep 600`),
    ready: async () => existsSync(pidFile),
  });
  const pid = Number(readFileSync(pidFile, 'utf8'));
  expect(isRunning(pid)).toBe(true);
  await engines.stop();
  expect(isRunning(pid)).toBe(false);
  expect(existsSync(engines.dir)).toBe(false);
});

test('an engine that ignores the request to end is killed', async () => {
  const engines = host();
  const trapped = join(engines.dir, 'trapped');
  await engines.launch({
    ...shell(`trap '' TERM; touch ${trapped}; while :; do sleep 1; done`),
    ready: async () => existsSync(trapped),
    graceSeconds: 0.1,
  });
  await engines.stop();
  expect(existsSync(engines.dir)).toBe(false);
});

test('an engine that stops at its start is an error with its last words', async () => {
  const engines = host();
  const failure = engines.launch({ ...shell('echo no such flag; exit 3'), ready: async () => false });
  await expect(failure).rejects.toThrow(
    /^shell did not start: ended with exit code 3; the end of [\s\S]*\n {2}no such flag$/,
  );
  await engines.stop();
});

test('an engine that never serves is an error and does not stay', async () => {
  const engines = host();
  const launch = engines.launch({ ...shell('exec sleep 600'), ready: async () => false, readyWithinSeconds: 0.2 });
  await expect(launch).rejects.toThrow(/^shell was not ready within 0.2 s/);
  await engines.stop();
});

test('a program that does not exist is an error', async () => {
  const engines = host();
  const launch = engines.launch({ name: 'none', binary: '/nowhere/none', args: [], ready: async () => false });
  await expect(launch).rejects.toThrow(/^none did not start: spawn \/nowhere\/none ENOENT/);
  await engines.stop();
});

test('engines end and their folder goes even when their owner is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'owner-'));
  const told = join(folder, 'told');
  const root = join(__dirname, '../..');
  const owner = spawn(
    process.execPath,
    [
      '-e',
      `const load = require('jiti')(${JSON.stringify(join(root, 'owner.js'))});
     const { EngineHost } = load('./src/dev/engine-host.ts');
     const host = new EngineHost({});
     const fs = require('node:fs');
     const pidFile = host.dir + '/pid';
     host.launch({
       name: 'shell', binary: '/bin/sh', args: ['-c', 'echo $$ > ' + pidFile + '; exec sleep 600'],
       ready: async () => fs.readFileSync(pidFile, 'utf8').endsWith('\\n'),
     }).then(() => {
       fs.writeFileSync('${told}.new', fs.readFileSync(pidFile, 'utf8') + host.dir);
       fs.renameSync('${told}.new', '${told}');
     });`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  await until(() => existsSync(told));
  const [pid, dir] = readFileSync(told, 'utf8').split('\n');
  owner.kill('SIGKILL');
  await until(() => !isRunning(Number(pid)) && !existsSync(dir));
  rmSync(folder, { recursive: true });
}, 30_000);
