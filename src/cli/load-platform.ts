import type { Run } from '../app/run';
import { withRun } from '../app/run';
import { GoldenError, refuse } from '../platform/golden-error';
import type { Platform } from '../platform/platform';
import { guarded } from './guarded';
import { loadFile, problemsOf } from './load-app';

/**
 * The platform of a file: that of the app which it makes, or the one that it exports.
 *
 * @throws GoldenError when there is no such file, or none or several platforms in it.
 */
export async function loadPlatform(file: string): Promise<Platform> {
  const run: Run = { apps: [] };
  let exported: unknown;
  try {
    exported = await guarded(file, {}, () => withRun(run, () => loadFile(file, 'platform')));
  } catch (error) {
    throw new GoldenError(problemsOf(error, file));
  }
  const values = typeof exported === 'object' && exported !== null ? Object.values(exported) : [];
  const found = new Set([...run.apps.map(({ app }) => app.platform), ...values.filter(isPlatform)]);
  if (found.size === 0) refuse(file, 'has no platform; give a file that exports one, or an app of one');
  if (found.size > 1) refuse(file, `has ${found.size} platforms; give a file that exports one`);
  return [...found][0];
}

/** Also one of another copy of the library. */
function isPlatform(value: unknown): value is Platform {
  return (
    typeof value === 'object' && value !== null && 'topology' in value && 'labelPrefix' in value && 'bind' in value
  );
}
