import * as fs from 'node:fs';
import * as path from 'node:path';
import { appFolders } from './app-folders';
import { type FolderIndex, indexName, indexText, sha256 } from './folder-index';
import { newerProblem } from './newer-version';
import { type EntryKind, type FoundFolder, type Scan, scanTree } from './scan-tree';
import { prefixes, type RenderedFile, type RenderedFolder, Spellings, type TreeRender } from './tree-render';

/** What a write would do, and why it would refuse to. */
export interface TreePlan {
  /** Each app folder that is rendered or that the app owned so far, sorted by path. */
  readonly folders: readonly FolderPlan[];

  /** Everything that stands against the write, each with what to change; empty when nothing does. */
  readonly problems: readonly string[];
}

/** What a write would do to one app folder. */
export interface FolderPlan {
  /** `<environment>/<cluster>/<namespace>/<app>` */
  readonly folder: string;

  /** A folder is also `changed` when only its index is. */
  readonly change: 'added' | 'changed' | 'removed' | 'unchanged';

  /** Names of files by what happens to them, each list sorted; the index is not among them. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** How a tree is compared and written. */
export interface TreeOptions {
  /**
   * Overwrite files that were edited by hand. Foreign files are refused all the same.
   * @default false
   */
  readonly force?: boolean;

  /**
   * Go back behind a newer version of the library.
   * @default - that of `force`
   */
  readonly older?: boolean;
}

/** A plan of one folder, as far as it says which folders are swapped. */
export interface FolderSwap extends FolderPlan {
  /** Whether a folder is there now, an empty one included. */
  readonly exists: boolean;
}

/** What a person is told of the plan of a folder. */
export function asPlan({ folder, change, added, changed, removed, unchanged }: FolderPlan): FolderPlan {
  return { folder, change, added, changed, removed, unchanged };
}

/** A plan of one folder, with what carrying it out needs. */
export interface FolderChange extends FolderSwap {
  /** Undefined when the folder is removed. */
  readonly rendered?: RenderedFolder;
  readonly indexText?: string;
}

/** What a tree holds at the moment, on disk or in a commit. Files are named by their path below the root. */
export interface TreeSource {
  readonly scan: Scan;

  /** Whether a file's bytes are those of this text. */
  isContent(file: string, content: string): boolean;

  /** The sha256 of a file, in hexadecimal digits. */
  hash(file: string): string;

  /** The text of a file that differs from the render. */
  text(file: string): string;
}

/** What carrying a render out would change, and what stands against it. */
export interface FolderChanges<Change extends FolderSwap = FolderChange> {
  readonly folders: Change[];
  readonly problems: string[];
}

/**
 * Compares renders, without problems of their own, with the tree on disk, which is looked through once; without writing. What they
 * take from each other is another matter ({@link refuseRivals}).
 */
export function planFolders(root: string, renders: readonly TreeRender[], options: TreeOptions): FolderChanges[] {
  const scan = scanFor(root, renders);
  const all = [...scan.folders.values()];
  const named = new Map<string, FoundFolder[]>();
  for (const found of all) {
    const name = lastPart(found.folder);
    named.set(name, [...(named.get(name) ?? []), found]);
  }
  return renders.map((render) => {
    const { folderName } = render;
    const found = folderName === undefined ? all : appFolders(folderName).flatMap((name) => named.get(name) ?? []);
    const own = found.filter(({ folder }) => render.environments.includes(firstPart(folder)));
    const folders = new Map(own.map((each) => [each.folder, each]));
    return planChanges(sourceOf(root, { ...scan, folders }), render, options);
  });
}

const firstPart = (folder: string) => folder.slice(0, folder.indexOf('/'));
const lastPart = (folder: string) => folder.slice(folder.lastIndexOf('/') + 1);

/** What a folder on disk holds where renders go. */
export function sourceOnDisk(root: string, renders: readonly TreeRender[]): TreeSource {
  return sourceOf(root, scanFor(root, renders));
}

function scanFor(root: string, renders: readonly TreeRender[]): Scan {
  const environments = [...new Set(renders.flatMap((render) => render.environments))];
  const names = renders.map(({ folderName }) => folderName);
  const areKnown = (all: readonly (string | undefined)[]): all is readonly string[] => !all.includes(undefined);
  return scanTree(root, environments, areKnown(names) ? new Set(names.flatMap(appFolders)) : undefined);
}

function sourceOf(root: string, scan: Scan): TreeSource {
  return {
    scan,
    isContent: (file, content) => isContent(`${root}/${file}`, content),
    hash: (file) => sha256(fs.readFileSync(`${root}/${file}`)),
    text: (file) => fs.readFileSync(`${root}/${file}`, 'utf8'),
  };
}

/** Compares a render, one without problems of its own, with the tree of a source. */
export function planChanges(
  source: TreeSource,
  render: TreeRender,
  { force = false, older = force }: TreeOptions,
): FolderChanges {
  const { scan } = source;
  const problems = pathProblems(scan, render);
  const changes: FolderChange[] = [];
  const rendered = new Map(render.folders.map((each) => [each.folder, each]));
  const owned = [...scan.folders.values()].filter(({ index }) => typeof index === 'object' && index.app === render.app);
  const names = new Set([...rendered.keys(), ...owned.map(({ folder }) => folder)]);
  for (const folder of [...names].sort()) {
    const want = rendered.get(folder);
    const text = want && indexText(render.app, want);
    const found = scan.folders.get(folder);
    const index = found && ownIndex(found, render.app, problems);
    if (found && !index && found.indexText !== undefined) {
      continue;
    }
    const newer = older || !want ? undefined : newerProblem(folder, index?.about.library, want.about?.library);
    if (newer) {
      problems.push(newer);
    }
    const sorted = index
      ? sortFiles(source, found, index, want?.files ?? [], force, problems)
      : { added: (want?.files ?? []).map(({ name }) => name).sort(), changed: [], removed: [], unchanged: [] };
    const same = sorted.added.length + sorted.changed.length + sorted.removed.length === 0 && found?.indexText === text;
    const change = !want ? 'removed' : !index ? 'added' : same ? 'unchanged' : 'changed';
    changes.push({ folder, change, ...sorted, exists: found !== undefined, rendered: want, indexText: text });
  }
  return { folders: changes, problems };
}

/** What is wrong with the root itself; one that does not exist yet is right. */
export function rootProblems(root: string): string[] {
  const stats = fs.lstatSync(root, { throwIfNoEntry: false });
  if (stats === undefined) {
    return [];
  }
  if (stats.isSymbolicLink()) {
    return [
      `the output folder is a symlink; give the folder that it points to (${path.resolve(path.dirname(root), fs.readlinkSync(root))})`,
    ];
  }
  if (!stats.isDirectory()) {
    return ['the output folder is a file; give a folder, or a path where there is nothing yet'];
  }
  return [];
}

/** A rendered path that leads over something that is no folder, or that differs from a path on disk only in case. */
function pathProblems({ paths, spellings: known }: Scan, render: TreeRender): string[] {
  const problems = new Set<string>();
  const spellings = new Spellings(known);
  for (const { folder } of render.folders) {
    for (const prefix of prefixes(folder)) {
      const kind = paths.get(prefix);
      if (kind !== undefined && kind !== 'folder') {
        problems.add(`'${prefix}' is a ${kind}, the render needs a folder there; move it away`);
      } else if (kind === undefined) {
        for (const clash of spellings.clash(prefix)) {
          problems.add(clash);
        }
      }
    }
  }
  return [...problems];
}

/** The index that makes `found` a folder of `app`; without one, what stands against taking the folder joins `problems`. */
function ownIndex({ folder, index, entries }: FoundFolder, app: string, problems: string[]): FolderIndex | undefined {
  if (typeof index === 'object') {
    if (index.app === app) {
      return index;
    }
    problems.push(`'${folder}' belongs to the app '${index.app}', not to '${app}'; rename this app or retire that one`);
  } else if (typeof index === 'string') {
    problems.push(`'${folder}/${indexName}' ${index}`);
  } else {
    problems.push(...[...entries].map(([name, kind]) => foreign(`${folder}/${name}`, kind)));
  }
  return undefined;
}

/** Sorts the files of a folder by what happens to them; what must not happen joins `problems`. */
function sortFiles(
  source: TreeSource,
  { folder, entries }: FoundFolder,
  index: FolderIndex,
  files: readonly RenderedFile[],
  force: boolean,
  problems: string[],
): Pick<FolderPlan, 'added' | 'changed' | 'removed' | 'unchanged'> {
  const contents = new Map(files.map(({ name, content }) => [name, content]));
  const sorted = { added: [] as string[], changed: [] as string[], removed: [] as string[], unchanged: [] as string[] };
  for (const [name, kind] of entries) {
    const file = `${folder}/${name}`;
    if (!Object.hasOwn(index.files, name)) {
      problems.push(foreign(file, kind));
    } else if (kind !== 'file') {
      problems.push(`'${file}' is a ${kind} in the place of a rendered file; remove it or restore it from git`);
    } else {
      const content = contents.get(name);
      if (content !== undefined && source.isContent(file, content)) {
        sorted.unchanged.push(name);
        continue;
      }
      if (!force && source.hash(file) !== index.files[name]) {
        problems.push(
          `'${file}' was edited by hand; move the change into the app's code, or write with force to lose it`,
        );
      }
      (content === undefined ? sorted.removed : sorted.changed).push(name);
    }
  }
  sorted.added = [...contents.keys()].filter((name) => !entries.has(name)).sort();
  return sorted;
}

function foreign(file: string, kind: EntryKind): string {
  return `'${file}' is a ${kind} that no render wrote; move it out of the app's folder`;
}

/** Compares bytes, which costs less than hashing them; text read leniently is equal only if it holds no replacement character. */
function isContent(file: string, content: string): boolean {
  if (content.includes('\ufffd')) {
    return fs.readFileSync(file).equals(Buffer.from(content));
  }
  return fs.readFileSync(file, 'utf8') === content;
}
