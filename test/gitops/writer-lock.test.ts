import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { alongside, beginAlone, whileAlone } from '../../src/gitops/writer-lock';
import { compileGitops } from './compiled';
import { newFolder, problemsOf, removeFolders } from './trees';
import { hear } from './writer-process';

afterEach(removeFolders);

const program = `
const [root, writer] = process.argv.slice(2);
require('./writer-lock.js').alongside(root, writer, () => {
  require('fs').writeSync(1, 'at work');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

test('who works for a writer keeps others out, also when the writer has ended', async () => {
  const root = newFolder();
  const file = path.join(compileGitops(newFolder()), 'alongside.js');
  fs.writeFileSync(file, program);
  const writer = beginAlone(root);
  const worker = spawn(process.execPath, [file, root, writer.name], { stdio: ['ignore', 'pipe', 'inherit'] });
  await hear(worker, /at work/);
  writer.end();
  expect(problemsOf(() => whileAlone(root, () => {}))).toEqual([
    expect.stringContaining('another process is writing to this folder'),
  ]);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  expect(whileAlone(root, () => 'written')).toBe('written');
  expect(fs.readdirSync(root)).toEqual([]);
});

test('nobody works for a writer that has ended: another may be at it already', () => {
  const root = newFolder();
  const writer = beginAlone(root);
  writer.end();
  // No process has a number this high.
  const gone = writer.name.replace(`-${process.pid}-`, `-${2 ** 22 + 1}-`);
  let worked = false;
  const work = () => {
    worked = true;
  };
  expect(problemsOf(() => alongside(root, gone, work))).toEqual([
    'the process that was writing has ended; run the command again',
  ]);
  expect(worked).toBe(false);
  expect(fs.readdirSync(root)).toEqual([]);
});
