import { createHash } from 'node:crypto';
import { appFolders } from './app-folders';
import { indexName, sha256 } from './folder-index';
import type { GitEntry, GitObjects } from './git-objects';
import type { TreeSource } from './plan-tree';
import { type EntryKind, type FoundFolder, foundFolder } from './scan-tree';
import { Spellings, type TreeRender } from './tree-render';

/**
 * Reads what a commit's tree holds where a render goes, as `scanTree` does on disk. Only indexes and files that differ from the
 * render are read.
 *
 * @param root id of the tree, undefined where there is no commit yet
 */
export async function scanCommit(
  objects: GitObjects,
  root: string | undefined,
  { environments, folderName, folders: rendered }: TreeRender,
): Promise<TreeSource> {
  const paths = new Map<string, EntryKind>();
  const spellings = new Spellings();
  let level = root === undefined ? [] : [{ path: '', id: root }];
  let found: { path: string; id: string }[] = [];
  for (let depth = 1; depth <= 4; depth++) {
    const trees = await objects.trees(level.map(({ id }) => id));
    const below = level.flatMap(({ path }, n) => within(path, trees[n]));
    for (const { path, kind } of below) {
      paths.set(path, kind);
      spellings.clash(path);
    }
    const folders = below.filter(({ kind }) => kind === 'folder');
    if (depth === 1) level = folders.filter(({ name }) => environments.includes(name));
    else level = folders;
    if (depth === 4)
      found = folders.filter(({ name }) => folderName === undefined || appFolders(folderName).includes(name));
  }
  const entries = await objects.trees(found.map(({ id }) => id));
  const ids = new Map<string, string>();
  found.forEach(({ path }, n) => {
    for (const { name, id } of entries[n]) ids.set(`${path}/${name}`, id);
  });
  const want = new Map(
    rendered.flatMap(({ folder, files }) => files.map(({ name, content }) => [`${folder}/${name}`, content])),
  );
  const same = (file: string, content: string) => ids.get(file) === blobId(content, (ids.get(file) ?? '').length);
  const needed = found.flatMap(({ path }, n) =>
    entries[n]
      .filter(({ kind }) => kind === 'file')
      .map(({ name, id }) => ({ file: `${path}/${name}`, name, id }))
      .filter(({ file, name }) => name === indexName || !want.has(file) || !same(file, want.get(file) as string)),
  );
  await objects.files(needed.map(({ id }) => id));
  const bytes = (file: string) => objects.bytes(ids.get(file) as string);
  const folders = new Map<string, FoundFolder>();
  found.forEach(({ path }, n) => {
    const kinds = new Map(entries[n].map(({ name, kind }) => [name, kind]));
    folders.set(
      path,
      foundFolder(path, kinds, (file) => bytes(file).toString('utf8')),
    );
  });
  return {
    scan: { folders, paths, spellings },
    isContent: same,
    hash: (file) => sha256(bytes(file)),
    text: (file) => bytes(file).toString('utf8'),
  };
}

function within(parent: string, entries: readonly GitEntry[]) {
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ ...entry, path: parent === '' ? entry.name : `${parent}/${entry.name}` }));
}

/** The id that git gives to a file: of 40 digits in most repositories, of 64 in those with SHA-256. */
function blobId(content: string, digits: number): string {
  const bytes = Buffer.from(content);
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
