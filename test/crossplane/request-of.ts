import type { Api } from '../../src/crossplane/api/api';
import type { Composition } from '../../src/crossplane/composition/composition';
import { type MovedFrom, movedFromAnnotations } from '../../src/crossplane/resource/moved-from';
import type { PlainObject } from '../../src/crossplane/testing';

interface WithDefaults {
  withDefaults(spec: unknown): unknown;
}

/** A request of a composition's API as the cluster holds it: with defaults, the labels that the app gave it, and its uid. */
export function requestOf(made: Composition, spec: object, name = 'orders-db', movedFrom?: MovedFrom): PlainObject {
  const { apiVersion, kind } = made.manifest.spec.compositeTypeRef;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'orders-production',
      uid: '00000000-0000-4000-8000-000000000001',
      ...(movedFrom && { annotations: movedFromAnnotations(movedFrom) }),
      labels: {
        'acme.io/owner': 'orders',
        'acme.io/system': 'commerce',
        'acme.io/environment': 'production',
        'acme.io/cost-center': 'cc-104',
      },
    },
    spec: { ...((made.api as Api & WithDefaults).withDefaults(spec) as object), crossplane: {} },
  };
}
