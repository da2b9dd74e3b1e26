import * as fs from 'node:fs';
import * as path from 'node:path';
import { scratchName } from './scan-tree';
import { TreeError } from './tree-error';

/**
 * The journal of a write that swaps several app folders as one.
 *
 * New folders are staged complete in `.golden/staged/<n>`, then the journal is renamed into place: from that moment the write
 * counts. Each folder is swapped by two renames (live to `.golden/retired/<n>`, staged to live), every step of which can be
 * told from what is where, so that whoever finds a journal can go on from any point, forward or back. Removing the journal
 * ends the write; what is left in `.golden` without a journal is rubbish.
 *
 * Nothing is flushed to disk: a killed process loses no write that it made, and the durable boundary is the git commit.
 */
export interface Journal {
  /** `back` when a swap failed and the write is being undone. */
  readonly direction: 'forward' | 'back';

  /** The move `n` is that of `staged/<n>` and `retired/<n>`. */
  readonly moves: readonly Move[];
}

/** The swap of one app folder. */
export interface Move {
  readonly folder: string;

  /** Whether a live folder is retired. */
  readonly retires: boolean;

  /** Whether a staged folder takes its place. */
  readonly installs: boolean;
}

/** Called with a name before each step that changes the disk: where a kill or a failure can come between two steps. */
export type OnStep = (step: string) => void;

const format = 1;
const journalPath = (root: string) => `${root}/${scratchName}/journal`;

/** Where the folder of move `n` is prepared. */
export const stagedPath = (root: string, n: number) => `${root}/${scratchName}/staged/${n}`;
const retiredPath = (root: string, n: number) => `${root}/${scratchName}/retired/${n}`;

/** Whether a write of this root is under way or was interrupted after it began to count. */
export function journalIsPending(root: string): boolean {
  return fs.existsSync(journalPath(root));
}

/** What a command that only reads says of such a root. */
export function pendingProblems(root: string): string[] {
  return journalIsPending(root)
    ? [
        'an earlier write is under way or was interrupted; wait for it, or run a command that writes (it finishes the earlier one first)',
      ]
    : [];
}

/** Makes `journal` the one that counts, in one rename. */
export function putJournal(root: string, journal: Journal, onStep: OnStep): void {
  const draft = `${journalPath(root)}.draft`;
  onStep('draft journal');
  fs.writeFileSync(draft, JSON.stringify({ format, ...journal }));
  onStep('put journal');
  fs.renameSync(draft, journalPath(root));
}

/** The journal that counts, if any. */
export function readJournal(root: string): Journal | undefined {
  if (!journalIsPending(root)) {
    return undefined;
  }
  const journal = JSON.parse(fs.readFileSync(journalPath(root), 'utf8'));
  if (journal.format !== format) {
    throw new TreeError(root, [
      `an interrupted write has a journal of format ${JSON.stringify(journal.format)}, this version reads ${format}; finish it with the version that began it`,
    ]);
  }
  return journal;
}

/** Carries a journal out from wherever it stands, in its direction, and ends it. */
export function carryOut(root: string, { direction, moves }: Journal, onStep: OnStep): void {
  fs.mkdirSync(`${root}/${scratchName}/retired`, { recursive: true });
  moves.forEach((move, n) => {
    (direction === 'forward' ? swap : swapBack)(root, move, n, onStep);
  });
  endJournal(root, onStep);
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

/** Ends the journal; what it retired or never installed is rubbish from here on. */
function endJournal(root: string, onStep: OnStep): void {
  onStep('end journal');
  fs.rmSync(journalPath(root), { force: true });
  discard(root, onStep);
}

/** Removes all that a write left in the scratch folder, and says whether it was anything. Only for when no journal counts. */
export function discard(root: string, onStep: OnStep): boolean {
  const left = ['staged', 'retired', 'journal.draft'].filter((name) => fs.existsSync(`${root}/${scratchName}/${name}`));
  for (const name of left) {
    onStep(`discard ${name}`);
    fs.rmSync(`${root}/${scratchName}/${name}`, { recursive: true, force: true });
  }
  return left.length > 0;
}
