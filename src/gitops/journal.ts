import * as fs from 'node:fs';
import { scratchName } from './scan-tree';
import { TreeError } from './tree-error';
import { folderProblems } from './tree-render';

/**
 * The journal of a write that swaps several app folders as one.
 *
 * New folders are staged complete in `.golden/staged/<n>`, then the journal is renamed into place: from that moment the write
 * counts. Each folder is swapped by two renames (live to `.golden/retired/<n>`, staged to live), every step of which can be
 * told from what is where, so that whoever finds a journal can go on from any point. A swap that fails is undone: the journal
 * is renamed to say so, which needs no space on a full disk. Removing the journal ends the write, and whatever is in `.golden`
 * without a journal is rubbish.
 *
 * Nothing is flushed to disk: a killed process loses no write that it made, and what has to outlive a power failure is the git
 * commit, which flushes by itself.
 */
export interface Journal {
  /** `back` when the write is being undone. */
  readonly direction: Direction;

  /** The move `n` is that of `staged/<n>` and `retired/<n>`. */
  readonly moves: readonly Move[];
}

export type Direction = 'forward' | 'back';

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
const draftPath = (root: string) => `${root}/${scratchName}/journal.draft`;
const journalPath = (root: string, direction: Direction) => `${root}/${scratchName}/journal.${direction}`;

/** Which way a write of this root is going that is under way or was interrupted after it began to count, if there is one. */
export function pendingDirection(root: string): Direction | undefined {
  return (['forward', 'back'] as const).find((direction) => fs.existsSync(journalPath(root, direction)));
}

/** What a command that only reads says of such a root. */
export function pendingProblems(root: string): string[] {
  return pendingDirection(root) === undefined
    ? []
    : [
        'an earlier write is under way or was interrupted; wait for it, or run a command that writes (it finishes the earlier one first)',
      ];
}

/** Makes the write count, in one rename. */
export function beginJournal(root: string, moves: readonly Move[], onStep: OnStep): void {
  onStep('draft journal');
  fs.writeFileSync(draftPath(root), JSON.stringify({ format, moves }));
  onStep('begin journal');
  fs.renameSync(draftPath(root), journalPath(root, 'forward'));
}

/** Turns a write that counts into one that is undone, in one rename. */
export function turnJournal(root: string): void {
  if (pendingDirection(root) === 'forward') {
    fs.renameSync(journalPath(root, 'forward'), journalPath(root, 'back'));
  }
}

/** Ends the write: what it retired or never installed is rubbish from here on. */
export function endJournal(root: string, direction: Direction, onStep: OnStep): void {
  onStep('end journal');
  fs.rmSync(journalPath(root, direction));
}

/** The journal that counts, if any. */
export function readJournal(root: string): Journal | undefined {
  const direction = pendingDirection(root);
  if (direction === undefined) {
    return undefined;
  }
  const journal = JSON.parse(fs.readFileSync(journalPath(root, direction), 'utf8'));
  if (journal.format !== format) {
    throw new TreeError(root, [
      `an interrupted write has a journal of format ${JSON.stringify(journal.format)}, this version reads ${format}; finish it with the version that began it`,
    ]);
  }
  const moves: Move[] = journal.moves;
  // A journal can come with a checkout that someone else made: it must not move what is outside.
  const problems = moves.flatMap(({ folder }) => folderProblems(folder));
  if (problems.length > 0) {
    throw new TreeError(root, [...problems, `remove '${scratchName}', its journal was not written by a render`]);
  }
  return { direction, moves };
}
