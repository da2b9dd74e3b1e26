import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { indexName } from '../gitops/folder-index';
import { pendingProblems } from '../gitops/journal';
import { planRemoval, removeFromTree } from '../gitops/owned-tree';
import { rootProblems } from '../gitops/plan-tree';
import { scanTree } from '../gitops/scan-tree';
import { durationProblem, toMilliseconds } from '../platform/duration';
import { GoldenError, type Problem } from '../platform/golden-error';
import { asGoldenError } from './as-golden-error';
import { PreviewGit } from './preview-git';
import { settleTree } from './settle-tree';

/** A preview that lies in a tree. */
export interface TreePreview {
  /** The id it was rendered with. */
  readonly id: string;
  /** Who owns its folders, as their index says: `orders/orders@pr-42`. */
  readonly app: string;
  readonly environment: string;
  readonly cluster: string;
  /** Its folders below the root, sorted. */
  readonly folders: readonly string[];
  readonly ttl: string;
  /** When it expires, in milliseconds since 1970; undefined while it, or a change of it, is not committed. */
  readonly expires?: number;
  readonly isExpired: boolean;
}

/**
 * The previews in a tree, sorted by folder. One is as old as the last commit that changed an index of it.
 *
 * @param now the time to compare with, in milliseconds since 1970
 * @throws GoldenError when the tree is in no git work tree, is incomplete, or an index says no lifetime.
 */
export function previewsIn(root: string, now: number): TreePreview[] {
  const target = resolve(root);
  const missing = existsSync(target) ? [] : ['there is no such folder; give the tree that previews were rendered to'];
  refuseAll(root, [...missing, ...rootProblems(target), ...pendingProblems(target)]);
  const git = new PreviewGit(root);
  const problems: string[] = [];
  const found: TreePreview[] = [];
  for (const { app, id, ttl, folders } of grouped(target)) {
    const problem = durationProblem(`the ttl of '${folders[0]}/${indexName}'`, ttl, 1);
    if (problem) problems.push(`${problem}; restore it from git`);
    const [environment, cluster] = folders[0].split('/');
    const expires = problem ? undefined : expiry(git, folders, toMilliseconds(ttl) as number);
    const isExpired = expires !== undefined && expires <= now;
    found.push({ id, app, environment, cluster, folders, ttl, expires, isExpired });
  }
  refuseAll(root, problems);
  return found;
}

/** How previews are pruned. */
export interface PruneOptions {
  /** Whether nothing is changed. */
  readonly dryRun?: boolean;
  /** Whether what was removed is committed. */
  readonly commit?: boolean;
}

/**
 * Removes previews that have expired from the work tree: their own files and indexes.
 *
 * @returns the previews that were removed, or would be
 * @throws GoldenError when one holds foreign or edited files; nothing is removed then.
 */
export function prunePreviews(root: string, now: number, { dryRun, commit }: PruneOptions): TreePreview[] {
  if (!dryRun) settleTree(root);
  const expired = previewsIn(root, now).filter(({ isExpired }) => isExpired);
  refuseAll(
    root,
    expired.flatMap(({ app, environment }) => planRemoval(root, app, [environment]).problems),
  );
  if (dryRun) return expired;
  for (const { app, environment } of expired) asGoldenError(root, () => removeFromTree(root, app, [environment]));
  if (commit && expired.length > 0) {
    new PreviewGit(root).commit(
      commitMessage(expired),
      expired.flatMap(({ folders }) => folders),
    );
  }
  return expired;
}

/** Previews by owner and environment: one has a folder for each namespace that it has objects in. */
function grouped(root: string) {
  const previews = new Map<string, { app: string; id: string; ttl: string; folders: string[] }>();
  for (const { folder, index } of scanTree(root).folders.values()) {
    if (typeof index !== 'object' || index.about.preview === undefined) continue;
    const { preview: id, ttl } = index.about;
    const key = `${folder.split('/')[0]} ${index.app}`;
    const known = previews.get(key);
    if (known) known.folders.push(folder);
    else previews.set(key, { app: index.app, id, ttl, folders: [folder] });
  }
  return [...previews.values()].sort((a, b) => (a.folders[0] < b.folders[0] ? -1 : 1));
}

/** What is not committed is being changed right now, so that it has not begun to grow old. */
function expiry(git: PreviewGit, folders: readonly string[], ttl: number): number | undefined {
  const indexes = folders.map((folder) => `${folder}/${indexName}`);
  const commits = indexes.map((index) => (git.isChanged(index) ? undefined : git.lastCommit(index)));
  return commits.includes(undefined) ? undefined : Math.max(...(commits as number[])) + ttl;
}

function commitMessage(expired: readonly TreePreview[]): string {
  const [one, ...more] = expired;
  const line = ({ app, environment, cluster, ttl }: TreePreview) =>
    `${app} in ${environment}/${cluster}, unchanged for ${ttl}`;
  return more.length === 0
    ? `Remove the expired preview ${one.app}\n\n${line(one)}.`
    : `Remove ${expired.length} expired previews\n\n${expired.map((preview) => `- ${line(preview)}`).join('\n')}`;
}

function refuseAll(path: string, messages: readonly string[]): void {
  if (messages.length > 0) throw new GoldenError(messages.map((message): Problem => ({ path, message })));
}
