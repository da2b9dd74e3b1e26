import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { indexName } from '../gitops/folder-index';
import { scratchName } from '../gitops/scan-tree';

/** How far below the root an app folder is: `<environment>/<cluster>/<namespace>/<app>`. */
const appDepth = 4;

/** Whether apps were rendered to a folder, or are being rendered to it. Looks no further than the first index that it meets. */
export function isTree(root: string): boolean {
  return statSync(join(root, scratchName), { throwIfNoEntry: false }) !== undefined || holdsIndex(root, appDepth);
}

function holdsIndex(folder: string, depth: number): boolean {
  if (depth === 0) return lstatSync(join(folder, indexName), { throwIfNoEntry: false }) !== undefined;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .some(({ name }) => holdsIndex(join(folder, name), depth - 1));
}
