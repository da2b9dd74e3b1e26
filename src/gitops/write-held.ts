import * as fs from 'node:fs';
import * as path from 'node:path';
import { type FolderChanges, type FolderSwap, rootProblems, type TreeOptions, type TreePlan } from './plan-tree';
import { refuseRivals } from './rival-renders';
import { makeScratch } from './swap-folders';
import { asTreeError, TreeError } from './tree-error';
import { renderProblems, type TreeOutline } from './tree-render';
import { asTreePlan, changesOf, removeIfEmpty, settle, swapIn, takeBack, tidy } from './tree-write';
import { beginAlone } from './writer-lock';

/** Whoever holds the contents of renders, other processes for example, and brings them to the disk. */
export interface HeldRenders {
  /** Compares renders, without problems of their own, with the tree below `root`; one plan for each. */
  plan(root: string, renders: readonly TreeOutline[], options: TreeOptions): Promise<FolderChanges<FolderSwap>[]>;

  /** Stages folders of the plans, for a writer of that name. */
  stage(root: string, writer: string, folders: readonly StagedFolder[]): Promise<void>;
}

/** A folder of a render, and the move that installs it. */
export interface StagedFolder {
  readonly render: TreeOutline;
  readonly folder: string;
  readonly move: number;
}

/**
 * `writeTrees` for renders whose contents somebody else holds: as one write of those that nothing stands against.
 *
 * @returns what was changed of each, or what stands against it.
 * @throws TreeError when none of them can be written; nothing is changed then.
 */
export async function writeHeldTrees(
  root: string,
  renders: readonly TreeOutline[],
  held: HeldRenders,
  options: TreeOptions = {},
): Promise<TreePlan[]> {
  const target = path.resolve(root);
  const problems = rootProblems(target);
  if (problems.length > 0) throw new TreeError(target, problems);
  const unfit = renders.map(renderProblems);
  const fit = renders.filter((_, n) => unfit[n].length === 0);
  const plans = await bring(target, fit, held, options);
  return unfit.map((problems) => (problems.length > 0 ? { folders: [], problems } : (plans.shift() as TreePlan)));
}

async function bring(
  target: string,
  renders: readonly TreeOutline[],
  held: HeldRenders,
  options: TreeOptions,
): Promise<TreePlan[]> {
  const isNew = !fs.existsSync(target);
  try {
    const writer = beginAlone(target);
    try {
      settle(target);
      const plans = await held.plan(target, renders, options);
      refuseRivals(renders, plans);
      await change(target, writer.name, renders, plans, held);
      return plans.map(asTreePlan);
    } finally {
      writer.end();
    }
  } catch (error) {
    throw asTreeError(target, error, 'nothing was changed');
  } finally {
    if (isNew) removeIfEmpty(target);
  }
}

/** Has changes staged by whoever holds them, and swaps them in. */
async function change(
  root: string,
  writer: string,
  renders: readonly TreeOutline[],
  plans: readonly FolderChanges<FolderSwap>[],
  held: HeldRenders,
): Promise<void> {
  const changes = changesOf(plans);
  if (changes.length === 0) return;
  const moves = new Map(changes.map((each, n) => [each, n]));
  const staged = renders.flatMap((render, n) =>
    plans[n].folders.flatMap((each) => {
      const move = moves.get(each);
      return move === undefined || each.change === 'removed' ? [] : [{ render, folder: each.folder, move }];
    }),
  );
  try {
    makeScratch(root, () => {});
    await held.stage(root, writer, staged);
    swapIn(root, changes);
  } catch (error) {
    takeBack(root, error);
    throw error;
  }
  tidy(root);
}
