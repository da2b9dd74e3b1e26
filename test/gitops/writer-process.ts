import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TreeRender } from '../../src/gitops/tree-render';
import { compileGitops } from './compiled';
import { newFolder } from './trees';

/** What a process that writes a tree is told. */
export interface WriterOrders {
  readonly root: string;

  /** Written one after the other; none means only to recover. */
  readonly renders: readonly TreeRender[];

  /** Sends itself this signal before its n-th step. */
  readonly signal?: { readonly name: 'SIGKILL' | 'SIGSTOP'; readonly step: number };

  /** Goes through the renders again and again. */
  readonly forever?: boolean;
}

const program = `
const { writeInSteps, recoverInSteps } = require('./owned-tree.js');
const { root, renders, signal, forever } = JSON.parse(process.argv[2]);
let step = 0;
const onStep = (name) => {
  if (signal && step++ === signal.step) {
    process.stdout.write(name);
    process.kill(process.pid, signal.name);
  }
};
process.stdout.write('ready ');
try {
  do {
    for (const render of renders) writeInSteps(root, render, {}, onStep);
    if (forever) process.stdout.write('again ');
  } while (forever);
  if (renders.length === 0) recoverInSteps(root, onStep);
} catch (error) {
  process.stdout.write(error.message);
  process.exitCode = 1;
}
`;

/** A compiled copy of the code under test, so that a process starts in the time that Node needs. Readable by every user. */
export function buildWriter(): string {
  const folder = newFolder();
  const writer = path.join(compileGitops(folder), 'writer.js');
  fs.writeFileSync(writer, program);
  fs.chmodSync(folder, 0o755);
  return writer;
}

/** Runs a writer to its end; `shell` is what leads to it, such as a limit to run it under. */
export function runWriter(writer: string, orders: WriterOrders, shell = '', uid?: number): SpawnSyncReturns<string> {
  const command = `${shell} exec "$0" "$@"`;
  return spawnSync('sh', ['-c', command, process.execPath, writer, JSON.stringify(orders)], {
    encoding: 'utf8',
    uid,
    gid: uid,
  });
}

/** Starts a writer. */
export function startWriter(writer: string, orders: WriterOrders): ChildProcess {
  return spawn(process.execPath, [writer, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Waits until a process says something, and gives that. */
export function hear({ stdout }: ChildProcess, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    stdout?.on('data', (data) => {
      heard += data;
      if (words.test(heard)) {
        resolve(heard);
      }
    });
    stdout?.on('close', () => reject(new Error(`ended after saying: ${heard}`)));
  });
}
