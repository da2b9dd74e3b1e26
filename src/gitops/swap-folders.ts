import * as fs from 'node:fs';
import * as path from 'node:path';
import { endJournal, type Journal, type Move, type OnStep } from './journal';
import { scratchName } from './scan-tree';
import { TreeError } from './tree-error';

/** Where the folder of move `n` is prepared. */
export const stagedPath = (root: string, n: number) => `${root}/${scratchName}/staged/${n}`;

/** Where the folder that move `n` replaces is kept until the write has ended. */
const retiredPath = (root: string, n: number) => `${root}/${scratchName}/retired/${n}`;

/** Makes the folders that moves take from and put into, while a full disk can still do no harm. */
export function makeScratch(root: string, onStep: OnStep): void {
  for (const name of ['staged', 'retired']) {
    onStep(`make ${name}`);
    fs.mkdirSync(`${root}/${scratchName}/${name}`);
  }
}

/** Carries a journal out from wherever it stands, in its direction, and ends it. */
export function carryOut(root: string, { direction, moves }: Journal, onStep: OnStep): void {
  moves.forEach((move, n) => {
    (direction === 'forward' ? swap : swapBack)(root, move, n, onStep);
  });
  endJournal(root, direction, onStep);
}

/** Removes all that a write left in the scratch folder. Only for when no journal counts. */
export function discard(root: string, onStep: OnStep): void {
  for (const name of ['staged', 'retired', 'journal.draft']) {
    const left = `${root}/${scratchName}/${name}`;
    if (fs.existsSync(left)) {
      onStep(`discard ${name}`);
      removeAll(left);
    }
  }
}

/** Whether folders are staged that no journal will install, or retired that no journal will bring back. */
export function holds(root: string, name: 'staged' | 'retired'): boolean {
  const folder = `${root}/${scratchName}/${name}`;
  return fs.existsSync(folder) && fs.readdirSync(folder).length > 0;
}

function swap(root: string, { folder, retires, installs }: Move, n: number, onStep: OnStep): void {
  const live = `${root}/${folder}`;
  if (retires && !fs.existsSync(retiredPath(root, n))) {
    onStep(`retire ${folder}`);
    renameIfThere(live, retiredPath(root, n));
  }
  if (!installs) {
    removeEmptyParents(root, folder, onStep);
  } else if (fs.existsSync(stagedPath(root, n))) {
    onStep(`make parents of ${folder}`);
    fs.mkdirSync(path.dirname(live), { recursive: true });
    onStep(`install ${folder}`);
    install(root, folder, stagedPath(root, n));
  }
}

function swapBack(root: string, { folder, retires, installs }: Move, n: number, onStep: OnStep): void {
  const live = `${root}/${folder}`;
  if (installs && !fs.existsSync(stagedPath(root, n))) {
    onStep(`take back ${folder}`);
    renameIfThere(live, stagedPath(root, n));
  }
  if (!retires) {
    removeEmptyParents(root, folder, onStep);
  } else if (fs.existsSync(retiredPath(root, n))) {
    onStep(`make parents of ${folder}`);
    fs.mkdirSync(path.dirname(live), { recursive: true });
    onStep(`reinstate ${folder}`);
    install(root, folder, retiredPath(root, n));
  }
}

function install(root: string, folder: string, from: string): void {
  try {
    fs.renameSync(from, `${root}/${folder}`);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw new TreeError(root, [
        `'${folder}' appeared while it was being replaced; move it away and run the command again`,
      ]);
    }
    throw error;
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
}

/** Removes what is empty above an app folder, up to but not including the root. */
function removeEmptyParents(root: string, folder: string, onStep: OnStep): void {
  for (let parent = path.posix.dirname(folder); parent !== '.'; parent = path.posix.dirname(parent)) {
    onStep(`remove empty ${parent}`);
    try {
      fs.rmdirSync(`${root}/${parent}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        return;
      }
    }
  }
}

/** As `fs.rmSync`, in half the time, which shows when thousands of folders are replaced. */
function removeAll(file: string): void {
  if (!fs.lstatSync(file).isDirectory()) {
    fs.unlinkSync(file);
    return;
  }
  for (const entry of fs.readdirSync(file, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      removeAll(`${file}/${entry.name}`);
    } else {
      fs.unlinkSync(`${file}/${entry.name}`);
    }
  }
  fs.rmdirSync(file);
}
