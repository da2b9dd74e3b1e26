import * as fs from 'node:fs';
import * as path from 'node:path';
import { type OnStep, pendingProblems } from './journal';
import { planFolders, rootProblems, type TreeOptions, type TreePlan } from './plan-tree';
import { refuseRivals } from './rival-renders';
import { scratchName } from './scan-tree';
import { stageFolder } from './stage-folders';
import { makeScratch } from './swap-folders';
import { asTreeError, TreeError } from './tree-error';
import { renderProblems, type TreeRender } from './tree-render';
import { asTreePlan, changesOf, removeIfEmpty, settle, swapIn, takeBack, tidy } from './tree-write';
import { whileAlone } from './writer-lock';

/** Says what writing `render` below `root` would change, and what stands against it. Writes nothing. */
export function planTree(root: string, render: TreeRender, options: TreeOptions = {}): TreePlan {
  const target = path.resolve(root);
  const obstacles = [...renderProblems(render), ...rootProblems(target), ...pendingProblems(target)];
  if (obstacles.length > 0) {
    return { folders: [], problems: obstacles };
  }
  return asTreePlan(planFolders(target, [render], options)[0]);
}

/**
 * Makes the folders that `render.app` owns below `root` what `render` says, as one: all of it or, on any failure, nothing.
 * Unchanged files keep their inode and time, stale ones and folders left without files go, and nothing else is touched. A
 * write that an earlier process did not finish is completed or rolled back first.
 *
 * While folders are swapped, who opens a path in the working tree finds the old folder, the new one or, for the moment between
 * two renames, none, but never one half written. A commit holds no such state as long as it is made between writes, or, after
 * one was killed, behind the next write or `recoverTree`.
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
 * A write killed while it was preparing is rolled back, one killed while it was swapping is completed, and one that was already
 * being undone is undone.
 *
 * @returns which it was, or `nothing` when there was nothing to do.
 * @throws TreeError when another process is writing, or when the disk does not let it finish.
 */
export function recoverTree(root: string): 'completed' | 'rolled back' | 'nothing' {
  return recoverInSteps(root, () => {});
}

/** `recoverTree`, telling `onStep` before each step that changes the disk. */
export function recoverInSteps(root: string, onStep: OnStep): 'completed' | 'rolled back' | 'nothing' {
  const target = path.resolve(root);
  if (!fs.lstatSync(`${target}/${scratchName}`, { throwIfNoEntry: false })?.isDirectory()) {
    return 'nothing';
  }
  refuse(target, rootProblems(target));
  try {
    return whileAlone(target, () => settle(target, onStep));
  } catch (error) {
    throw asTreeError(target, error, 'the interrupted write is still pending');
  }
}

/**
 * Says what removing all that `app` owns in some environments below `root` would take away, and what stands against it.
 * Changes nothing.
 */
export function planRemoval(root: string, app: string, environments: readonly string[]): TreePlan {
  const target = path.resolve(root);
  const obstacles = [...rootProblems(target), ...pendingProblems(target)];
  if (obstacles.length > 0) {
    return { folders: [], problems: obstacles };
  }
  return asTreePlan(planFolders(target, [{ app, environments, folders: [] }], {})[0]);
}

/**
 * Removes all that `app` owns in some environments below `root`, as one write.
 *
 * @returns what was removed.
 * @throws TreeError naming every foreign or hand-edited file and every other obstacle; nothing is changed then.
 */
export function removeFromTree(root: string, app: string, environments: readonly string[]): TreePlan {
  const target = path.resolve(root);
  refuse(target, rootProblems(target));
  return bringOne(target, { app, environments, folders: [] }, {}, () => {});
}

/** `writeTree`, telling `onStep` before each step that changes the disk. */
export function writeInSteps(root: string, render: TreeRender, options: TreeOptions, onStep: OnStep): TreePlan {
  const target = path.resolve(root);
  refuse(target, [...renderProblems(render), ...rootProblems(target)]);
  return bringOne(target, render, options, onStep);
}

/**
 * `writeTree` for many renders, as one write of those that nothing stands against. A folder that one of them leaves in this
 * write, another can take in the next.
 *
 * @returns what was changed of each, or what stands against it.
 * @throws TreeError when none of them can be written; nothing is changed then.
 */
export function writeTrees(root: string, renders: readonly TreeRender[], options: TreeOptions = {}): TreePlan[] {
  const target = path.resolve(root);
  refuse(target, rootProblems(target));
  const unfit = renders.map(renderProblems);
  const plans = bring(
    target,
    renders.filter((_, n) => unfit[n].length === 0),
    options,
    () => {},
  );
  return unfit.map((problems) => (problems.length > 0 ? { folders: [], problems } : (plans.shift() as TreePlan)));
}

/** @throws TreeError also with what stands against the render. */
function bringOne(target: string, render: TreeRender, options: TreeOptions, onStep: OnStep): TreePlan {
  const [plan] = bring(target, [render], options, onStep);
  refuse(target, plan.problems);
  return plan;
}

/** Brings what apps own to what their renders say, which may be nothing; a render that can't be written changes nothing. */
function bring(target: string, renders: readonly TreeRender[], options: TreeOptions, onStep: OnStep): TreePlan[] {
  const isNew = !fs.existsSync(target);
  try {
    return whileAlone(target, () => {
      settle(target, onStep);
      const plans = planFolders(target, renders, options);
      refuseRivals(renders, plans);
      const changes = changesOf(plans);
      if (changes.length > 0) {
        try {
          makeScratch(target, onStep);
          for (const [n, change] of changes.entries()) {
            stageFolder(target, change, n, onStep);
          }
          swapIn(target, changes, onStep);
        } catch (error) {
          takeBack(target, error);
          throw error;
        }
        tidy(target, onStep);
      }
      return plans.map(asTreePlan);
    });
  } catch (error) {
    throw asTreeError(target, error, 'nothing was changed');
  } finally {
    if (isNew) {
      removeIfEmpty(target);
    }
  }
}

function refuse(root: string, problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new TreeError(root, problems);
  }
}
