import { type Crd, kindOfCrd } from './crd-kinds';
import type { Kind } from './kind';

/** A kind of a registry, without its schema. */
interface RegisteredKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly crd: Crd;
}

/** The kinds of a platform's own CRDs. It is handed to the functions that look kinds up; nothing is global. */
export class KindRegistry {
  private readonly registered = new Map<string, RegisteredKind>();
  private readonly found = new Map<string, Kind>();

  /**
   * @param crds CustomResourceDefinitions of `apiextensions.k8s.io/v1`; of two that define the same kind the later wins
   */
  constructor(crds: readonly Crd[]) {
    for (const crd of crds) {
      const { group, names, scope, versions } = crd.spec;
      for (const version of versions.filter(({ served }) => served)) {
        const apiVersion = `${group}/${version.name}`;
        const namespaced = scope === 'Namespaced';
        const { kind, plural } = names;
        this.registered.set(`${apiVersion} ${kind}`, { apiVersion, kind, plural, namespaced, crd });
      }
    }
  }

  /** The kind of an object, or undefined when no CRD of the registry serves it. */
  kind(apiVersion: string, kind: string, minor: string): Kind | undefined {
    const entry = this.registered.get(`${apiVersion} ${kind}`);
    if (!entry) return undefined;
    const key = `${minor} ${apiVersion} ${kind}`;
    const known = this.found.get(key) ?? kindOfCrd(() => entry.crd, apiVersion, kind, entry, minor);
    this.found.set(key, known);
    return known;
  }

  /** Whether a CRD of the registry serves a kind. */
  has(apiVersion: string, kind: string): boolean {
    return this.registered.has(`${apiVersion} ${kind}`);
  }

  /** All kinds of the registry. */
  kinds(): Omit<RegisteredKind, 'crd'>[] {
    return [...this.registered.values()].map(({ crd: _, ...kind }) => kind);
  }
}

/** The kinds that a platform's CRDs add; undefined where they add none, so that whoever looks kinds up need not. */
export function kindsOfCrds(crds: readonly object[]): KindRegistry | undefined {
  return crds.length > 0 ? new KindRegistry(crds as readonly Crd[]) : undefined;
}
