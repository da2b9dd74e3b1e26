import { writeSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GoldenError, type Problem } from '../platform/golden-error';
import { say } from './say';
import { hearUncaught } from './uncaught';
import { type StoppedAt, watch } from './watchdog';

/** How long an app file may take, in milliseconds, unless it is told otherwise. */
export const defaultTimeout = 120_000;

/** How an app file is guarded. */
export interface GuardOptions {
  /**
   * How long it may take, in milliseconds; 0 for as long as it wants.
   * @default 120000
   */
  readonly timeout?: number;
  /** Whether a machine reads the report. */
  readonly json?: boolean;
}

/** The exit code of a process that was ended because of its time. */
export const timedOutCode = 10;

const exit = process.exit.bind(process);

/**
 * Runs an app file so that it does not take the command with it: stdout belongs to the report, the process goes on when the file asks
 * it to end, what blocks it, or waits for what never comes, is ended, and what it throws later, where nobody catches it, is its error.
 *
 * @throws GoldenError when it does not come to an end, or asks the process to end.
 */
export async function guarded<T>(file: string, options: GuardOptions, work: () => Promise<T>): Promise<T> {
  const { timeout = defaultTimeout } = options;
  const home = process.cwd();
  const path = relative(home, file) || file;
  const { write } = process.stdout;
  let isRedirected = false;
  process.stdout.write = ((...args: Parameters<typeof write>) => {
    isRedirected = true;
    return process.stderr.write(...args);
  }) as typeof write;
  process.exit = ((code?: number) => {
    refuseApp(path, `calls process.exit(${code ?? ''}); leave it out, and throw an error where something is wrong`);
  }) as typeof exit;
  const restore = () => {
    process.stdout.write = write;
    process.exit = exit;
    // Also one that was given up has left its folder.
    process.chdir(home);
  };
  const end = (places: readonly StoppedAt[]) => {
    restore();
    return sayWhere({ path, message: tooLong(timeout, placeOf(places)), cause: 'timeout' }, options);
  };
  const callOff = timeout > 0 ? watch(timeout, end) : () => {};
  try {
    return await inTime(work(), path, timeout);
  } finally {
    callOff();
    restore();
    if (isRedirected) {
      say('warning', [{ path, message: 'prints to stdout, which belongs to the report; it was sent to stderr' }]);
    }
  }
}

/** Says where the process was stopped. Nothing of it runs any more, so the report is written at once. */
function sayWhere(problem: Problem, { json }: GuardOptions): number {
  // One that renders for another process has it report.
  if (json && process.send === undefined) writeSync(1, `${JSON.stringify({ problems: [problem] }, undefined, 2)}\n`);
  else writeSync(2, `error in ${problem.path}\n  - ${problem.message}\n`);
  return timedOutCode;
}

/** What is said of a file that takes too long. */
export function tooLong(timeout: number, place = ''): string {
  return `did not end within ${timeout / 1000} s${place}; mend the loop, or give it longer with --timeout`;
}

/** The first place that is the app's own, not Node's nor a package's. */
function placeOf(places: readonly StoppedAt[]): string {
  const own = places.find(({ url }) => url !== '' && !/^node:|\/node_modules\//.test(url)) ?? places[0];
  if (own === undefined || own.url === '') return '';
  const file = own.url.startsWith('file:') ? fileURLToPath(own.url) : own.url;
  return `, and is at ${relative(process.cwd(), file)}:${own.line}${own.functionName && ` (${own.functionName})`}`;
}

function refuseApp(path: string, message: string, cause: Problem['cause'] = 'unrunnable'): never {
  throw new GoldenError([{ path, message, cause }]);
}

/** Waits for some work, unless it takes too long, nothing is left that could ever end it, or something of it fails beside it. */
async function inTime<T>(work: Promise<T>, path: string, timeout: number): Promise<T> {
  let stop = () => {};
  const never = new Promise<never>((_, reject) => {
    const refuse = (message: string) => reject(new GoldenError([{ path, message, cause: 'timeout' }]));
    const drained = () => refuse('waits for a promise that nothing is left to settle; look at what it awaits');
    process.once('beforeExit', drained);
    const timer = timeout > 0 ? setTimeout(() => refuse(tooLong(timeout)), timeout).unref() : undefined;
    const stopHearing = hearUncaught(reject);
    stop = () => {
      process.off('beforeExit', drained);
      clearTimeout(timer);
      stopHearing();
    };
  });
  // What it began and did not wait for fails at the earliest when it has ended.
  const ended = work.then(async (result) => {
    await new Promise(setImmediate);
    return result;
  });
  try {
    return await Promise.race([ended, never]);
  } finally {
    stop();
  }
}
