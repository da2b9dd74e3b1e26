import { prefixes, Spellings, type TreeOutline } from './tree-render';

/** Adds to the problems of each render what an earlier one of the same write takes from it. One with problems takes nothing. */
export function refuseRivals(renders: readonly TreeOutline[], plans: readonly { readonly problems: string[] }[]): void {
  const taken = new Map<string, string>();
  const spellings = new Spellings();
  renders.forEach((render, n) => {
    const { problems } = plans[n];
    const paths = [...new Set(render.folders.flatMap(({ folder }) => prefixes(folder)))];
    const clashes = new Spellings(spellings);
    const found = [...sharedFolders(render, taken), ...paths.flatMap((path) => clashes.clash(path))];
    // What the tree spells otherwise, it has been told already.
    problems.push(...found.filter((problem) => !problems.includes(problem)));
    if (problems.length > 0) return;
    for (const { folder } of render.folders) taken.set(folder, render.app);
    for (const path of paths) spellings.clash(path);
  });
}

/** Folders of a render that an earlier one has taken. */
export function sharedFolders({ app, folders }: TreeOutline, taken: ReadonlyMap<string, string>): string[] {
  return folders
    .filter(({ folder }) => taken.has(folder))
    .map(({ folder }) => `'${folder}' is rendered by both '${taken.get(folder)}' and '${app}'; rename one`);
}
