import { diffContextOf } from '../app/platform-knowledge';
import { treeRenderOf } from '../app/rendered-app';
import { mergedPlaces } from '../diff/cluster-groups';
import { diffJson } from '../diff/diff-json';
import { renderMarkdown } from '../diff/render-markdown';
import { renderText } from '../diff/render-text';
import { diffTree, type PlaceDiff } from '../diff/tree-diff';
import { treePlace, withTree } from '../gitops/open-tree';
import { PublishError } from '../gitops/publish-error';
import { TreeError } from '../gitops/tree-error';
import type { Problem } from '../platform/golden-error';
import { codeOfReason } from './exit-codes';
import { problemsOf } from './load-app';
import { type LoadedApps, type LoadOptions, loadApps } from './load-apps';
import { say } from './say';

/** What `diff` can be told. */
export interface DiffFlags extends LoadOptions {
  readonly against?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly exitCode?: boolean;
}

/** Compares what apps render with a tree, and prints it. @returns the exit code */
export async function diffApps(files: readonly string[], flags: DiffFlags): Promise<number> {
  try {
    if (flags.against !== undefined) placeOf(flags.against);
    const loaded = await loadApps(files, flags);
    if (loaded.problems.length > 0) return failed(flags, flags.exitCode ? 9 : 1, loaded.problems);
    const { places, problems } = await compared(loaded, flags);
    if (problems.length > 0) return failed(flags, 4, problems);
    print(places, flags);
    return flags.exitCode && places.some(({ changes }) => changes.length > 0) ? 1 : 0;
  } catch (error) {
    const path = flags.against ?? 'diff';
    if (error instanceof PublishError || error instanceof TreeError) {
      const problems = error.problems.map((message) => ({ path, message }));
      return failed(flags, error instanceof PublishError ? codeOfReason[error.reason] : 4, problems);
    }
    return failed(flags, flags.exitCode ? 9 : 1, problemsOf(error, path, flags.debug));
  }
}

async function compared({ apps }: LoadedApps, { against }: DiffFlags) {
  const address = against ?? apps.map(({ app }) => app.platform.gitops?.repoUrl).find((url) => url !== undefined);
  if (address === undefined) {
    throw new PublishError('invalid', [
      "there is no tree to compare with; give --against, or the platform's gitops.repoUrl",
    ]);
  }
  const renders = apps.map(({ app, synthesis }) => treeRenderOf(app, synthesis));
  const context = diffContextOf(apps);
  const diffs = await withTree(placeOf(address), renders, async (sourceFor) => {
    const found = [];
    for (const render of renders) found.push(diffTree(render, await sourceFor(render), context));
    return found;
  });
  return {
    places: mergedPlaces(diffs.map(({ places }) => places)),
    problems: diffs.flatMap(({ problems }) => problems),
  };
}

function placeOf(against: string) {
  if (against === 'live') {
    throw new PublishError('invalid', [
      'clusters are not read; compare with the tree that they are synced from, and look at Argo CD for what differs from that',
    ]);
  }
  return treePlace(against);
}

function print(places: readonly PlaceDiff[], { markdown, json }: DiffFlags): void {
  if (json) console.log(JSON.stringify({ problems: [], ...diffJson(places) }, undefined, 2));
  else if (markdown) process.stdout.write(renderMarkdown(places));
  else {
    const { isTTY, columns = 80 } = process.stdout;
    const color = isTTY === true && !process.env.NO_COLOR;
    process.stdout.write(renderText(places, { color, width: isTTY ? Math.min(Math.max(columns, 40), 120) : 80 }));
  }
}

function failed({ json }: DiffFlags, code: number, problems: readonly Problem[]): number {
  if (json) console.log(JSON.stringify({ problems, risks: [], places: [] }, undefined, 2));
  else {
    say('error', problems);
    console.error('nothing was compared');
  }
  return code;
}
