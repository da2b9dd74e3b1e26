import { relative, resolve } from 'node:path';
import type { PreviewOptions } from '../app/preview';
import { type Run, type RunApp, withRun } from '../app/run';
import { agreements } from '../network/agreements';
import type { GraphService } from '../network/call-graph';
import type { Problem } from '../platform/golden-error';
import { type GuardOptions, guarded } from './guarded';
import { loadApp, problemsOf } from './load-app';

/** How apps are loaded. */
export interface LoadOptions extends GuardOptions {
  readonly environment?: readonly string[];
  /** How environments are changed that are rendered. */
  readonly promotion?: Run['promotion'];
  /** Whether environments that are changed otherwise are rendered beside them. */
  readonly beside?: Run['beside'];
  /** The preview that is rendered of each app, in place of the app. */
  readonly asked?: PreviewOptions;
  readonly debug?: boolean;
}

/** The apps of some files. */
export interface LoadedApps {
  readonly apps: readonly RunApp[];
  /** What stands in the way of some of them, or of the files that should have made them. */
  readonly problems: readonly Problem[];
}

/**
 * Runs app files one after the other, synthesizes their apps, and holds what these say of each other against each other.
 *
 * @param onFile called after each file
 */
export async function loadApps(
  files: readonly string[],
  options: LoadOptions,
  onFile?: () => void,
): Promise<LoadedApps> {
  const { apps, problems } = await loadEach(distinct(files), options, onFile);
  return { apps, problems: [...problems, ...disagreements(apps.map(({ synthesis }) => synthesis))] };
}

/** Runs app files one after the other, and synthesizes their apps. */
export async function loadEach(
  files: readonly string[],
  { environment, promotion, beside, asked, timeout, json, debug }: LoadOptions,
  onFile: () => void = () => {},
): Promise<LoadedApps> {
  const apps: RunApp[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    // One for each: what a file made before it failed is not all that it wanted to make.
    const run: Run = { environments: environment, promotion, beside, preview: asked, apps: [] };
    try {
      await guarded(file, { timeout, json }, () => withRun(run, () => loadApp(file, run)));
      apps.push(...run.apps.map((each) => ({ ...each, file })));
    } catch (error) {
      problems.push(...problemsOf(error, file, debug).map((problem) => located(problem, file)));
    }
    onFile();
  }
  return { apps, problems };
}

/** A problem whose finding names the file that it is in: reports are about files. */
function located(problem: Problem, file: string): Problem {
  return problem.finding ? { ...problem, finding: { ...problem.finding, file } } : problem;
}

/** Each file once, as it is called from here. */
export function distinct(files: readonly string[]): string[] {
  return [...new Set(files.map((name) => relative(process.cwd(), resolve(name))))];
}

/** What apps say against each other: each has been checked by itself. */
export function disagreements(apps: readonly { readonly graph: readonly GraphService[] }[]): readonly Problem[] {
  if (apps.length < 2) return [];
  return agreements(
    apps.flatMap(({ graph }) => graph),
    [],
  ).problems;
}
