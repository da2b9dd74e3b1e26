import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Run } from '../app/run';
import { type GoldenError, type Problem, refuse } from '../platform/golden-error';
import { show } from '../platform/rule';

/**
 * Runs an app file, TypeScript or JavaScript, in its own folder, where its lock files are.
 *
 * @throws GoldenError when there is no such file, when it makes no app, or with what the app has to say.
 */
export async function loadApp(file: string, run: Run): Promise<void> {
  const path = resolve(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) refuse(file, 'there is no such file; give the path of an app, like "app.ts"');
  if (!stats.isFile()) refuse(file || '.', `is no file; give the path of an app, like "${join(file, 'app.ts')}"`);
  const before = run.apps.length;
  const home = process.cwd();
  process.chdir(dirname(path));
  try {
    await execute(path);
  } finally {
    process.chdir(home);
  }
  if (run.apps.length === before) refuse(file, 'synthesizes no app; end it with app.synth()');
}

async function execute(path: string): Promise<void> {
  if (/\.c?js$/.test(path)) {
    require(path);
    return;
  }
  // Loaded only when there is something to compile, because it takes a while.
  const { createJiti } = await import('jiti');
  await createJiti(__filename).import(path);
}

/** All problems of what an app file threw, as a command prints them. */
export function problemsOf(error: unknown, file: string, debug = false): readonly Problem[] {
  if (!(error instanceof Error)) return [{ path: file, message: `throws ${show(error)}` }];
  // By name, because the app may use another copy of the library.
  if (error.name === 'GoldenError') return (error as GoldenError).problems;
  return [{ path: file, message: debug ? String(error.stack) : `${error}${lineOf(error)}` }];
}

/** Where a file of JavaScript can't be parsed: Node says it on the first line of the stack only. */
function lineOf({ name, stack }: Error): string {
  const place = name === 'SyntaxError' ? /^(\S.*:\d+)\n/.exec(stack ?? '') : null;
  return place ? ` at ${place[1]}` : '';
}
