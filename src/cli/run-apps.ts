import { relative, resolve } from 'node:path';
import { type RenderedApp, renderedApp } from '../app/rendered-app';
import type { AppReport } from '../app/report';
import { settleTree } from '../app/settle-tree';
import { countApps, type WrittenApps, writeApps } from '../app/write-apps';
import type { Problem } from '../platform/golden-error';
import { table } from '../platform/table';
import type { CheckedPolicies } from './checked-policies';
import { codeOfProblems } from './failure';
import { problemsOf } from './load-app';
import { type LoadedApps, type LoadOptions, loadApps } from './load-apps';
import { Progress } from './progress';
import { processesFor, type RenderedApps, renderApps } from './render-apps';
import { say } from './say';

/** What `render` and `check` can be told. */
export interface RunOptions extends LoadOptions {
  readonly out?: string;
  readonly force?: boolean;
  /** The tree that the apps were rendered to before, with which their data is compared. */
  readonly against?: string;
  /** What gathers the findings of rules for reports, and looks at exceptions. */
  readonly gathered?: CheckedPolicies;
  readonly json?: boolean;
  /**
   * How many processes render.
   * @default - as many as there are cores, and one for few apps
   */
  readonly jobs?: number;
}

/** Renders app files and prints what became of them. @returns the exit code: 1 when anything is wrong */
export async function runApps(files: readonly string[], options: RunOptions, write: boolean): Promise<number> {
  const outdir = resolve(options.out ?? process.env.CDK8S_OUTDIR ?? 'dist');
  const problems: Problem[] = write ? (await attempt(outdir, options, () => settleTree(outdir))).problems : [];
  const warnings: Problem[] = [];
  const reports: AppReport[] = [];
  if (problems.length === 0) {
    const progress = new Progress();
    let count = 0;
    const onFile = () => progress.step(`rendered ${++count} of ${files.length} app files`);
    const loaded = needsApps(options) ? await loadApps(files, options, onFile) : undefined;
    const rendered = loaded
      ? { apps: loaded.apps.map(renderedApp), problems: loaded.problems }
      : await renderApps(files, options, options.jobs ?? processesFor(files.length), onFile);
    const { problems: found } = rendered;
    problems.push(...found);
    const data = await attempt(options.against ?? '', options, () => previous(loaded, options));
    problems.push(...data.problems, ...(data.result?.problems ?? []));
    const exceptions = options.gathered?.addApps(loaded?.apps ?? [], found);
    problems.push(...(exceptions?.problems ?? []));
    warnings.push(...(data.result?.warnings ?? []), ...(exceptions?.warnings ?? []));
    if (write) progress.step(`writing ${rendered.apps.length} apps`);
    const written = await attempt(outdir, options, () => bring(rendered, outdir, write, options));
    problems.push(...written.problems, ...(written.result?.problems ?? []));
    reports.push(...(written.result?.reports ?? []));
    progress.end();
  }
  if (options.json)
    console.log(
      JSON.stringify(
        {
          problems,
          ...((options.against !== undefined || options.gathered?.isAsked) && { warnings }),
          apps: reports.map(asJson),
        },
        undefined,
        2,
      ),
    );
  else print(reports, problems, warnings, write);
  return codeOfProblems(problems);
}

/** Writes apps, or counts what they would write. */
async function bring(
  rendered: RenderedApps,
  outdir: string,
  write: boolean,
  { force }: RunOptions,
): Promise<WrittenApps> {
  // What two apps say against each other stands in the way of both.
  const isFit = ({ name }: RenderedApp) => !rendered.problems.some(({ path }) => path.startsWith(`${name}/`));
  try {
    if (!write) return countApps(rendered.apps.filter(isFit), outdir);
    if (!rendered.held) return writeApps(rendered.apps.filter(isFit), outdir, { force });
    const { writeHeldApps } = require('../app/write-held-apps') as typeof import('../app/write-held-apps');
    return await writeHeldApps(rendered.apps.filter(isFit), outdir, rendered.held, { force });
  } finally {
    rendered.held?.end();
  }
}

async function attempt<T>(
  path: string,
  { debug }: RunOptions,
  work: () => T | Promise<T>,
): Promise<{ readonly result?: T; readonly problems: Problem[] }> {
  try {
    return { result: await work(), problems: [] };
  } catch (error) {
    return { problems: [...problemsOf(error, path, debug)] };
  }
}

function asJson({ app, outdir, places, warnings }: AppReport) {
  return { app, outdir: relative(process.cwd(), outdir) || '.', places, warnings };
}

/** To compare with what was, and for what their platforms know, the apps themselves have to be here. */
function needsApps({ against, gathered }: RunOptions): boolean {
  return against !== undefined || gathered?.isAsked === true;
}

/** What became of the data of a tree that the apps were rendered to before. */
function previous(loaded: LoadedApps | undefined, { against }: RunOptions) {
  if (against === undefined || !loaded) return undefined;
  const { checkAgainst } = require('../app/check-against') as typeof import('../app/check-against');
  return checkAgainst(loaded.apps, against);
}

function print(
  reports: readonly AppReport[],
  problems: readonly Problem[],
  warnings: readonly Problem[],
  write: boolean,
): void {
  const rows = reports.flatMap((report) => report.places.map((place) => row(place, report, write)));
  if (rows.length > 0) {
    const headings = ['ENVIRONMENT', 'CLUSTER', 'APP', 'OBJECTS', ...(write ? ['FILES'] : []), 'VERDICT'];
    console.log(table(headings, rows));
  }
  say('warning', [...reports.flatMap((report) => report.warnings), ...warnings]);
  say('error', problems);
  if (problems.length > 0) {
    const [count, them] = problems.length === 1 ? ['1 problem', 'it'] : [`${problems.length} problems`, 'them'];
    console.error(`${count}; ${write ? 'nothing of the apps concerned was written' : `mend ${them} and check again`}`);
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
