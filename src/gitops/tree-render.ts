/** What one app renders, without what is in its files: enough to hold it against other renders. */
export interface TreeOutline {
  /** Who owns the folders, `<system>/<app>` for example: a folder indexed for another app is never touched. */
  readonly app: string;

  /**
   * The name that the app's folders have, but for that of its data. The indexes of other folders are not read then.
   * @default - any: every index is read
   */
  readonly folderName?: string;

  /** The environments that this render covers: only there are folders removed that the app no longer renders. */
  readonly environments: readonly string[];

  /** One for each environment, cluster and namespace that the app has objects in. */
  readonly folders: readonly FolderOutline[];
}

/** One app folder, and the names of its files. */
export interface FolderOutline {
  /** Relative to the root, always with `/`. */
  readonly folder: string;

  /** At least one. */
  readonly files: readonly { readonly name: string }[];
}

/** All that one app renders: what its part of the tree should be afterwards. */
export interface TreeRender extends TreeOutline {
  /**
   * What a publish records in the index of each folder beside the facts of the render, as `Publication.source` does for all apps.
   * @default - nothing
   */
  readonly source?: Readonly<Record<string, string>>;

  readonly folders: readonly RenderedFolder[];
}

/** One app folder: `<environment>/<cluster>/<namespace>/<app>`, where `_cluster` stands for no namespace. */
export interface RenderedFolder extends FolderOutline {
  readonly files: readonly RenderedFile[];

  /**
   * Facts that the index records beside the app's name: the version of the library, team, system, the cluster's minor.
   * @default - none
   */
  readonly about?: Readonly<Record<string, string>>;

  /**
   * What the index records of each workload, by `team/name`, as plain data.
   * @default - nothing
   */
  readonly services?: Readonly<Record<string, object>>;
}

/** One file with one object. */
export interface RenderedFile {
  /** `<kind>-<name>.yaml` */
  readonly name: string;

  /** All of it, with its final newline. */
  readonly content: string;
}

/** Letters, digits and what Kubernetes names are made of; a leading dot is kept for the index and for git. */
const part = /^[A-Za-z0-9_][A-Za-z0-9._~+=@-]*$/;

/** What others need of a render to hold it against theirs. */
export function outlineOf({ app, folderName, environments, folders }: TreeRender): TreeOutline {
  return {
    app,
    folderName,
    environments,
    folders: folders.map(({ folder, files }) => ({ folder, files: files.map(({ name }) => ({ name })) })),
  };
}

/** Everything about the render itself that makes it unfit for any tree, whatever is in there. */
export function renderProblems(render: TreeOutline): string[] {
  const problems: string[] = [];
  if (render.folders.length === 0) {
    problems.push('the render is empty; an app renders at least one object (delete its folders by hand to retire it)');
  }
  const spellings = new Spellings();
  const folders = new Set<string>();
  for (const { folder, files } of render.folders) {
    const parts = folder.split('/');
    const unfit = folderProblems(folder);
    problems.push(...unfit);
    if (unfit.length === 0 && !render.environments.includes(parts[0])) {
      const covered = render.environments.join(', ') || 'none';
      problems.push(`folder '${folder}' is outside the environments of this render (${covered}); add '${parts[0]}'`);
    }
    if (folders.has(folder)) {
      problems.push(`folder '${folder}' is rendered twice; merge its files or rename one app`);
    }
    folders.add(folder);
    problems.push(...prefixes(folder).flatMap((prefix) => spellings.clash(prefix)));
    if (files.length === 0) {
      problems.push(`folder '${folder}' has no files; leave it out of the render`);
    }
    const names = new Set<string>();
    for (const { name } of files) {
      const path = `${folder}/${name}`;
      problems.push(...partProblems(name, `file name '${name}' in '${folder}'`));
      if (names.has(name)) {
        problems.push(`file '${path}' is rendered twice; give one object another name`);
      }
      names.add(name);
      problems.push(...spellings.clash(path));
    }
  }
  return problems;
}

/** A folder and all above it, from the top. */
export function prefixes(folder: string): string[] {
  const parts = folder.split('/');
  return parts.map((_, n) => parts.slice(0, n + 1).join('/'));
}

/** Finds paths that are one on a file system that ignores case (macOS, Windows), where one would overwrite the other. */
export class Spellings {
  private readonly known = new Map<string, string>();
  private readonly base: Spellings | undefined;

  /** @param base what counts too, and is not added to */
  constructor(base?: Spellings) {
    this.base = base;
  }

  /** Takes note of `path`, and says so when it is there already in other letters. */
  clash(path: string): string[] {
    const lower = path.toLowerCase();
    const first = this.base?.known.get(lower) ?? this.known.get(lower);
    if (first === undefined) {
      this.known.set(lower, path);
      return [];
    }
    return first === path
      ? []
      : [`'${path}' and '${first}' differ only in case; rename one, some file systems have room for one`];
  }
}

/** Everything that makes `folder` no path of an app folder: it must stay below the root, on any file system. */
export function folderProblems(folder: string): string[] {
  const parts = folder.split('/');
  return parts.length === 4
    ? parts.flatMap((each) => partProblems(each, `'${each}' in folder '${folder}'`))
    : [`folder '${folder}' has ${parts.length} parts; give '<environment>/<cluster>/<namespace>/<app>'`];
}

function partProblems(name: string, where: string): string[] {
  if (!part.test(name)) {
    return [`${where} is no name; begin with a letter, digit or '_' and go on with those or any of . ~ + = @ -`];
  }
  // Both limits are of every common file system: 255 bytes, and no name that Windows alters.
  if (name.length > 255) {
    return [`${where} is ${name.length} characters long; file systems take 255`];
  }
  if (/\.$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)) {
    return [`${where} is a name that Windows keeps for itself or alters; choose another`];
  }
  return [];
}
