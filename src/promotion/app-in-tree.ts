import type { GitObjects } from '../gitops/git-objects';
import { type CommittedFolder, readCommit } from '../gitops/read-commit';
import { oneOf, show, suggestion } from '../platform/rule';
import { PromotionError } from './promotion-error';

/** An app as a GitOps repository holds it. */
export interface AppInTree {
  /** Who owns the folders: `<team>/<app>`. */
  readonly owner: string;
  /** Its folders, sorted by path; at least one. */
  readonly folders: readonly CommittedFolder[];
}

/**
 * Finds an app in a tree of a commit.
 *
 * @param app its name, or `<team>/<name>` where two teams have one of that name
 * @throws PromotionError when there is none, or more than one.
 */
export async function appInTree(objects: GitObjects, root: string, app: string): Promise<AppInTree> {
  const all = await readCommit(objects, root, folderNameOf(app));
  const isIt = (owner: string) => owner === app || owner.slice(owner.indexOf('/') + 1) === app;
  const folders = all.filter(({ index }) => isIt(index.app));
  const owners = [...new Set(folders.map(({ index }) => index.app))];
  if (owners.length > 1) {
    throw new PromotionError('tree', [`app ${show(app)} is one of several teams; give ${oneOf(owners.map(show))}`]);
  }
  if (owners.length === 0) {
    const known = [...new Set((await readCommit(objects, root)).map(({ index }) => index.app))].sort();
    const choice = known.length === 0 ? 'no app was published to it' : `it holds ${listed(known)}`;
    throw new PromotionError('tree', [
      `app ${show(app)} is not in the repository${suggestion(app, [...known, ...known.map(nameOf)])}; ${choice}`,
    ]);
  }
  return { owner: owners[0], folders };
}

/** Those folders of an app that are of an environment. */
export function foldersIn({ owner, folders }: AppInTree, environment: string): readonly CommittedFolder[] {
  const found = folders.filter((folder) => folder.environment === environment);
  if (found.length > 0) return found;
  const known = [...new Set(folders.map((folder) => folder.environment))];
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
