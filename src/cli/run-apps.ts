import { relative, resolve } from 'node:path';
import { type AppReport, type Run, withRun } from '../app/run';
import { settleTree } from '../app/settle-tree';
import type { Problem } from '../platform/golden-error';
import { table } from '../platform/table';
import { loadApp, problemsOf } from './load-app';

/** What `render` and `check` can be told. */
export interface RunOptions {
  readonly out?: string;
  readonly environment?: readonly string[];
  readonly force?: boolean;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Runs app files one after the other and prints what became of them. @returns the exit code: 1 when anything is wrong */
export async function runApps(files: readonly string[], options: RunOptions, write: boolean): Promise<number> {
  const run: Run = {
    outdir: resolve(options.out ?? process.env.CDK8S_OUTDIR ?? 'dist'),
    environments: options.environment,
    write,
    force: options.force,
    reports: [],
  };
  const problems = [...settled(run)];
  for (const file of problems.length > 0 ? [] : new Set(files.map((name) => relative(process.cwd(), resolve(name))))) {
    try {
      await withRun(run, () => loadApp(file, run));
    } catch (error) {
      problems.push(...problemsOf(error, file, options.debug));
    }
  }
  if (options.json) console.log(JSON.stringify({ problems, apps: run.reports.map(asJson) }, undefined, 2));
  else print(run.reports, problems, write);
  return problems.length > 0 ? 1 : 0;
}

/** Ends what a killed command left half done; why that is not possible, if it is not. */
function settled({ outdir, write }: Run): readonly Problem[] {
  try {
    if (write && outdir !== undefined) settleTree(outdir);
    return [];
  } catch (error) {
    return problemsOf(error, outdir as string);
  }
}

function asJson({ app, outdir, places, warnings }: AppReport) {
  return { app, outdir: relative(process.cwd(), outdir) || '.', places, warnings };
}

function print(reports: readonly AppReport[], problems: readonly Problem[], write: boolean): void {
  const rows = reports.flatMap((report) => report.places.map((place) => row(place, report, write)));
  if (rows.length > 0) {
    const headings = ['ENVIRONMENT', 'CLUSTER', 'APP', 'OBJECTS', ...(write ? ['FILES'] : []), 'VERDICT'];
    console.log(table(headings, rows));
  }
  say(
    'warning',
    reports.flatMap((report) => report.warnings),
  );
  say('error', problems);
  if (problems.length > 0) {
    const [count, them] = problems.length === 1 ? ['1 problem', 'it'] : [`${problems.length} problems`, 'them'];
    console.error(`${count}; ${write ? 'nothing of the apps concerned was written' : `mend ${them} and check again`}`);
  }
}

/** Says what was found, under each path once. */
function say(what: 'error' | 'warning', problems: readonly Problem[]): void {
  for (const path of new Set(problems.map((problem) => problem.path))) {
    console.error(`${what} in ${path || 'the app'}`);
    for (const { message } of problems.filter((problem) => problem.path === path)) console.error(`  - ${message}`);
  }
}

function row(place: AppReport['places'][number], report: AppReport, write: boolean): (string | number)[] {
  const { environment, cluster, app, objects } = place;
  const warnings = report.warnings.filter(({ path }) => path.startsWith(`${app}/${environment}/${cluster}/`)).length;
  const verdict = warnings === 0 ? 'valid' : `valid, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return [environment, cluster, app, objects, ...(write ? [files(place.files)] : []), verdict];
}

function files(counts: AppReport['places'][number]['files']): string {
  return (
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ') || 'none'
  );
}
