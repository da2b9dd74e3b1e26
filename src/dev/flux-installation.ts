import type { KubeObject } from './api-client';

/** The namespace that Flux runs in. */
export const fluxNamespace = 'flux-system';

/** Groups whose CRDs, beside `fluxCrds`, have to be served before Flux starts. */
export const fluxGroups = ['kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'] as const;

/** The accounts that its controllers run with. */
export const fluxAccounts = { source: 'source-controller', kustomize: 'kustomize-controller' } as const;

const reads = ['get', 'list', 'watch'];
const rbac = 'rbac.authorization.k8s.io';

/**
 * What an installation of Flux brings beside its programs: its namespace, and an account for each controller. As `flux install` does it,
 * the one that applies is an administrator, which is how it takes on the accounts of teams.
 */
export const fluxInstallation: readonly KubeObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: fluxNamespace } },
  ...Object.values(fluxAccounts).map((name) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: fluxNamespace },
  })),
  {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'flux-source-controller' },
    rules: [
      { apiGroups: ['source.toolkit.fluxcd.io'], resources: ['*'], verbs: ['*'] },
      { apiGroups: [''], resources: ['configmaps', 'secrets', 'serviceaccounts'], verbs: reads },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ],
  },
  bound(fluxAccounts.source, 'flux-source-controller'),
  bound(fluxAccounts.kustomize, 'cluster-admin'),
];

function bound(account: string, role: string): KubeObject {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: `flux-${account}` },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: fluxNamespace }],
  };
}
