import * as fs from 'node:fs';
import { type FolderIndex, indexName, parseIndex } from './folder-index';
import { Spellings } from './tree-render';

/** The folder of a write in progress, directly below the root; gone when the write is done. */
export const scratchName = '.golden';

/** What is at a path below the root; a submodule only where the tree is that of a commit. */
export type EntryKind = 'folder' | 'file' | 'symlink' | 'submodule' | 'other';

/** An app folder on disk, before any of its files is read. */
export interface FoundFolder {
  /** `<environment>/<cluster>/<namespace>/<app>` */
  readonly folder: string;

  /** The index, what is wrong with it, or undefined when there is none. */
  readonly index: FolderIndex | string | undefined;

  /** The text of the index as it is on disk. */
  readonly indexText: string | undefined;

  /** Everything in the folder except the index. */
  readonly entries: ReadonlyMap<string, EntryKind>;
}

/** What a walk of some environments found. */
export interface Scan {
  readonly folders: ReadonlyMap<string, FoundFolder>;

  /** Everything down to the app folders themselves, by path below the root: also what is no folder. */
  readonly paths: ReadonlyMap<string, EntryKind>;

  /** How all of these are spelled. */
  readonly spellings: Spellings;
}

/** Lists the app folders of some environments, or those of some names, and reads their indexes. The rest is not looked into. */
export function scanTree(root: string, environments?: readonly string[], names?: ReadonlySet<string>): Scan {
  const paths = new Map<string, EntryKind>();
  const spellings = new Spellings();
  const folders = new Map<string, FoundFolder>();
  const walk = (parent: string, depth: number) => {
    for (const [name, kind] of list(parent === '' ? root : `${root}/${parent}`)) {
      if (name.startsWith('.')) {
        continue;
      }
      const path = parent === '' ? name : `${parent}/${name}`;
      paths.set(path, kind);
      spellings.clash(path);
      if (kind !== 'folder' || (depth === 1 && environments !== undefined && !environments.includes(name))) {
        continue;
      }
      if (depth < 4) {
        walk(path, depth + 1);
      } else if (names === undefined || names.has(name)) {
        folders.set(path, findFolder(root, path));
      }
    }
  };
  walk('', 1);
  return { folders, paths, spellings };
}

function findFolder(root: string, folder: string): FoundFolder {
  return foundFolder(folder, new Map(list(`${root}/${folder}`)), (file) => fs.readFileSync(`${root}/${file}`, 'utf8'));
}

/** An app folder with these entries. */
export function foundFolder(
  folder: string,
  listed: ReadonlyMap<string, EntryKind>,
  textOf: (file: string) => string,
): FoundFolder {
  const entries = new Map(listed);
  const kind = entries.get(indexName);
  if (kind === undefined) {
    return { folder, index: undefined, indexText: undefined, entries };
  }
  entries.delete(indexName);
  if (kind !== 'file') {
    return { folder, index: `is a ${kind}; restore it from git`, indexText: undefined, entries };
  }
  const indexText = textOf(`${folder}/${indexName}`);
  return { folder, index: parseIndex(indexText), indexText, entries };
}

function list(path: string): [string, EntryKind][] {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
  // Code-unit order, so that problems and plans come in the same order on any file system.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.map((entry) => [entry.name, kindOf(entry)]);
}

function kindOf(entry: fs.Dirent): EntryKind {
  if (entry.isFile()) {
    return 'file';
  }
  if (entry.isDirectory()) {
    return 'folder';
  }
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}
