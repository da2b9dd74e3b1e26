import * as fs from 'node:fs';
import * as path from 'node:path';
import { indexName } from './folder-index';
import { scanTree } from './scan-tree';

/** How far below the root an app folder is: `<environment>/<cluster>/<namespace>/<app>`. */
export const appDepth = 4;

/**
 * Symlinks in the place of an environment, a cluster, a namespace or an app folder, by path below the root, sorted: no render wrote
 * them, and nothing behind them is read. Those that lead to a file, or from the root to what is no environment, are of no concern.
 */
export function treeLinks(root: string): string[] {
  const { paths } = scanTree(root, undefined, new Set());
  return [...paths]
    .filter(([name, kind]) => kind === 'symlink' && isOfTree(path.join(root, name), name.split('/').length))
    .map(([name]) => name)
    .sort();
}

function isOfTree(link: string, depth: number): boolean {
  const target = targetOf(link);
  if (target === undefined) return true;
  return target.isDirectory() && (depth > 1 || holdsIndex(link, appDepth - depth));
}

/** Whether a folder, so many levels above app folders, has an index below, also one behind symlinks. */
export function holdsIndex(folder: string, depth: number): boolean {
  if (depth === 0) return fs.lstatSync(path.join(folder, indexName), { throwIfNoEntry: false }) !== undefined;
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => isFolder(folder, entry) && !entry.name.startsWith('.'))
    .some(({ name }) => holdsIndex(path.join(folder, name), depth - 1));
}

function isFolder(parent: string, entry: fs.Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return targetOf(path.join(parent, entry.name))?.isDirectory() === true;
}

/** What a symlink leads to; undefined for nothing that can be reached, as from one to itself. */
function targetOf(link: string): fs.Stats | undefined {
  try {
    return fs.statSync(link);
  } catch {
    return undefined;
  }
}
