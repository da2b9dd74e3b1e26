import { byCodeUnit, type Schema } from './json-schema';
import { type DefinedKind, type Definitions, reachable } from './kubernetes-definitions';
import { isNamespaced, pluralOf } from './kubernetes-scope';

/** One minor, ready to be merged with the others. */
export interface Minor {
  readonly minor: string;
  readonly definitions: Definitions;
  readonly kinds: readonly DefinedKind[];
}

/** A kind in the index: where its definition is, and the minors that serve it. */
interface IndexedKind {
  definition: string;
  plural: string;
  namespaced: boolean;
  /** The first and the last minor that serve it. */
  minors: [string, string];
}

/** What validation loads first: minors, and kinds by apiVersion and kind. */
interface KubernetesIndex {
  minors: string[];
  kinds: Record<string, Record<string, IndexedKind>>;
}

/** The variants of a definition, each keyed by the minor it begins with; null where the definition ended. */
type Variants = Record<string, Schema | null>;

/**
 * The definitions of all minors as files: `index.json`, and one file per group and version (`core.v1.json`). A
 * definition is stored once for a run of minors in which it does not change, so seven minors cost little more than one.
 */
export function kubernetesData(minors: readonly Minor[]): Map<string, unknown> {
  const files = new Map<string, unknown>([['index.json', kubernetesIndex(minors)]]);
  const groups = new Map<string, Record<string, Variants>>();
  const kept = minors.map(({ definitions, kinds }) =>
    reachable(
      kinds.filter(({ group, kind }) => isNamespaced(group, kind) !== undefined).map(({ definition }) => definition),
      definitions,
    ),
  );

  for (const name of [...new Set(kept.flatMap((names) => [...names]))].sort(byCodeUnit)) {
    const split = name.lastIndexOf('.');
    const group = groups.get(name.slice(0, split)) ?? {};
    groups.set(name.slice(0, split), group);
    group[name.slice(split + 1)] = variants(
      minors.map(({ minor, definitions }, i) => [minor, kept[i].has(name) ? definitions[name] : undefined]),
    );
  }
  for (const [group, definitions] of groups) files.set(`${group}.json`, definitions);
  return files;
}

function variants(schemas: readonly (readonly [minor: string, schema: Schema | undefined])[]): Variants {
  const found: Variants = {};
  let last: string | undefined;
  for (const [minor, schema] of schemas) {
    const text = schema && JSON.stringify(schema);
    if (text !== last) found[minor] = schema ?? null;
    last = text;
  }
  return found;
}

function kubernetesIndex(minors: readonly Minor[]): KubernetesIndex {
  const kinds: KubernetesIndex['kinds'] = {};
  for (const { minor, kinds: defined } of minors) {
    for (const { group, version, kind, definition } of defined) {
      const namespaced = isNamespaced(group, kind);
      if (namespaced === undefined) continue;
      const apiVersion = group ? `${group}/${version}` : version;
      kinds[apiVersion] ??= {};
      kinds[apiVersion][kind] ??= { definition, plural: pluralOf(kind), namespaced, minors: [minor, minor] };
      kinds[apiVersion][kind].minors[1] = minor;
    }
  }
  return {
    minors: minors.map(({ minor }) => minor),
    kinds: Object.fromEntries(
      Object.entries(kinds)
        .sort(([a], [b]) => byCodeUnit(a, b))
        .map(([apiVersion, byKind]) => [
          apiVersion,
          Object.fromEntries(Object.entries(byKind).sort(([a], [b]) => byCodeUnit(a, b))),
        ]),
    ),
  };
}
