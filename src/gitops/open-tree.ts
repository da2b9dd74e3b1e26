import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Git } from './git';
import { withClone } from './git-clone';
import { GitObjects } from './git-objects';
import { scanCommit } from './git-scan';
import { pendingProblems } from './journal';
import { rootProblems, sourceOnDisk, type TreeSource } from './plan-tree';
import { checkAddress, checkBranch } from './publish-address';
import { PublishError } from './publish-error';
import { TreeError } from './tree-error';
import type { TreeRender } from './tree-render';

/** Where a tree is, as it was asked for. */
export type TreePlace =
  /** A folder on disk. */
  | { readonly kind: 'folder'; readonly root: string }
  /** A commit of a repository on disk, the one around a folder: `HEAD`, `main~2`, or a folder in one, `main:deploy`. */
  | { readonly kind: 'commit'; readonly folder: string; readonly name: string }
  /** A branch of a repository elsewhere. */
  | { readonly kind: 'branch'; readonly address: string; readonly branch?: string };

/**
 * Reads what somebody means by a tree: a folder, `REPOSITORY`, `REPOSITORY#BRANCH`, or a commit of the repository around the working
 * folder.
 *
 * @throws PublishError for what can be none of them.
 */
export function treePlace(text: string): TreePlace {
  checkAddress(text);
  if (isFolder(text)) return isBare(text) ? commitOf(text, 'HEAD') : { kind: 'folder', root: resolve(text) };
  if (existsSync(text)) {
    throw new PublishError('invalid', [
      `${JSON.stringify(text)} is a file; give the folder of a tree, or a repository`,
    ]);
  }
  const hash = text.lastIndexOf('#');
  const [address, branch] = hash < 0 ? [text, undefined] : [text.slice(0, hash), text.slice(hash + 1)];
  if (branch !== undefined && isFolder(address)) return commitOf(address, branch);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address) || /^[^/:\s]+@[^/:\s]+:/.test(address)) {
    if (branch !== undefined) checkBranch(branch);
    return { kind: 'branch', address, branch };
  }
  if (branch !== undefined || /^[./]/.test(text)) {
    throw new PublishError('unreachable', [`there is no folder ${JSON.stringify(resolve(address))}; check the path`]);
  }
  return commitOf(process.cwd(), text);
}

/**
 * Opens a tree for as long as something works with it.
 *
 * @param work is handed what reads the part of the tree that a render is about
 * @throws TreeError or PublishError when there is no such tree.
 */
export async function withTree<T>(
  place: TreePlace,
  renders: readonly TreeRender[],
  work: (sourceFor: (render: TreeRender) => Promise<TreeSource>) => Promise<T>,
): Promise<T> {
  if (place.kind === 'folder') {
    const problems = [...rootProblems(place.root), ...pendingProblems(place.root)];
    if (problems.length > 0) throw new TreeError(place.root, problems);
    const source = sourceOnDisk(place.root, renders);
    return work(async () => source);
  }
  if (place.kind === 'branch') {
    return withClone(place.address, {}, async (clone) => {
      const { branch, exists } = await clone.find(place.branch);
      const tip = exists ? await clone.fetch(branch) : undefined;
      return work((render) => scanCommit(clone.objects, tip?.tree, render));
    });
  }
  const git = new Git({ folder: place.folder });
  const tree = await treeOf(git, place);
  const objects = new GitObjects(git, async () => {});
  try {
    return await work((render) => scanCommit(objects, tree, render));
  } finally {
    await objects.close();
  }
}

/** The id of the tree that a name stands for. */
async function treeOf(git: Git, { folder, name }: { readonly folder: string; readonly name: string }): Promise<string> {
  const { status, output } = await git.run([
    'rev-parse',
    '--verify',
    '--quiet',
    `${name}${name.includes(':') ? '' : '^{tree}'}`,
  ]);
  const id = output.toString().trim();
  const type = status === 0 ? (await git.run(['cat-file', '-t', id])).output.toString().trim() : '';
  if (type === 'tree') return id;
  if (name === 'HEAD' && (await git.run(['rev-list', '--all', '--max-count=1'])).output.length === 0) {
    throw new PublishError('no-branch', [`the repository at ${JSON.stringify(folder)} is empty; publish to it first`]);
  }
  const what = type === '' ? 'is neither a folder nor a commit' : `is a ${type} and no folder`;
  throw new PublishError('no-branch', [
    `${JSON.stringify(name)} ${what} of the repository at ${JSON.stringify(folder)}; give a folder, a commit like "HEAD", a folder of one like "main:deploy", or the URL of a repository`,
  ]);
}

function commitOf(folder: string, name: string): TreePlace {
  if (name === '' || name.startsWith('-')) {
    throw new PublishError('invalid', [`${JSON.stringify(name)} is no name of a commit; give one like "main"`]);
  }
  return { kind: 'commit', folder: resolve(folder), name };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a folder is a repository without files of its own (gitrepository-layout(5)). */
function isBare(folder: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name)));
}
