import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { endName, type WatchdogOrder } from './watchdog-thread';

/** A place in a program that was stopped. */
export interface StoppedAt {
  readonly url: string;
  readonly line: number;
  readonly functionName: string;
}

/** Says what is to be said, and gives the exit code. */
type OnEnd = (places: readonly StoppedAt[]) => number;

let thread: Worker | undefined;
let atEnd: OnEnd = () => 1;

/**
 * Ends this process when it takes too long: a thread beside it sees to that, because a process that blocks can do nothing itself.
 *
 * @param onEnd called with the place where the process was stopped
 * @returns what calls it off
 */
export function watch(milliseconds: number, onEnd: OnEnd): () => void {
  // A process that compiles TypeScript as it goes has no compiled thread.
  if (!__filename.endsWith('.js')) return () => {};
  thread ??= start();
  atEnd = onEnd;
  thread.postMessage({ milliseconds } satisfies WatchdogOrder);
  return () => thread?.postMessage({} satisfies WatchdogOrder);
}

function start(): Worker {
  Object.defineProperty(globalThis, Symbol.for(endName), {
    value: (places: readonly StoppedAt[]) => {
      const code = atEnd(places);
      // Last of all: Node would say on it that it waits for the debugger, which is nobody's concern.
      process.once('exit', () => closeSync(2));
      process.exit(code);
    },
  });
  const worker = new Worker(join(__dirname, 'watchdog-thread.js'), { env: SHARE_ENV });
  worker.unref();
  return worker;
}
