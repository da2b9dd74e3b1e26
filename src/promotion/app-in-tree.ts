import { indexName } from '../gitops/folder-index';
import type { GitObjects } from '../gitops/git-objects';
import { PublishError } from '../gitops/publish-error';
import { type CommittedFolder, readCommit, type UnreadableFolder } from '../gitops/read-commit';
import { oneOf, show, suggestion } from '../platform/rule';
import { PromotionError } from './promotion-error';

/** An app as a GitOps repository holds it. */
export interface AppInTree {
  /** Who owns the folders: `<team>/<app>`. */
  readonly owner: string;
  /** Its folders, sorted by path; at least one. */
  readonly folders: readonly CommittedFolder[];
  /** Folders of its name that may be its own, sorted by path. */
  readonly unreadable: readonly UnreadableFolder[];
}

/**
 * Finds an app in a tree of a commit.
 *
 * @param app its name, or `<team>/<name>` where two teams have one of that name
 * @throws PromotionError when there is none, or more than one; PublishError when no index of it can be read.
 */
export async function appInTree(objects: GitObjects, root: string, app: string): Promise<AppInTree> {
  const { folders: all, unreadable } = await readCommit(objects, root, folderNameOf(app));
  const isIt = (owner: string) => owner === app || owner.slice(owner.indexOf('/') + 1) === app;
  const folders = all.filter(({ index }) => isIt(index.app));
  const owners = [...new Set(folders.map(({ index }) => index.app))];
  if (owners.length > 1) {
    throw new PromotionError('tree', [`app ${show(app)} is one of several teams; give ${oneOf(owners.map(show))}`]);
  }
  if (owners.length === 0) {
    refuseUnreadable(unreadable);
    const known = [...new Set((await readCommit(objects, root)).folders.map(({ index }) => index.app))].sort();
    const choice = known.length === 0 ? 'no app was published to it' : `it holds ${listed(known)}`;
    throw new PromotionError('tree', [
      `app ${show(app)} is not in the repository${suggestion(app, [...known, ...known.map(nameOf)])}; ${choice}`,
    ]);
  }
  return { owner: owners[0], folders, unreadable };
}

/**
 * What there is of an app in some environments.
 *
 * @throws PromotionError when it is not in one of them.
 */
export function appIn(app: AppInTree, environments: readonly string[]): AppInTree {
  const isAsked = ({ environment }: { readonly environment: string }) => environments.includes(environment);
  for (const environment of environments) refuseAbsent(app, environment);
  return { ...app, folders: app.folders.filter(isAsked), unreadable: app.unreadable.filter(isAsked) };
}

/**
 * The folders of an app in an environment, to change it from them.
 *
 * @throws PromotionError when it is not there; PublishError when an index there can't be read.
 */
export function foldersIn(app: AppInTree, environment: string): readonly CommittedFolder[] {
  const { folders, unreadable } = appIn(app, [environment]);
  refuseUnreadable(unreadable);
  return folders;
}

/** @throws PublishError when there are any. */
export function refuseUnreadable(folders: readonly UnreadableFolder[]): void {
  const problems = folders.map(({ folder, index }) => `'${folder}/${indexName}' ${index}`);
  if (problems.length > 0) throw new PublishError('tree', problems);
}

function refuseAbsent({ owner, folders, unreadable }: AppInTree, environment: string): void {
  const known = [...new Set([...folders, ...unreadable].map((folder) => folder.environment))].sort();
  if (known.includes(environment)) return;
  throw new PromotionError('tree', [
    `${owner} is not in environment ${show(environment)}${suggestion(environment, known)}; it is in ${known.join(', ')}`,
  ]);
}

/** The name of an app's folders, by its own name or its owner's. A preview's folders end with its id, its owner with `@` and the id. */
export function folderNameOf(app: string): string {
  return nameOf(app).replace('@', '-');
}

function nameOf(owner: string): string {
  return owner.slice(owner.indexOf('/') + 1);
}

function listed(names: readonly string[]): string {
  return names.slice(0, 10).join(', ') + (names.length > 10 ? `, and ${names.length - 10} more` : '');
}
