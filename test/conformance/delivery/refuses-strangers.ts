import type { KubeObject } from '../../../src/dev/api-client';
import type { Finding } from '../report';
import { applications, eventually, stateOf } from './applications';
import type { Delivered } from './delivered';

/** What a team's folder must not bring, by the app that brings it. */
export const strangers: Readonly<Record<string, KubeObject>> = {
  'cluster-role': {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'everything' },
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  },
  quota: {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'more', namespace: 'orders-dev' },
    spec: { hard: { pods: '1000' } },
  },
  access: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'us', namespace: 'orders-dev' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'orders-devs' }],
  },
  elsewhere: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'payments-dev' } },
  application: {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'own', namespace: 'argocd' },
    spec: { project: 'default', destination: {}, source: { repoURL: 'https://example.com/anything' } },
  },
};

/** Somebody of a team pushes what is not the team's: its project refuses each by name, and nothing of it arrives. */
export async function refusesStrangers({ api, repository, play }: Delivered): Promise<Finding> {
  const all = Object.entries(strangers);
  const file = (app: string) => `dev/eu-dev/orders-dev/${app}/object.yaml`;
  await repository.write(Object.fromEntries(all.map(([app, object]) => [file(app), JSON.stringify(object)])));
  const refused = await eventually(
    async () => {
      const live = await applications(api);
      return all
        .map(([app]) => [app, stateOf(live[`orders-dev.${app}`])])
        .filter(([, state]) => !/not permitted in project/.test(state))
        .map(([app, state]) => `${app}: ${state}`);
    },
    180,
    play,
  );
  const arrived: string[] = [];
  for (const [app, object] of all) {
    if ((await api.get(object)) !== undefined) arrived.push(`${app}: ${object.kind} is in the cluster`);
  }
  await repository.write(Object.fromEntries(all.map(([app]) => [file(app), undefined])));
  return {
    counted: `${all.length} objects`,
    problems: [...refused, ...arrived],
  };
}
