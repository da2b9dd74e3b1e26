import type { ObjectMeta } from '../../../imports/kubernetes';
import type { Api } from '../api/api';
import type { ConnectionSource } from './connection';
import type { Patch } from './patch-and-transform';
import type { Readiness } from './readiness';
import type { Input, ObjRef } from './reference-types';

/** A class of `imports/`, or anything that leads to the type of a whole object as one does. */
export interface ComposableKind<Namespaced extends boolean = boolean> {
  /** A request of Crossplane v2 lives in a namespace, so what it is composed of does too; one of v1 does not. */
  readonly GVK: { readonly apiVersion: string; readonly kind: string; readonly namespaced: Namespaced };
  readonly manifest?: object;
}

/** The type of a whole object of a kind. */
export type ManifestOf<K extends ComposableKind> = NonNullable<K['manifest']>;

/** What a composition says of an object's metadata; the namespace is always the request's. */
export interface ComposedMetadata {
  /**
   * Name of the object.
   * @default - the name of the request and a suffix that Crossplane makes
   */
  readonly name?: Input<string>;
  readonly labels?: Input<Record<string, string>>;
  readonly annotations?: Input<Record<string, string>>;
}

/** The fields of an object, each a value or a reference. */
export type BodyOf<M> = {
  readonly [F in keyof M as Exclude<F, 'apiVersion' | 'kind' | 'status'>]: F extends 'metadata'
    ? ComposedMetadata
    : Input<M[F]>;
};

/** A composed resource; its fields are references, to what the composition sets or to what is observed. */
export type Handle<M> = ObjRef<M>;

/** What is said of a composed resource beside its fields. */
export interface AddOptions<M> {
  /**
   * When it counts as ready. Where function-auto-ready knows when a kind is ready, it can only be ready earlier.
   * @default - by its kind: the condition Ready of managed resources
   */
  readonly ready?: (self: Handle<M>) => Readiness;
  /**
   * Name of the thing outside of the cluster, where the provider lets it be chosen. It can never change.
   * @default - the provider's choice: mostly the object's name, or an id that the cloud gives
   */
  readonly externalName?: Input<string>;
  /**
   * What becomes of the thing outside of the cluster when the request is deleted.
   * @default - orphaned when it holds data or when an orphaned resource refers to it, else deleted
   */
  readonly onDelete?: 'delete' | 'orphan';
  /**
   * Resources that must outlive this one: their deletion waits until it is gone.
   * @default - none: all are deleted at once
   */
  readonly dependsOn?: readonly object[];
  /**
   * Patches written out, for what the builder cannot say. They run after all others; nothing checks their paths.
   * @default - none
   */
  readonly patches?: readonly Patch[];
}

/** What a request of an API may ask for: what has a default may be left out. */
export type RequestInput<A extends Api> = A extends { withDefaults(spec: infer In): unknown }
  ? In
  : NonNullable<A['types']>['spec'];

/** A request of another API, as an object. */
export interface RequestBody<A extends Api> {
  readonly metadata?: ComposedMetadata;
  readonly spec: { readonly [F in keyof RequestInput<A>]: Input<RequestInput<A>[F]> };
}

/** The manifest of a request of an API. */
export type RequestOf<A extends Api> = RequestManifest<
  NonNullable<A['types']>['spec'],
  NonNullable<A['types']>['status']
>;

/** The request, as a composition sees it. */
export interface RequestManifest<Spec, Status> {
  readonly metadata: Pick<ObjectMeta, 'labels' | 'annotations' | 'uid'> & {
    readonly name: string;
    readonly namespace: string;
  };
  readonly spec: Spec;
  /** What was reported by the run before. */
  readonly status: Status;
}

/** What a composition owes to its API. */
export type Report<Status, Key extends string> = ([Key] extends [never]
  ? { readonly connection?: undefined }
  : {
      /** For each key of the contract, where this backend has it from. */
      readonly connection: { readonly [K in Key]: ConnectionSource };
    }) &
  (Partial<Status> extends Status
    ? {
        /** @default - nothing is reported */
        readonly status?: Input<Status>;
      }
    : { readonly status: Input<Status> });

declare const reported: unique symbol;

/** The proof that a composition gave what its API promises. */
export interface Reported {
  readonly [reported]: true;
}
