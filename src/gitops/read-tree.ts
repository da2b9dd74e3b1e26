import * as fs from 'node:fs';
import * as path from 'node:path';
import { appOfFolder } from './app-folders';
import { type FolderIndex, sha256 } from './folder-index';
import { pendingProblems } from './journal';
import { rootProblems } from './plan-tree';
import { type EntryKind, type FoundFolder, scanTree } from './scan-tree';
import { TreeError } from './tree-error';

/** An app folder of an owned tree, read back. */
export interface TreeFolder {
  /** `<environment>/<cluster>/<namespace>/<app>` below the root. */
  readonly folder: string;
  readonly environment: string;
  readonly cluster: string;

  /** Undefined for objects without a namespace. */
  readonly namespace: string | undefined;

  /** The app that the folder is named after, whoever owns it. */
  readonly name: string;

  /** Undefined when no render wrote the folder, a string says why an index cannot be used. */
  readonly index: FolderIndex | string | undefined;

  /** Every file except the index, or those that were asked for, sorted by name. */
  readonly files: readonly TreeFile[];

  /** Names of files that the index lists and the folder lacks, sorted. */
  readonly missing: readonly string[];
}

/** A file of an app folder, or what is in the place of one. */
export interface TreeFile {
  readonly name: string;
  readonly kind: EntryKind;

  /** `owned` as rendered, `edited` by hand since, `foreign` when the index does not list it or it is no plain file. */
  readonly state: 'owned' | 'edited' | 'foreign';

  /** The text of a plain file, undefined for anything else. */
  readonly content: string | undefined;
}

/** Which part of a tree to read. */
export interface ReadTreeOptions {
  /**
   * Read these environments, folders without an index included.
   * @default - every folder below the root that has an index
   */
  readonly environments?: readonly string[];

  /**
   * Read only the folders that the index gives to this app.
   * @default - any app
   */
  readonly app?: string;

  /**
   * Read only files whose names this says.
   * @default - all
   */
  readonly only?: (name: string) => boolean;
}

/**
 * Reads the app folders below `root`, sorted by path. Whatever else is in there is not read.
 *
 * @throws TreeError when the root is missing, a file or a symlink, or when a write is under way or was interrupted (`recoverTree` first).
 */
export function readTree(root: string, { environments, app, only = () => true }: ReadTreeOptions = {}): TreeFolder[] {
  const target = path.resolve(root);
  const problems = [
    ...(fs.existsSync(target) ? [] : ['there is no such folder; render first']),
    ...rootProblems(target),
    ...pendingProblems(target),
  ];
  if (problems.length > 0) {
    throw new TreeError(target, problems);
  }
  return [...scanTree(target, environments).folders.values()]
    .filter(({ index }) => app === undefined || (typeof index === 'object' && index.app === app))
    .filter(({ index, entries }) => index !== undefined || (environments !== undefined && entries.size > 0))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))
    .map((found) => readFolder(target, found, only));
}

function readFolder(
  root: string,
  { folder, index, entries }: FoundFolder,
  only: (name: string) => boolean,
): TreeFolder {
  const [environment, cluster, namespace, ownName] = folder.split('/');
  const hashes = typeof index === 'object' ? index.files : {};
  return {
    folder,
    environment,
    cluster,
    namespace: namespace === '_cluster' ? undefined : namespace,
    name: appOfFolder(ownName),
    index,
    files: [...entries]
      .filter(([file]) => only(file))
      .map(([file, kind]) => {
        const bytes = kind === 'file' ? fs.readFileSync(`${root}/${folder}/${file}`) : undefined;
        const listed = bytes !== undefined && Object.hasOwn(hashes, file);
        const state = !listed ? 'foreign' : sha256(bytes) === hashes[file] ? 'owned' : 'edited';
        return { name: file, kind, state, content: bytes?.toString('utf8') };
      }),
    missing: Object.keys(hashes)
      .filter((file) => only(file) && !entries.has(file))
      .sort(),
  };
}
