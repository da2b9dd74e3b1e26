import * as fs from 'node:fs';
import { indexName } from './folder-index';
import type { Move, OnStep } from './journal';
import type { FolderChange, FolderSwap } from './plan-tree';
import { stagedPath } from './swap-folders';

/** The swap that brings a folder to its plan. */
export function moveOf({ folder, change, exists }: FolderSwap): Move {
  return { folder, retires: exists, installs: change !== 'removed' };
}

/**
 * Prepares a folder that is to be installed by move `n`, whole, where a rename brings it into place: new text is written, an unchanged
 * file is a second name for the live one, so that it keeps its inode and time.
 */
export function stageFolder(
  root: string,
  { folder, rendered, indexText = '', unchanged }: FolderChange,
  n: number,
  onStep: OnStep = () => {},
): void {
  if (rendered === undefined) {
    return;
  }
  const staged = stagedPath(root, n);
  onStep(`stage ${folder}`);
  fs.mkdirSync(staged);
  const kept = new Set(unchanged);
  for (const { name, content } of rendered.files) {
    onStep(`stage ${folder}/${name}`);
    if (kept.has(name)) {
      linkOrWrite(`${root}/${folder}/${name}`, `${staged}/${name}`, content);
    } else {
      fs.writeFileSync(`${staged}/${name}`, content);
    }
  }
  onStep(`stage ${folder}/${indexName}`);
  fs.writeFileSync(`${staged}/${indexName}`, indexText);
}

/** Some file systems (FAT, some network and shared folders) have no second names; there the file is written anew. */
function linkOrWrite(live: string, staged: string, content: string): void {
  try {
    fs.linkSync(live, staged);
  } catch {
    fs.writeFileSync(staged, content);
  }
}
