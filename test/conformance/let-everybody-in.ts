import type { ApiClient } from '../../src/dev/api-client';

/** Allows everything to everybody, so that rules alone say no to a user. */
export async function letEverybodyIn(api: ApiClient): Promise<void> {
  await api.ensure({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'everybody' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' }],
  });
}
