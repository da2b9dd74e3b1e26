import type { StructuralSchema } from './structural-schema';

/** One version of an API. */
export interface ApiVersion {
  /** `v1`, `v1beta1`. */
  readonly name: string;
  /** Whether the API server takes and gives requests of this version. */
  readonly served: boolean;
  /** Whether requests are stored in this version and compositions fulfil it; true for exactly one. */
  readonly referenceable: boolean;
  /** What users of the version are told when it is going away; undefined while it stays. */
  readonly deprecated?: string;
  /** What a request holds, as the author declared it: without the fields that Crossplane adds to `spec` and `status`. */
  readonly schema: {
    readonly spec: StructuralSchema;
    readonly status: StructuralSchema;
  };
}

/** One key of the connection contract. */
export interface ConnectionKey {
  /** What the value is. */
  readonly description: string;
}

/**
 * A self-service API: the one description that its XRD, its requests, its compositions and its documentation come from.
 *
 * @typeParam Spec what a request in the cluster holds, defaults filled in, in the referenceable version
 * @typeParam Status what a composition reports, without the conditions that Crossplane writes
 * @typeParam Key the keys of the connection contract
 */
// biome-ignore lint/suspicious/noExplicitAny: `Api` alone stands for any API
export interface Api<Spec = any, Status = any, Key extends string = string> {
  readonly group: string;
  readonly kind: string;
  /** Lower-case plural: the name in URLs and the first part of the XRD's name. */
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** What the API offers, in Markdown. */
  readonly description: string;
  /** Every version, newest first as they were declared. */
  readonly versions: readonly ApiVersion[];
  /** The version that is stored, and that compositions fulfil. */
  readonly referenceable: ApiVersion;
  /** What every backend puts into the connection Secret, whatever fulfils the request. */
  readonly connection: Readonly<Record<Key, ConnectionKey>>;
  /**
   * The API that its requests ask access to. Their `spec.resource.name` never changes.
   * @default - its requests ask for something of their own
   */
  readonly accessTo?: { readonly group: string; readonly kind: string };
  /** Longest name that a request may have, in characters: 63 or less. */
  readonly maxNameLength: number;
  /** Never there: carries the types, so that `Api<infer Spec, infer Status>` works. */
  readonly types?: { readonly spec: Spec; readonly status: Status };
}
