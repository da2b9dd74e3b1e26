import { entryOf } from './by-kind';
import { crdIndex, crdKind } from './crd-kinds';
import type { Kind } from './kind';
import type { KindRegistry } from './kind-registry';
import { kubernetesIndex, kubernetesKind, minorsOf } from './kubernetes-kinds';

/** A kind that the package knows, without its schema. */
export type KnownKind = Omit<Kind, 'schema'> & {
  /** The Kubernetes minors that serve it, oldest first; a CRD is served by all. */
  readonly minors: readonly string[];
};

const found = new Map<string, Kind | undefined>();

/**
 * The kind of an object on a cluster, or undefined when a cluster of that minor does not serve it: see
 * {@link minorsServing} for those that do. Beta versions count as served, though a cluster has to switch most of them on;
 * alpha versions don't. Only the schemas that the kind needs are loaded, when they are first used.
 *
 * @param minor Kubernetes minor of the cluster: `'1.34'`
 * @param extra kinds of the platform's own CRDs; they win over the package's
 * @throws Error when there are no schemas for the minor
 */
export function kindOf(apiVersion: string, kind: string, minor: string, extra?: KindRegistry): Kind | undefined {
  const own = extra?.kind(apiVersion, kind, minor);
  if (own) return own;
  const key = `${minor} ${apiVersion} ${kind}`;
  if (!found.has(key)) {
    const { minors } = kubernetesIndex();
    if (!minors.includes(minor)) {
      throw new Error(`no schemas for Kubernetes ${JSON.stringify(minor)}; known are ${minors.join(', ')}`);
    }
    found.set(key, kubernetesKind(apiVersion, kind, minor) ?? crdKind(apiVersion, kind, minor));
  }
  return found.get(key);
}

/** The Kubernetes minors that serve a kind, oldest first: all for a CRD's, none for a kind that is not known. */
export function minorsServing(apiVersion: string, kind: string, extra?: KindRegistry): readonly string[] {
  const { minors, kinds } = kubernetesIndex();
  const own = entryOf(kinds, apiVersion, kind);
  if (own) return minorsOf(own);
  return extra?.has(apiVersion, kind) || entryOf(crdIndex(), apiVersion, kind) ? minors : [];
}

/** Every kind that is known: Kubernetes' own in any minor, the package's CRDs, and the platform's. */
export function knownKinds(extra?: KindRegistry): KnownKind[] {
  const { minors, kinds } = kubernetesIndex();
  const known = new Map<string, KnownKind>();
  const add = (
    apiVersion: string,
    kind: string,
    rest: Pick<KnownKind, 'plural' | 'namespaced' | 'source' | 'minors'>,
  ) => {
    const [version, group = ''] = apiVersion.split('/').reverse();
    known.set(`${apiVersion} ${kind}`, { apiVersion, kind, group, version, ...rest });
  };
  for (const [apiVersion, byKind] of Object.entries(kinds)) {
    for (const [kind, { plural, namespaced, ...entry }] of Object.entries(byKind)) {
      add(apiVersion, kind, {
        plural,
        namespaced,
        source: 'kubernetes',
        minors: minorsOf({ plural, namespaced, ...entry }),
      });
    }
  }
  for (const [apiVersion, byKind] of Object.entries(crdIndex())) {
    for (const [kind, entry] of Object.entries(byKind)) add(apiVersion, kind, { ...entry, source: 'crd', minors });
  }
  for (const { apiVersion, kind, plural, namespaced } of extra?.kinds() ?? []) {
    add(apiVersion, kind, { plural, namespaced, source: 'crd', minors });
  }
  return [...known.values()];
}
