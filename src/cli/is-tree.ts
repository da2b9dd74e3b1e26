import { statSync } from 'node:fs';
import { join } from 'node:path';
import { scratchName } from '../gitops/scan-tree';
import { appDepth, holdsIndex } from '../gitops/tree-links';

/** Whether apps were rendered to a folder, or are being rendered to it. Looks no further than the first index that it meets. */
export function isTree(root: string): boolean {
  return statSync(join(root, scratchName), { throwIfNoEntry: false }) !== undefined || holdsIndex(root, appDepth);
}
