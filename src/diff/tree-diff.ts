import { newerProblem } from '../gitops/newer-version';
import { parseObject } from '../gitops/parse-object';
import type { TreeSource } from '../gitops/plan-tree';
import type { RenderedFolder, TreeRender } from '../gitops/tree-render';
import type { Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import { type KubernetesMinor, kubernetesMinors } from '../platform/kubernetes-minor';
import type { PlainObject } from '../platform/placed-object';
import type { KindRegistry } from '../schema/kind-registry';
import { diffObjects, type JudgedChange } from './diff-objects';
import type { PlatformKnowledge } from './risks/risk-rule';

/** What a render changes on one cluster of an environment. */
export interface PlaceDiff {
  readonly environment: string;
  readonly cluster: string;
  /** Sorted by namespace, name and kind; empty when nothing differs. */
  readonly changes: readonly JudgedChange[];
}

/** What a render changes in a tree. */
export interface TreeDiff {
  /** Each place that the render or the tree has, by environment in the order of the render, then by cluster. */
  readonly places: readonly PlaceDiff[];
  /** Files that could not be compared. */
  readonly problems: readonly Problem[];
  /** Folders that a newer version of the library wrote: what it changed is told, but may not be written. */
  readonly warnings: readonly Problem[];
}

/** What a comparison has to know beyond the two trees. */
export interface DiffContext {
  /** Kinds of the platform's own CRDs. @default - none */
  readonly kinds?: KindRegistry;
  readonly known: PlatformKnowledge;
}

/**
 * Compares what an app renders with a tree, object by object: what writing it would change for each cluster. Files whose bytes are
 * the same are not read as objects, and those of others, or that no render wrote, are not looked at.
 */
export function diffTree(render: TreeRender, source: TreeSource, { kinds, known }: DiffContext): TreeDiff {
  const rendered = new Map(render.folders.map((each) => [each.folder, each]));
  const owned = [...source.scan.folders.values()].filter(
    ({ index }) => typeof index === 'object' && index.app === render.app,
  );
  const names = [...new Set([...rendered.keys(), ...owned.map(({ folder }) => folder)])].sort();
  const problems: Problem[] = [];
  const folders = names.map((folder) => differing(folder, rendered.get(folder), source, render.app, problems));
  const warnings = owned.flatMap(({ folder, index }) => {
    const was = typeof index === 'object' ? index.about.library : undefined;
    const message = newerProblem(folder, was, rendered.get(folder)?.about?.library);
    return message === undefined ? [] : [{ path: folder, message }];
  });
  const places = grouped(folders, ({ place }) => place);
  const order = (place: string) => render.environments.indexOf(place.split('/')[0]);
  return {
    problems,
    warnings,
    places: [...places]
      .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
      .map(([place, members]) => {
        const [environment, cluster] = place.split('/');
        const minor = members.map((each) => each.minor).find((each) => each !== undefined);
        const all = (side: 'before' | 'after') => members.flatMap((each) => each[side]);
        return { environment, cluster, changes: diffObjects(all('before'), all('after'), { minor, kinds }, known) };
      }),
  };
}

/** The objects of a folder whose files are not the same in a tree and in a render. */
interface DifferingObjects {
  /** Environment and cluster. */
  readonly place: string;
  readonly minor: KubernetesMinor | undefined;
  readonly before: readonly PlainObject[];
  readonly after: readonly PlainObject[];
}

function differing(
  folder: string,
  rendered: RenderedFolder | undefined,
  source: TreeSource,
  app: string,
  problems: Problem[],
): DifferingObjects {
  const found = source.scan.folders.get(folder);
  const index = typeof found?.index === 'object' && found.index.app === app ? found.index : undefined;
  // Whose folder it is can't be told then, nor what is in it.
  if (rendered && typeof found?.index === 'string')
    problems.push({ path: folder, message: `its index ${found.index}` });
  const contents = new Map(rendered?.files.map(({ name, content }) => [name, content]));
  // What no render wrote is nothing that this one changes.
  const there = Object.keys(index?.files ?? {}).filter((name) => found?.entries.get(name) === 'file');
  const isSame = (name: string) => {
    const content = contents.get(name);
    return content !== undefined && source.isContent(`${folder}/${name}`, content);
  };
  const same = new Set(there.filter(isSame));
  const about = rendered?.about ?? index?.about ?? {};
  return {
    place: folder.split('/').slice(0, 2).join('/'),
    minor: kubernetesMinors.find((minor) => minor === about.kubernetes),
    before: there
      .filter((name) => !same.has(name))
      .flatMap((name) => objectIn(`${folder}/${name}`, source.text(`${folder}/${name}`), problems)),
    after: [...contents]
      .filter(([name]) => !same.has(name))
      .flatMap(([name, content]) => objectIn(`${folder}/${name}`, content, problems)),
  };
}

function objectIn(path: string, content: string, problems: Problem[]): PlainObject[] {
  const { object } = parseObject(content);
  if (typeof object?.metadata.name === 'string') return [object];
  problems.push({ path, message: 'is no Kubernetes object, so nothing can be compared with it; render it again' });
  return [];
}
