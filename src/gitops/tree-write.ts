import * as fs from 'node:fs';
import { beginJournal, type OnStep, readJournal, turnJournal } from './journal';
import { asPlan, type FolderChanges, type FolderSwap, type TreePlan } from './plan-tree';
import { moveOf } from './stage-folders';
import { carryOut, discard, holds } from './swap-folders';
import { asTreeError, TreeError } from './tree-error';

// The steps of a write, for whoever is alone with the tree.

/** Brings an interrupted write to its end, and discards what it left. */
export function settle(root: string, onStep: OnStep = () => {}): 'completed' | 'rolled back' | 'nothing' {
  const journal = readJournal(root);
  if (journal) {
    carryOut(root, journal, onStep);
  }
  const outcome = holds(root, 'staged') ? 'rolled back' : holds(root, 'retired') ? 'completed' : 'nothing';
  discard(root, onStep);
  return journal?.direction === 'forward' ? 'completed' : journal ? 'rolled back' : outcome;
}

/** What a write changes: of the renders that nothing stands against, the folders that are not as they should be. */
export function changesOf<Change extends FolderSwap>(plans: readonly FolderChanges<Change>[]): Change[] {
  return plans
    .filter(({ problems }) => problems.length === 0)
    .flatMap(({ folders }) => folders.filter(({ change }) => change !== 'unchanged'));
}

/** Swaps staged folders in; the n-th was staged for move `n`. */
export function swapIn(root: string, changes: readonly FolderSwap[], onStep: OnStep = () => {}): void {
  const moves = changes.map(moveOf);
  beginJournal(root, moves, onStep);
  carryOut(root, { direction: 'forward', moves }, onStep);
}

/** Undoes a write that failed, as far as it got. */
export function takeBack(root: string, cause: unknown): void {
  try {
    turnJournal(root);
    settle(root);
  } catch (error) {
    const { message } = asTreeError(root, error, 'the write is half done') as Error;
    throw new TreeError(root, [
      `the write failed half way (${(cause as Error).message}) and could not be undone (${message}); clear that up and run the command again, which undoes it first`,
    ]);
  }
}

/** Discards what a write that has ended left; the next one discards what can't be removed. */
export function tidy(root: string, onStep: OnStep = () => {}): void {
  try {
    discard(root, onStep);
  } catch {
    // Nothing of it counts any more.
  }
}

/** What a person is told of a plan. */
export function asTreePlan({ folders, problems }: FolderChanges<FolderSwap>): TreePlan {
  return { folders: folders.map(asPlan), problems };
}

/** Removes a root that a write made for nothing. */
export function removeIfEmpty(root: string): void {
  try {
    fs.rmdirSync(root);
  } catch {
    // Something is in there, so it stays; or it was never made.
  }
}
