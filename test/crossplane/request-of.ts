import type { Api } from '../../src/crossplane/api/api';
import type { Composition } from '../../src/crossplane/composition/composition';
import { type MovedFrom, movedFromAnnotations } from '../../src/crossplane/resource/moved-from';
import type { PlainObject } from '../../src/crossplane/testing';

interface WithDefaults {
  withDefaults(spec: unknown): unknown;
}

const namespace = 'orders-production';

/**
 * A request of a composition's API as the cluster holds it: with defaults, the labels that the app gave it, and its uid. For
 * Crossplane v1 it is what is composed for the claim, with a name of its own.
 */
export function requestOf(made: Composition, spec: object, name = 'orders-db', movedFrom?: MovedFrom): PlainObject {
  const { apiVersion, kind } = made.manifest.spec.compositeTypeRef;
  const isClaimed = made.target === 'v1';
  return {
    apiVersion,
    kind,
    metadata: {
      ...(isClaimed ? { name: `${name}-x7k2p` } : { name, namespace }),
      uid: '00000000-0000-4000-8000-000000000001',
      ...(movedFrom && { annotations: movedFromAnnotations(movedFrom) }),
      labels: {
        'acme.io/owner': 'orders',
        'acme.io/system': 'commerce',
        'acme.io/environment': 'production',
        'acme.io/cost-center': 'cc-104',
        ...(isClaimed && { 'crossplane.io/claim-name': name, 'crossplane.io/claim-namespace': namespace }),
      },
    },
    spec: {
      ...((made.api as Api & WithDefaults).withDefaults(spec) as object),
      ...(isClaimed ? { claimRef: { apiVersion, kind: made.api.kind, name, namespace } } : { crossplane: {} }),
    },
  };
}

/** Name and namespace of a request, those of its claim with Crossplane v1. */
export function placeOf({ metadata, spec }: PlainObject): { readonly name: string; readonly namespace: string } {
  return spec.claimRef ?? metadata;
}

/** The same request in another place. */
export function movedTo(
  request: PlainObject,
  place: { name: string; namespace: string },
  annotations = {},
): PlainObject {
  const { metadata, spec } = request;
  return spec.claimRef
    ? {
        ...request,
        metadata: { ...metadata, annotations },
        spec: { ...spec, claimRef: { ...spec.claimRef, ...place } },
      }
    : { ...request, metadata: { ...metadata, ...place, annotations } };
}
