import { type ByKind, entryOf } from './by-kind';
import { readDataFile } from './data-file';
import type { Kind } from './kind';
import { kubernetesScope, objectMeta } from './kubernetes-kinds';
import type { Schema } from './schema';
import { SchemaNode, type SchemaScope } from './schema-node';

/** A CustomResourceDefinition of `apiextensions.k8s.io/v1`, as far as its kinds and schemas go. */
export interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly scope: string;
    readonly versions: readonly CrdVersion[];
  };
}

/** One version of a CRD. */
export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema?: { readonly openAPIV3Schema?: Schema };
}

/** Which CRDs the package has: plural and scope, by apiVersion and kind. */
type CrdIndex = ByKind<{ readonly plural: string; readonly namespaced: boolean }>;

let index: CrdIndex | undefined;

/** The kinds of the package's own CRDs, every served version. */
export function crdIndex(): CrdIndex {
  index ??= readDataFile('crds/index.json') as CrdIndex;
  return index;
}

/** A kind of the package's own CRDs, or undefined when none defines it. */
export function crdKind(apiVersion: string, kind: string, minor: string): Kind | undefined {
  const found = entryOf(crdIndex(), apiVersion, kind);
  if (!found) return undefined;
  const group = apiVersion.split('/')[0];
  return kindOfCrd(() => readDataFile(`crds/${group}/${found.plural}.json`) as Crd, apiVersion, kind, found, minor);
}

/**
 * A kind that a CRD defines. The schema is read when it is first needed.
 *
 * @param minor whose ObjectMeta the objects' metadata is checked with
 */
export function kindOfCrd(
  crd: () => Crd,
  apiVersion: string,
  kind: string,
  { plural, namespaced }: { readonly plural: string; readonly namespaced: boolean },
  minor: string,
): Kind {
  const [group, version] = apiVersion.split('/');
  let node: SchemaNode | undefined;
  return {
    apiVersion,
    kind,
    group,
    version,
    plural,
    namespaced,
    source: 'crd',
    get schema(): SchemaNode {
      node ??= rootNode(crd(), version, minor);
      return node;
    },
  };
}

/** The schema of a whole object of a CRD: its own fields, and the metadata that every object has. */
function rootNode(crd: Crd, version: string, minor: string): SchemaNode {
  const schema = crd.spec.versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema;
  const scope: SchemaScope = {
    nullIsAbsent: false,
    objectMeta: () => ({ $ref: 'meta.v1.ObjectMeta' }),
    resolve: (ref) => kubernetesScope(minor).resolve(ref),
  };
  const narrowed = schema?.properties?.metadata?.properties !== undefined;
  return new SchemaNode(
    { type: 'object', ...schema, 'x-kubernetes-embedded-resource': true },
    // An allOf cannot stand beside a reference, so a CRD that narrows metadata gets the definition itself.
    narrowed ? { ...scope, objectMeta: () => objectMeta(minor) } : scope,
  );
}
