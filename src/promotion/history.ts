import { basename } from 'node:path/posix';
import { appOfFolder } from '../gitops/app-folders';
import type { GitClone, Tip } from '../gitops/git-clone';
import { PublishError } from '../gitops/publish-error';
import { type CommittedFolder, readCommit, type UnreadableFolder } from '../gitops/read-commit';
import { show } from '../platform/rule';
import { folderNameOf } from './app-in-tree';
import { PromotionError } from './promotion-error';

/** What an app had in an environment at a commit. */
export interface PastRender {
  readonly commit: string;
  readonly folders: readonly CommittedFolder[];
  /** Folders that may be its own too. */
  readonly unreadable: readonly UnreadableFolder[];
}

/** The branch of a clone, and whose render in which environment is looked for. */
export interface Past {
  readonly clone: GitClone;
  readonly branch: string;
  readonly tip: Tip;
  readonly owner: string;
  readonly environment: string;
}

/** How many commits are fetched at once, one batch after the other; then all. */
const batches = [50, 500, 5000, undefined];

/**
 * The render before the one that the branch holds: the last whose files differ from it, and whose indexes can all be read.
 *
 * @param folders what the branch holds
 * @throws PromotionError when there was none.
 */
export async function previousRender(past: Past, folders: readonly CommittedFolder[]): Promise<PastRender> {
  const { clone, branch, tip, owner, environment } = past;
  const paths = new Set(folders.map(({ folder }) => folder));
  const now = filesIn(folders);
  let from = tip.commit;
  let batch = 0;
  for (;;) {
    const changed = (await clone.git.ask(['--literal-pathspecs', 'rev-list', '-1', from, '--', ...paths])).trim();
    const parent = changed === '' ? undefined : await resolve(clone, `${changed}^`);
    if (parent === undefined) {
      // A commit whose parent is not fetched looks like the first one.
      if (batch < batches.length && (await clone.deepen(branch, batches[batch++]))) continue;
      throw new PromotionError('tree', [
        `${owner} has no earlier render in ${environment}; there is nothing to go back to`,
      ]);
    }
    const render = await renderAt(past, parent);
    const isWhole = render.folders.length > 0 && render.unreadable.length === 0;
    if (isWhole && filesIn(render.folders) !== now) return render;
    // What made it unreadable may be all that came between.
    for (const { folder } of render.unreadable) paths.add(folder);
    from = parent;
  }
}

/**
 * The render that the branch held at one of its commits.
 *
 * @param to id of the commit, or its first digits
 * @throws PublishError when the branch has no such commit, and PromotionError when it does not hold the app, or an index of it can't
 * be read.
 */
export async function renderOfCommit(past: Past, to: string): Promise<PastRender> {
  const { clone, branch, tip, owner, environment } = past;
  if (!/^[0-9a-f]{4,64}$/.test(to)) {
    throw new PublishError('invalid', [
      `commit ${show(to)} is no id of a commit; give 4 or more of its hexadecimal digits`,
    ]);
  }
  const commit = await commitOn(clone, branch, tip.commit, to);
  if (commit === undefined) {
    throw new PublishError('no-branch', [
      `${branch} has no commit ${show(to)}, or several that begin so; give all of its id`,
    ]);
  }
  const render = await renderAt(past, commit);
  if (render.unreadable.length > 0) {
    throw new PromotionError(
      'tree',
      render.unreadable.map(
        ({ folder }) =>
          `at ${commit.slice(0, 12)}, the index of '${folder}' can't be read; give another commit with --to`,
      ),
    );
  }
  if (render.folders.length > 0) return render;
  throw new PromotionError('tree', [`${owner} is not in ${environment} at ${commit.slice(0, 12)}`]);
}

/**
 * An app folder at an earlier commit of the branch.
 *
 * @returns undefined when the commit does not have it, `unknown` when the branch does not have the commit, `unreadable` when its
 * index there can't be read
 */
export async function commitWithin(
  clone: GitClone,
  branch: string,
  tip: Tip,
  commit: string,
  folder: string,
): Promise<CommittedFolder | undefined | 'unknown' | 'unreadable'> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return 'unknown';
  if ((await commitOn(clone, branch, tip.commit, commit)) === undefined) return 'unknown';
  const name = appOfFolder(basename(folder));
  const { folders, unreadable } = await readCommit(clone.objects, await clone.treeOf(commit), name);
  if (unreadable.some((each) => each.folder === folder)) return 'unreadable';
  return folders.find((each) => each.folder === folder);
}

async function renderAt({ clone, owner, environment }: Past, commit: string): Promise<PastRender> {
  const tree = await clone.treeOf(commit);
  const { folders, unreadable } = await readCommit(clone.objects, tree, folderNameOf(owner));
  return {
    commit,
    folders: folders.filter((each) => each.environment === environment && each.index.app === owner),
    unreadable: unreadable.filter((each) => each.environment === environment),
  };
}

async function resolve({ git }: GitClone, name: string): Promise<string | undefined> {
  const { status, output } = await git.run([
    'rev-parse',
    '--quiet',
    '--verify',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  return status === 0 ? output.toString().trim() : undefined;
}

/**
 * The one commit of the branch that begins with these digits. Commits are listed, because asking for one that is not there has git
 * fetch it by itself.
 */
async function commitOn(clone: GitClone, branch: string, tip: string, digits: string): Promise<string | undefined> {
  for (let batch = 0; ; batch++) {
    const listed = (await clone.git.ask(['rev-list', tip])).split('\n');
    const found = listed.filter((each) => each.startsWith(digits));
    if (found.length === 1) return found[0];
    if (found.length > 1 || batch >= batches.length || !(await clone.deepen(branch, batches[batch]))) return undefined;
  }
}

/** What the files of some folders are, as text that differs when any of them does. */
function filesIn(folders: readonly CommittedFolder[]): string {
  return JSON.stringify(folders.map(({ folder, index }) => [folder, index.files]));
}
