import { type ByKind, entryOf } from './by-kind';
import { readDataFile } from './data-file';
import type { Kind } from './kind';
import { withLimits } from './kubernetes-limits';
import type { Schema } from './schema';
import { nodeOf, type SchemaNode, type SchemaScope } from './schema-node';

/** A kind of Kubernetes' own groups: where its definition is, and the first and last minor that serve it. */
export interface KubernetesKind {
  readonly definition: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly minors: readonly [first: string, last: string];
}

interface KubernetesIndex {
  readonly minors: readonly string[];
  readonly kinds: ByKind<KubernetesKind>;
}

/** The definitions of a group and version: for each, its schema by the minor it begins with, null where it ended. */
type GroupDefinitions = Readonly<Record<string, Readonly<Record<string, Schema | null>>>>;

let index: KubernetesIndex | undefined;
const groups = new Map<string, GroupDefinitions>();
const scopes = new Map<string, SchemaScope>();

/** The kinds of Kubernetes' own groups in any minor, and the minors that there are schemas for. */
export function kubernetesIndex(): KubernetesIndex {
  index ??= readDataFile('kubernetes/index.json') as KubernetesIndex;
  return index;
}

/** The minors that serve a kind, oldest first. */
export function minorsOf({ minors: [first, last] }: KubernetesKind): string[] {
  const { minors } = kubernetesIndex();
  return minors.slice(minors.indexOf(first), minors.indexOf(last) + 1);
}

/** A kind as a minor serves it, or undefined when it does not. */
export function kubernetesKind(apiVersion: string, kind: string, minor: string): Kind | undefined {
  const found = entryOf(kubernetesIndex().kinds, apiVersion, kind);
  if (!found || !minorsOf(found).includes(minor)) return undefined;
  const [version, group = ''] = apiVersion.split('/').reverse();
  const { plural, namespaced, definition } = found;
  const scope = kubernetesScope(minor);
  return {
    apiVersion,
    kind,
    group,
    version,
    plural,
    namespaced,
    source: 'kubernetes',
    get schema(): SchemaNode {
      return scope.resolve(definition);
    },
  };
}

/** The schema of `metadata`, which is the same for every kind. */
export function objectMeta(minor: string): Schema {
  return definition('meta.v1.ObjectMeta', minor);
}

/** The definitions of a minor, each made ready when it is first referred to. */
export function kubernetesScope(minor: string): SchemaScope {
  const known = scopes.get(minor);
  if (known) return known;
  const nodes = new Map<string, SchemaNode>();
  const scope: SchemaScope = {
    nullIsAbsent: true,
    objectMeta: () => objectMeta(minor),
    resolve(ref) {
      const node = nodes.get(ref) ?? nodeOf(definition(ref, minor), scope);
      nodes.set(ref, node);
      return node;
    },
  };
  scopes.set(minor, scope);
  return scope;
}

/** The schema of a definition in a minor: the newest variant that began in it or before. */
export function definition(name: string, minor: string): Schema {
  const split = name.lastIndexOf('.');
  const file = name.slice(0, split);
  const group = groups.get(file) ?? (readDataFile(`kubernetes/${file}.json`) as GroupDefinitions);
  groups.set(file, group);
  const variants = group[name.slice(split + 1)] ?? {};
  const { minors } = kubernetesIndex();
  for (let i = minors.indexOf(minor); i >= 0; i--) {
    const schema = variants[minors[i]];
    if (schema === null) break;
    if (schema) return withLimits(name, minor, schema);
  }
  throw new Error(`kubernetes ${minor} has no definition ${name}`);
}
