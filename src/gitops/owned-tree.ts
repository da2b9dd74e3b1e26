import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  carryOut,
  discard,
  journalIsPending,
  type Move,
  type OnStep,
  pendingProblems,
  putJournal,
  readJournal,
} from './journal';
import {
  type FolderChange,
  type FolderPlan,
  planFolders,
  rootProblems,
  type TreeOptions,
  type TreePlan,
} from './plan-tree';
import { scratchName } from './scan-tree';
import { stageFolders } from './stage-folders';
import { asTreeError, TreeError } from './tree-error';
import { renderProblems, type TreeRender } from './tree-render';
import { whileAlone } from './writer-lock';

/** Says what writing `render` below `root` would change, and what stands against it. Writes nothing. */
export function planTree(root: string, render: TreeRender, options: TreeOptions = {}): TreePlan {
  const target = path.resolve(root);
  const obstacles = [...renderProblems(render), ...rootProblems(target), ...pendingProblems(target)];
  if (obstacles.length > 0) {
    return { folders: [], problems: obstacles };
  }
  const { folders, problems } = planFolders(target, render, options);
  return { folders: folders.map(asPlan), problems };
}

/**
 * Makes the folders that `render.app` owns below `root` what `render` says, as one: all of it or, on any failure, nothing.
 * Unchanged files keep their inode and time, stale ones and folders left without files go, and nothing else is touched. A
 * write that an earlier process did not finish is completed or rolled back first.
 *
 * While folders are swapped, a reader of the working tree sees each app folder old, new or (between two renames) missing,
 * never half; a reader of commits sees none of it.
 *
 * @returns what was changed.
 * @throws TreeError naming every foreign or hand-edited file and every other obstacle; nothing is changed then.
 */
export function writeTree(root: string, render: TreeRender, options: TreeOptions = {}): TreePlan {
  return writeInSteps(root, render, options, () => {});
}

/**
 * Completes or rolls back what a killed process left half done below `root`. Every write does this first; a command that only
 * reads calls it to see a settled tree.
 *
 * @returns which it was, or `nothing` when there was nothing to do.
 * @throws TreeError when another process is writing, or when the disk does not let it finish.
 */
export function recoverTree(root: string): 'completed' | 'rolled back' | 'nothing' {
  const target = path.resolve(root);
  if (!fs.lstatSync(`${target}/${scratchName}`, { throwIfNoEntry: false })?.isDirectory()) {
    return 'nothing';
  }
  try {
    return whileAlone(target, () => settle(target, () => {}));
  } catch (error) {
    throw asTreeError(target, error, 'the interrupted write is still pending');
  }
}

/** `writeTree`, telling `onStep` before each step that changes the disk. */
export function writeInSteps(root: string, render: TreeRender, options: TreeOptions, onStep: OnStep): TreePlan {
  const target = path.resolve(root);
  refuse(target, [...renderProblems(render), ...rootProblems(target)]);
  const isNew = !fs.existsSync(target);
  try {
    return whileAlone(target, () => {
      settle(target, onStep);
      const { folders, problems } = planFolders(target, render, options);
      refuse(target, problems);
      swapIn(target, folders, onStep);
      return { folders: folders.map(asPlan), problems };
    });
  } catch (error) {
    if (isNew) {
      removeIfEmpty(target);
    }
    throw asTreeError(target, error, 'nothing was changed');
  }
}

/** Stages what changes and swaps it in; a failure takes back what was done. */
function swapIn(root: string, folders: readonly FolderChange[], onStep: OnStep): void {
  const changes = folders.filter(({ change }) => change !== 'unchanged');
  if (changes.length === 0) {
    return;
  }
  let moves: Move[] = [];
  try {
    moves = stageFolders(root, changes, onStep);
    putJournal(root, { direction: 'forward', moves }, onStep);
    carryOut(root, { direction: 'forward', moves }, onStep);
  } catch (error) {
    takeBack(root, moves, error);
    throw error;
  }
}

function takeBack(root: string, moves: readonly Move[], cause: unknown): void {
  try {
    if (journalIsPending(root)) {
      putJournal(root, { direction: 'back', moves }, () => {});
      carryOut(root, { direction: 'back', moves }, () => {});
    } else {
      discard(root, () => {});
    }
  } catch (error) {
    const consequence = 'the write stopped half way: clear this up and run the command again, which finishes it';
    throw asTreeError(root, error, consequence) === error
      ? new Error(`${root}: ${consequence}`, { cause })
      : asTreeError(root, error, consequence);
  }
}

/** Brings an interrupted write to its end. */
function settle(root: string, onStep: OnStep): 'completed' | 'rolled back' | 'nothing' {
  const journal = readJournal(root);
  if (journal) {
    carryOut(root, journal, onStep);
    return journal.direction === 'forward' ? 'completed' : 'rolled back';
  }
  return discard(root, onStep) ? 'rolled back' : 'nothing';
}

function refuse(root: string, problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new TreeError(root, problems);
  }
}

function asPlan({ folder, change, added, changed, removed, unchanged }: FolderChange): FolderPlan {
  return { folder, change, added, changed, removed, unchanged };
}

function removeIfEmpty(root: string): void {
  try {
    fs.rmdirSync(root);
  } catch {
    // Something is in there now, so it stays.
  }
}
