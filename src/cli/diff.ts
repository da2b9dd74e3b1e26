import { diffContextOf } from '../app/platform-knowledge';
import { treeRenderOf } from '../app/rendered-app';
import { mergedPlaces } from '../diff/cluster-groups';
import { diffJson } from '../diff/diff-json';
import { renderMarkdown } from '../diff/render-markdown';
import { renderText } from '../diff/render-text';
import { diffTree, type PlaceDiff } from '../diff/tree-diff';
import { treePlace, withTree } from '../gitops/open-tree';
import { PublishError } from '../gitops/publish-error';
import type { Problem } from '../platform/golden-error';
import type { ExitCode } from './exit-codes';
import { codeOfProblems, failureOf } from './failure';
import { type LoadedApps, type LoadOptions, loadApps } from './load-apps';
import { Progress } from './progress';
import { say } from './say';
import { textOptions } from './text-options';

/** What `diff` can be told. */
export interface DiffFlags extends LoadOptions {
  readonly against?: string;
  /** Contexts of kubectl, by cluster: for `--against live`. */
  readonly context?: readonly string[];
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly exitCode?: boolean;
}

/** What `--against` says for the clusters themselves. */
export const live = 'live';

/** Compares what apps render with a tree or with what runs, and prints it. @returns the exit code */
export async function diffApps(files: readonly string[], flags: DiffFlags): Promise<number> {
  try {
    if (flags.against !== undefined && flags.against !== live) treePlace(flags.against);
    const loaded = await loadApps(files, flags);
    if (loaded.problems.length > 0) return failed(flags, codeOfProblems(loaded.problems), loaded.problems);
    const { places, problems, warnings } = await (flags.against === live ? comparedLive : compared)(loaded, flags);
    if (problems.length > 0) return failed(flags, 4, problems);
    print(places, warnings, flags);
    return flags.exitCode && places.some(({ changes }) => changes.length > 0) ? 1 : 0;
  } catch (error) {
    const { code, problems } = failureOf(error, flags.against ?? 'diff', flags.debug);
    return failed(flags, code, problems);
  }
}

/** What is compared, what could not be, and what to know about it. */
interface Compared {
  readonly places: readonly PlaceDiff[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

async function comparedLive({ apps }: LoadedApps, { context = [] }: DiffFlags): Promise<Compared> {
  const { diffLive } = require('./diff-live') as typeof import('./diff-live');
  const progress = new Progress();
  try {
    progress.step('asking the clusters');
    return { ...(await diffLive(apps, context)), problems: [] };
  } finally {
    progress.end();
  }
}

async function compared({ apps }: LoadedApps, { against }: DiffFlags): Promise<Compared> {
  const address = against ?? apps.map(({ app }) => app.platform.gitops?.repoUrl).find((url) => url !== undefined);
  if (address === undefined) {
    throw new PublishError('invalid', [
      "there is no tree to compare with; give --against, or the platform's gitops.repoUrl",
    ]);
  }
  const renders = apps.map(({ app, synthesis }) => treeRenderOf(app, synthesis));
  const context = diffContextOf(apps);
  const diffs = await withTree(treePlace(address), renders, async (sourceFor) => {
    const found = [];
    for (const render of renders) found.push(diffTree(render, await sourceFor(render), context));
    return found;
  });
  return {
    places: mergedPlaces(diffs.map(({ places }) => places)),
    problems: diffs.flatMap(({ problems }) => problems),
    warnings: diffs.flatMap(({ warnings }) => warnings),
  };
}

function print(
  places: readonly PlaceDiff[],
  warnings: readonly Problem[],
  { against, markdown, json }: DiffFlags,
): void {
  const told = against === live || warnings.length > 0 ? { warnings } : {};
  if (json) console.log(JSON.stringify({ problems: [], ...told, ...diffJson(places) }, undefined, 2));
  else if (markdown) process.stdout.write(renderMarkdown(places));
  else process.stdout.write(renderText(places, textOptions()));
  if (!json) say('warning', warnings);
}

function failed({ json, exitCode }: DiffFlags, code: ExitCode, problems: readonly Problem[]): number {
  if (json) console.log(JSON.stringify({ problems, risks: [], places: [] }, undefined, 2));
  else {
    say('error', problems);
    console.error('nothing was compared');
  }
  // With --exit-code, 1 means that something differs.
  return exitCode && code === 1 ? 9 : code;
}
