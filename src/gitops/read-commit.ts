import { appFolders } from './app-folders';
import { type FolderIndex, indexName, parseIndex, sha256 } from './folder-index';
import type { GitEntry, GitObjects } from './git-objects';

/** An app folder as a commit holds it. */
export interface CommittedFolder {
  /** `<environment>/<cluster>/<namespace>/<app>` */
  readonly folder: string;
  readonly environment: string;
  readonly cluster: string;
  readonly index: FolderIndex;
  /** Everything but the index. */
  readonly entries: readonly GitEntry[];
}

/** A folder with an index, whatever that says. */
export interface IndexedFolder extends Omit<CommittedFolder, 'index'> {
  /** The index, or what is wrong with it. */
  readonly index: FolderIndex | string;
}

/** A folder whose index can't be read: whose it is can't be told. */
export interface UnreadableFolder {
  readonly folder: string;
  readonly environment: string;
  /** What is wrong with its index. */
  readonly index: string;
}

/** The app folders of a commit, each list sorted by path. */
export interface CommittedFolders {
  readonly folders: readonly CommittedFolder[];
  readonly unreadable: readonly UnreadableFolder[];
}

/**
 * The app folders of a commit's tree that have an index.
 *
 * @param root id of the tree
 * @param app the app that the folders are named after; all are read without
 */
export async function readCommit(objects: GitObjects, root: string, app?: string): Promise<CommittedFolders> {
  const isOfApp = (path: string, depth: number) =>
    depth < 4 || app === undefined || appFolders(app).some((name) => path.endsWith(`/${name}`));
  const all = await indexedFolders(objects, root, isOfApp);
  return {
    folders: all.filter((each): each is CommittedFolder => typeof each.index === 'object'),
    unreadable: all.flatMap(({ folder, environment, index }) =>
      typeof index === 'string' ? [{ folder, environment, index }] : [],
    ),
  };
}

/**
 * The folders of a commit's tree that have an index, sorted by path.
 *
 * @param root id of the tree
 * @param isAsked whether a folder is looked into, by its path and how many names that has
 */
export async function indexedFolders(
  objects: GitObjects,
  root: string,
  isAsked: (path: string, depth: number) => boolean,
): Promise<IndexedFolder[]> {
  let level = [{ path: '', id: root }];
  for (let depth = 1; depth <= 4; depth++) {
    const trees = await objects.trees(level.map(({ id }) => id));
    level = level.flatMap(({ path }, n) =>
      trees[n]
        .filter(({ name, kind }) => kind === 'folder' && !name.startsWith('.'))
        .map(({ name, id }) => ({ path: path === '' ? name : `${path}/${name}`, id }))
        .filter((folder) => isAsked(folder.path, depth)),
    );
  }
  const entries = await objects.trees(level.map(({ id }) => id));
  const indexes = entries.map((each) => each.find(({ name }) => name === indexName));
  await objects.files(indexes.flatMap((index) => (index?.kind === 'file' ? [index.id] : [])));
  // The clusters of an environment often have the same one.
  const parsed = new Map<string, FolderIndex | string>();
  return level
    .flatMap(({ path: folder }, n) => {
      const found = indexes[n];
      if (found === undefined) return [];
      const { kind, id } = found;
      const index =
        kind === 'file'
          ? (parsed.get(id) ?? parseIndex(objects.bytes(id).toString('utf8')))
          : `is a ${kind}; restore it from git`;
      parsed.set(id, index);
      const [environment, cluster] = folder.split('/');
      return [{ folder, environment, cluster, index, entries: entries[n].filter(({ name }) => name !== indexName) }];
    })
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The files of a folder: what they say, by name. */
export async function filesOfFolder(
  objects: GitObjects,
  { entries }: CommittedFolder,
): Promise<ReadonlyMap<string, string>> {
  const files = entries.filter(({ kind }) => kind === 'file');
  await objects.files(files.map(({ id }) => id));
  return new Map(files.map(({ name, id }) => [name, objects.bytes(id).toString('utf8')]));
}

/** What of a folder is not as it was rendered, a sentence each. */
export function handsOn({ folder, index, entries }: CommittedFolder, files: ReadonlyMap<string, string>): string[] {
  const foreign = entries
    .filter(({ name, kind }) => kind !== 'file' || !Object.hasOwn(index.files, name))
    .map(({ name, kind }) => `'${folder}/${name}' is a ${kind} that no render wrote`);
  const others = Object.keys(index.files).flatMap((name) => {
    const content = files.get(name);
    if (content === undefined) return [`'${folder}/${name}' is missing`];
    return sha256(content) === index.files[name] ? [] : [`'${folder}/${name}' was edited by hand`];
  });
  return [...foreign, ...others];
}
