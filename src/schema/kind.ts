import type { SchemaNode } from './schema-node';

/** A kind that some API server serves: how it is addressed, and what its objects look like. */
export interface Kind {
  /** Group and version as manifests write them: `'apps/v1'`, `'v1'`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** The name in URLs: `'deployments'`. */
  readonly plural: string;
  /** Whether objects live in a namespace. */
  readonly namespaced: boolean;
  /** Whether the kind is Kubernetes' own or comes from a CRD. */
  readonly source: 'kubernetes' | 'crd';
  /** The schema of a whole object. */
  readonly schema: SchemaNode;
}
