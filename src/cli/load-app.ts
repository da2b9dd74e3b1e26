import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Run } from '../app/run';
import { type GoldenError, type Problem, refuse } from '../platform/golden-error';
import { errorText } from './error-text';

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
 * Runs a file, TypeScript or JavaScript, in its own folder, which whoever guards it leaves again: a file that was given up may end
 * while another one runs. What ran before is run again; what it imports is not.
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
  process.chdir(dirname(path));
  try {
    return await execute(path);
  } finally {
    delete require.cache[path];
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
  const problems = toldBy(error);
  if (problems !== undefined) return problems;
  return [{ path: file, message: (debug && stackOf(error)) || errorText(error), cause: 'unrunnable' }];
}

/** The problems of an error of the library: by name, because the app may use another copy of it. */
function toldBy(error: unknown): readonly Problem[] | undefined {
  try {
    const { name, problems } = (error ?? {}) as Partial<GoldenError>;
    const isTold = Array.isArray(problems) && problems.every((each) => [each?.path, each?.message].every(isText));
    return name === 'GoldenError' && isTold ? problems : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function stackOf(error: unknown): string | undefined {
  try {
    return error instanceof Error ? String(error.stack) : undefined;
  } catch {
    return undefined;
  }
}
