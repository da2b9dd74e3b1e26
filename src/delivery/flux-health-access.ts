import type { Construct } from 'constructs';
import { Role, RoleBinding } from '../../imports/kubernetes';
import { readVerbs } from '../team/roles';
import type { TeamNamespace } from '../team/team-namespace';
import { guardRailLabel } from '../team/team-place';
import type { DeliveryPlace } from './delivery-place';

/**
 * Lets the account that applies a team's manifests see what becomes of them. Argo CD looks with an account of its own; Flux looks with
 * this one, at the Pods of each StatefulSet and the ReplicaSets and Pods of each Deployment, and would wait for them in vain.
 */
export function fluxHealthAccess(scope: Construct, { platform }: DeliveryPlace, team: TeamNamespace): void {
  const account = team.gitops?.serviceAccount.name;
  if (account === undefined) return;
  const name = `${account}-health`;
  const metadata = { name, namespace: team.name, labels: guardRailLabel(platform) };
  new Role(scope, `health-role-${team.team}`, {
    metadata,
    rules: [
      { apiGroups: [''], resources: ['pods'], verbs: [...readVerbs] },
      { apiGroups: ['apps'], resources: ['replicasets'], verbs: [...readVerbs] },
    ],
  });
  new RoleBinding(scope, `health-role-binding-${team.team}`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: team.name }],
  });
}
