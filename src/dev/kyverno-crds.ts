import type { KubeObject } from './api-client';

/** Kinds that Kyverno 1.19 watches beside those of its policies, each with the versions that it asks for, the stored one first. */
const watched = [
  { group: 'kyverno.io', kind: 'ClusterPolicy', plural: 'clusterpolicies', versions: ['v1'] },
  { group: 'kyverno.io', kind: 'Policy', plural: 'policies', namespaced: true, versions: ['v1'] },
  { group: 'kyverno.io', kind: 'PolicyException', plural: 'policyexceptions', namespaced: true, versions: ['v2'] },
  { group: 'kyverno.io', kind: 'UpdateRequest', plural: 'updaterequests', namespaced: true, versions: ['v2'] },
  {
    group: 'kyverno.io',
    kind: 'GlobalContextEntry',
    plural: 'globalcontextentries',
    versions: ['v2beta1', 'v2', 'v2alpha1'],
  },
  {
    group: 'reports.kyverno.io',
    kind: 'EphemeralReport',
    plural: 'ephemeralreports',
    namespaced: true,
    versions: ['v1'],
  },
  { group: 'reports.kyverno.io', kind: 'ClusterEphemeralReport', plural: 'clusterephemeralreports', versions: ['v1'] },
];

/**
 * CRDs, of any fields, of the kinds that Kyverno has to find served before it starts, although nothing here makes one. Those of its
 * policies are among the imports.
 */
export const kyvernoCrds: readonly KubeObject[] = watched.map(({ group, kind, plural, namespaced, versions }) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: versions.map((name, i) => ({
      name,
      served: true,
      storage: i === 0,
      subresources: { status: {} },
      schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    })),
  },
}));
