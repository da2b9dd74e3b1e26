import type { KubeObject } from './api-client';

/** Kinds that source-controller watches beside those that are among the imports. */
const watched = {
  Bucket: 'buckets',
  ExternalArtifact: 'externalartifacts',
  HelmChart: 'helmcharts',
  HelmRepository: 'helmrepositories',
  OCIRepository: 'ocirepositories',
} as const;

/**
 * CRDs, of any fields, of the kinds that Flux has to find served before it starts, although nothing here makes one. Those of what it
 * delivers with are among the imports.
 */
export const fluxCrds: readonly KubeObject[] = Object.entries(watched).map(([kind, plural]) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.source.toolkit.fluxcd.io` },
  spec: {
    group: 'source.toolkit.fluxcd.io',
    scope: 'Namespaced',
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
}));
