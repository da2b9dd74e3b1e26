import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Run } from '../app/run';
import { type GoldenError, refuse } from '../platform/golden-error';

/**
 * Runs an app file, TypeScript or JavaScript, in its own folder, where its lock files are.
 *
 * @throws GoldenError when there is no such file, when it makes no app, or with what the app has to say.
 */
export async function loadApp(file: string, run: Run): Promise<void> {
  const path = resolve(file);
  if (!existsSync(path)) refuse(file, `there is no such file; give the path of an app, like "app.ts"`);
  const before = run.reports.length;
  const home = process.cwd();
  process.chdir(dirname(path));
  try {
    await execute(path);
  } finally {
    process.chdir(home);
  }
  if (run.reports.length === before) refuse(file, 'synthesizes no app; end it with app.synth()');
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

/** All problems of an error as a command prints them; undefined when it is none of ours. */
export function problemsOf(error: unknown): GoldenError['problems'] | undefined {
  return error instanceof Error && error.name === 'GoldenError' ? (error as GoldenError).problems : undefined;
}
