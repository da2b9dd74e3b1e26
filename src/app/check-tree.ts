import type { LimitRangeSpec, ResourceQuotaSpec } from '../../imports/kubernetes';
import { parseObject } from '../gitops/parse-object';
import { readTree, type TreeFolder } from '../gitops/read-tree';
import { treeLinks } from '../gitops/tree-links';
import { agreements } from '../network/agreements';
import type { GraphService } from '../network/call-graph';
import type { Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import { type KubernetesMinor, kubernetesMinors } from '../platform/kubernetes-minor';
import type { PlacedObject, PlainObject } from '../platform/placed-object';
import { kindOf } from '../schema/kinds';
import { validate } from '../schema/validate';
import { demandOf } from '../team/demand';
import { fitProblems } from '../team/fits';
import { asGoldenError } from './as-golden-error';
import { catalogOf } from './indexed-service';

/** What was found in a whole tree, whoever rendered its parts. */
export interface TreeCheck {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** How many app folders, objects and services were checked. */
  readonly counted: { readonly folders: number; readonly objects: number; readonly services: number };
  /** All objects, for what else there is to ask of them. */
  readonly objects: readonly TreeObject[];
}

/** An object of a tree, under the path of its file below the root. */
export interface TreeObject extends PlacedObject {
  readonly environment: string;
  readonly cluster: string;
  /** The team whose app it is of; undefined when the folder does not say. */
  readonly team: string | undefined;
}

/**
 * Checks what no single app can know: that both sides of every call agree, and that the workloads of all apps of a namespace
 * fit its quota. Files that are not as they were rendered, symlinks in the place of folders, and objects that an API server would
 * refuse, are named too.
 *
 * @throws GoldenError when there is no tree, or a write is under way.
 */
export function checkTree(root: string): TreeCheck {
  const folders = asGoldenError(root, () => readTree(root));
  const problems: Problem[] = asGoldenError(root, () => treeLinks(root)).map((path) => ({
    path,
    message: 'is a symlink, so nothing behind it is of the tree or was checked; put the folder itself in its place',
  }));
  const warnings: Problem[] = [];
  const objects: TreeObject[] = [];
  for (const folder of folders) {
    problems.push(...folderProblems(folder));
    for (const { name, content } of folder.files) {
      if (content === undefined || !/\.ya?ml$/.test(name)) continue;
      const path = `${folder.folder}/${name}`;
      const object = parsed(path, content, problems);
      const { environment, cluster, index } = folder;
      const team = typeof index === 'object' ? index.about.team : undefined;
      if (object) objects.push({ object, path, environment, cluster, team });
    }
  }
  const minors = new Map(folders.map((folder) => [placeOf(folder), minorOf(folder)]));
  for (const each of objects) schemaProblems(each, minors.get(placeOf(each)), problems, warnings);
  problems.push(...quotaProblems(objects));
  const services = folders.flatMap(servicesOf);
  const calls = agreements(services, []);
  problems.push(...calls.problems, ...unknownCallees(services));
  warnings.push(...calls.warnings);
  return {
    problems,
    warnings,
    counted: { folders: folders.length, objects: objects.length, services: services.length },
    objects,
  };
}

function placeOf({ environment, cluster }: Pick<TreeFolder, 'environment' | 'cluster'>): string {
  return `${environment}/${cluster}`;
}

/** Files that are not as the index of their folder has them. */
function folderProblems({ folder, index, files, missing }: TreeFolder): Problem[] {
  if (typeof index !== 'object') return [{ path: folder, message: `its index ${index ?? 'is missing'}` }];
  const edited = files.filter(({ state }) => state === 'edited').map(({ name }) => `${name} was edited by hand`);
  const foreign = files.filter(({ state }) => state === 'foreign').map(({ name }) => `${name} is not of the app`);
  const gone = missing.map((name) => `${name} is missing`);
  return [...edited, ...foreign, ...gone].map((what) => ({
    path: folder,
    message: `${what}; render the app ${index.app} again`,
  }));
}

function parsed(path: string, content: string, problems: Problem[]): PlainObject | undefined {
  const { object, problems: unreadable } = parseObject(content);
  problems.push(...unreadable.map(({ line, message }) => ({ path: `${path}:${line}`, message })));
  return object;
}

function minorOf({ index }: TreeFolder): KubernetesMinor | undefined {
  const minor = typeof index === 'object' ? index.about.kubernetes : undefined;
  return kubernetesMinors.find((known) => known === minor);
}

function schemaProblems(
  { object, path }: TreeObject,
  minor: KubernetesMinor | undefined,
  problems: Problem[],
  warnings: Problem[],
): void {
  const kind = minor && kindOf(object.apiVersion, object.kind, minor);
  if (!kind)
    warnings.push({ path, message: `${object.apiVersion} ${object.kind} was not checked: its schema is unknown` });
  else
    for (const { path: field, problem } of validate(object, kind))
      problems.push({ path, message: `${field} ${problem}` });
}

/** What all apps of a namespace need together, against its bounds. */
function quotaProblems(objects: readonly TreeObject[]): Problem[] {
  const namespaces = grouped(
    objects.filter(({ object }) => object.metadata.namespace !== undefined),
    (each) => `${placeOf(each)}/${each.object.metadata.namespace}`,
  );
  return [...namespaces].flatMap(([path, found]) => {
    const members = found.map(({ object }) => object);
    const specOf = (kind: string) => members.find((object) => object.kind === kind)?.spec;
    const quota = specOf('ResourceQuota') as ResourceQuotaSpec | undefined;
    const limitRange = specOf('LimitRange') as LimitRangeSpec | undefined;
    if (!quota && !limitRange) return [];
    const demand = demandOf(members, { limitRange });
    return fitProblems(demand, { quota, limitRange }).map((message) => ({ path, message }));
  });
}

/** The services that the index of a folder records. */
function servicesOf({ folder, index, environment, cluster, namespace = '' }: TreeFolder): GraphService[] {
  if (typeof index !== 'object') return [];
  return catalogOf(index.services).map(({ id, ports, callers, calls }) => ({
    id,
    team: id.split('/')[0],
    ...{ environment, cluster, namespace, ports, callers, calls },
    path: `${folder} ${id}`,
    component: 'service',
    hosts: [],
    egress: [],
  }));
}

/** In a whole tree every service that is called is there. */
function unknownCallees(services: readonly GraphService[]): Problem[] {
  const places = new Set(services.map(({ environment, cluster, id }) => `${environment}/${cluster} ${id}`));
  return services.flatMap(({ environment, cluster, path, calls }) =>
    calls
      .filter(({ to }) => !places.has(`${environment}/${cluster} ${to}`))
      .map(({ to }) => ({ path, message: `calls ${to}, which nothing in ${environment}/${cluster} renders` })),
  );
}
