import type { StrRef } from '../src/crossplane/composition/reference-types';

/** A composite resource of Crossplane v1, as far as it knows whose claim it is. */
interface ClaimedRequest {
  readonly metadata: { readonly annotations: Readonly<Record<string, StrRef>> };
  readonly spec: { readonly claimRef: { readonly name: StrRef; readonly namespace: StrRef } };
}

/**
 * Name and namespace of a claim, with its annotations: what names in the cloud are made from. They are those that Crossplane v2
 * makes from the same request, so that it finds what is there when a platform moves on.
 */
export function claimedPlace({ metadata: { annotations }, spec: { claimRef } }: ClaimedRequest) {
  return { name: claimRef.name, namespace: claimRef.namespace, annotations };
}
