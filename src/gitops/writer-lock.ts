import * as fs from 'node:fs';
import * as os from 'node:os';
import { threadId } from 'node:worker_threads';
import { scratchName } from './scan-tree';
import { TreeError } from './tree-error';

/**
 * Runs `work` while no other process writes to `root`, with the scratch folder in place; afterwards the folder is gone unless it
 * holds a journal to recover from.
 *
 * Each writer announces itself with a file whose name says who it is, then looks who else is there: whoever sees nobody alive
 * has the lock. Two that announce at the same time see each other, so at most one has it. A file's name holds all it says, so
 * it is never half written, and a dead writer's can be removed by anyone without hitting a live one's.
 *
 * @throws TreeError when another process writes to `root`.
 */
export function whileAlone<T>(root: string, work: () => T): T {
  const { end } = beginAlone(root);
  try {
    return work();
  } finally {
    end();
  }
}

/** One who writes to a root, and nobody else does. */
export interface Writer {
  /** How the writer is announced, for those that work for it. */
  readonly name: string;

  /** Lets others write. */
  end(): void;
}

/**
 * Begins what {@link whileAlone} does with work that others take part in; whoever calls it ends it.
 *
 * @throws TreeError when another process writes to `root`.
 */
export function beginAlone(root: string): Writer {
  const scratch = `${root}/${scratchName}`;
  const own = ownName();
  announce(root, scratch, own);
  const end = () => withdraw(scratch, own);
  try {
    waitForOthers(root, scratch, own);
    // Whoever commits a tree between a kill and the recovery should not commit the scratch folder with it.
    fs.writeFileSync(`${scratch}/.gitignore`, '*\n');
    return { name: own, end };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Runs `work` for the writer of that name, in a process that can outlive it: announced itself, so that who comes after the writer
 * waits for the work too, and only while the writer lives, so that nobody has come already.
 *
 * @throws TreeError when the writer is gone.
 */
export function alongside(root: string, writer: string, work: () => void): void {
  const scratch = `${root}/${scratchName}`;
  const own = ownName();
  announce(root, scratch, own);
  try {
    if (!liveWriters(scratch).includes(writer)) {
      throw new TreeError(root, ['the process that was writing has ended; run the command again']);
    }
    work();
  } finally {
    withdraw(scratch, own);
  }
}

function announce(root: string, scratch: string, own: string): void {
  const stats = fs.lstatSync(scratch, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory()) {
    throw new TreeError(root, [`'${scratchName}' is not a folder; move it away, writes are prepared there`]);
  }
  for (;;) {
    fs.mkdirSync(scratch, { recursive: true });
    try {
      fs.closeSync(fs.openSync(`${scratch}/${own}`, 'w'));
      return;
    } catch (error) {
      // Another writer may have removed the folder, empty again, just after it was made.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
    }
  }
}

/** Of two writers that meet, the first by name stays a moment for the other to withdraw, or to finish. */
function waitForOthers(root: string, scratch: string, own: string): void {
  for (let attempt = 0; ; attempt++) {
    const others = liveWriters(scratch).filter((name) => name !== own);
    if (others.length === 0) {
      return;
    }
    if (attempt === 10 || others.some((name) => name < own)) {
      throw new TreeError(root, [
        `another process is writing to this folder (${others.join(', ')}); wait for it, or remove '${scratchName}/${others[0]}' if it runs no more`,
      ]);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
}

/** Each writer goes before it looks who is left, so that of several that end together the last to look cleans up. */
function withdraw(scratch: string, own: string): void {
  fs.rmSync(`${scratch}/${own}`, { force: true });
  try {
    if (fs.readdirSync(scratch).every((name) => name === '.gitignore')) {
      fs.rmSync(`${scratch}/.gitignore`, { force: true });
      fs.rmdirSync(scratch);
    }
  } catch {
    // Another writer has removed the folder, or has announced itself and removes it in its turn.
  }
}

/** The writers whose process still runs, as far as can be told; the files of the others are removed. */
function liveWriters(scratch: string): string[] {
  return fs
    .readdirSync(scratch)
    .filter((name) => name.startsWith('writer-'))
    .filter((name) => {
      const { host, pid, start } = /^writer-(?<host>.*)-(?<pid>\d+)-(?<start>\d+)-\d+$/.exec(name)?.groups ?? {};
      const gone = host === hostName() && (!isAlive(Number(pid)) || startOf(Number(pid)) !== start);
      if (gone) {
        fs.rmSync(`${scratch}/${name}`, { force: true });
      }
      return !gone;
    });
}

function ownName(): string {
  return `writer-${hostName()}-${process.pid}-${startOf(process.pid)}-${threadId}`;
}

/** A process of another host, or of another container on a shared volume, cannot be asked whether it lives. */
function hostName(): string {
  return os
    .hostname()
    .replace(/[^A-Za-z0-9.-]/g, '_')
    .slice(0, 100);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began (in clock ticks since boot), which tells it from a later one with its id; 0 where `/proc` does not say. */
function startOf(pid: number): string {
  try {
    // The 22nd field (proc_pid_stat(5)), counted from behind the name, which may hold spaces and brackets.
    return fs.readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').pop()?.split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}
