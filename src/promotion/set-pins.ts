import * as fs from 'node:fs';
import { imageLockText, type LockedImage, parseImageLock } from '../platform/image-lock';
import { replaceFile } from '../platform/replace-file';
import { editImageLock, type PinEdit } from './edit-image-lock';

/** What a pin was, and what it is. */
export interface PinChange extends PinEdit {
  /** What the lock held so far; undefined when it held no such image. */
  readonly before?: LockedImage;
  /** Whether the lock holds anything else than before. */
  readonly isChanged: boolean;
}

/** What writing pins to a lock comes to. */
export interface PinPlan {
  readonly changes: readonly PinChange[];
  /** Writes the file, in one step; nothing when the text stays as it is. */
  write(): void;
}

/** The environments that a lock file names. */
export function environmentsOf(file: string): string[] {
  const text = imageLockText(file);
  return isEmpty(text) ? [] : Object.keys(parseImageLock(text));
}

/**
 * Plans the writing of pins to an image lock.
 *
 * @throws GoldenError when the lock can't be read or edited.
 */
export function planPins(file: string, edits: readonly PinEdit[]): PinPlan {
  const text = fs.existsSync(file) ? imageLockText(file) : '';
  const edited = editImageLock(text, edits);
  const [before, after] = [text, edited].map((each) => (each === text && isEmpty(text) ? {} : parseImageLock(each)));
  return {
    changes: edits.map((edit) => {
      const { environment, name } = edit;
      const [was, is] = [before, after].map((lock) => lock[environment]?.[name]);
      return { ...edit, ...(was && { before: was }), isChanged: JSON.stringify(was) !== JSON.stringify(is) };
    }),
    write: () => {
      if (edited !== text) replaceFile(file, edited);
    },
  };
}

/** Whether a lock holds comments only. */
function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}
