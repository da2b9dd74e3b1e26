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
  const before = run.apps.length;
  await loadFile(file, 'app');
  if (run.apps.length === before) refuse(file, 'synthesizes no app; end it with app.synth()');
}

/**
 * Runs a file, TypeScript or JavaScript, in its own folder. What ran before is run again; what it imports is not.
 *
 * @returns what it exports
 * @throws GoldenError when there is no such file.
 */
export async function loadFile(file: string, what: 'app' | 'platform'): Promise<unknown> {
  const path = resolve(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  const wanted = `give the path of ${what === 'app' ? 'an app' : 'a platform'}`;
  if (!stats) refuse(file, `there is no such file; ${wanted}, like "${what}.ts"`);
  if (!stats.isFile()) refuse(file || '.', `is no file; ${wanted}, like "${join(file, `${what}.ts`)}"`);
  const home = process.cwd();
  process.chdir(dirname(path));
  try {
    return await execute(path);
  } finally {
    delete require.cache[path];
    process.chdir(home);
  }
}

async function execute(path: string): Promise<unknown> {
  if (/\.c?js$/.test(path)) return require(path);
  // Loaded only when there is something to compile, because it takes a while.
  const { createJiti } = await import('jiti');
  return createJiti(__filename).import(path);
}

/** All problems of what an app file threw, as a command prints them. */
export function problemsOf(error: unknown, file: string, debug = false): readonly Problem[] {
  if (!(error instanceof Error)) return [{ path: file, message: `throws ${show(error)}`, cause: 'unrunnable' }];
  // By name, because the app may use another copy of the library.
  if (error.name === 'GoldenError') return (error as GoldenError).problems;
  return [{ path: file, message: debug ? String(error.stack) : `${error}${lineOf(error)}`, cause: 'unrunnable' }];
}

/** Where a file of JavaScript can't be parsed: Node says it on the first line of the stack only. */
function lineOf({ name, stack }: Error): string {
  const place = name === 'SyntaxError' ? /^(\S.*:\d+)\n/.exec(stack ?? '') : null;
  return place ? ` at ${place[1]}` : '';
}
