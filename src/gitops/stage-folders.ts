import * as fs from 'node:fs';
import { indexName } from './folder-index';
import type { Move, OnStep } from './journal';
import type { FolderChange } from './plan-tree';
import { makeScratch, stagedPath } from './swap-folders';

/**
 * Prepares each folder that is to be installed, whole, where a rename brings it into place: new text is written, an unchanged
 * file is a second name for the live one, so that it keeps its inode and time.
 */
export function stageFolders(root: string, changes: readonly FolderChange[], onStep: OnStep): Move[] {
  makeScratch(root, onStep);
  return changes.map((change, n) => {
    if (change.rendered !== undefined) {
      stageFolder(root, change, stagedPath(root, n), onStep);
    }
    return { folder: change.folder, retires: change.exists, installs: change.rendered !== undefined };
  });
}

function stageFolder(
  root: string,
  { folder, rendered, indexText = '', unchanged }: FolderChange,
  staged: string,
  onStep: OnStep,
): void {
  onStep(`stage ${folder}`);
  fs.mkdirSync(staged);
  const kept = new Set(unchanged);
  for (const { name, content } of rendered?.files ?? []) {
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
