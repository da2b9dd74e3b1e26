import { sayFailed } from './say';
import { hearUncaught } from './uncaught';

/** Commands print to it, and a reader such as `head` may leave before they have. */
let unwritable: Error | undefined;

/**
 * Sees to it that a command ends in an orderly way: without a stack trace when it fails in a way that nobody thought of, with a
 * failure when its report could not be written, and at once when an app file left a timer or a server behind.
 *
 * @param isDebugged whether stack traces were asked for
 */
export async function endInOrder(isDebugged: boolean, command: () => Promise<unknown>): Promise<never> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') unwritable = error;
  });
  // There is nobody left to tell.
  process.stderr.on('error', () => {});
  let fail = (_: unknown) => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  hearUncaught(fail);
  try {
    await Promise.race([command(), failed]);
  } catch (error) {
    sayUnexpected(error, isDebugged);
  }
  await drained(process.stdout);
  if (unwritable) {
    sayFailed([{ path: 'stdout', message: `the report can't be written: ${unwritable.message}` }]);
    process.exitCode = 1;
  }
  await drained(process.stderr);
  process.exit();
}

function sayUnexpected(error: unknown, isDebugged: boolean): void {
  const text = (isDebugged && error instanceof Error && error.stack) || String(error);
  const more = isDebugged ? '' : '; --debug shows where';
  sayFailed([{ path: 'golden', message: `${text}${more}` }]);
  process.exitCode = 1;
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
