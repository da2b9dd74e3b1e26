import type { Construct } from 'constructs';
import { AppProject, type AppProjectSpecNamespaceResourceBlacklist } from '../../imports/argoproj.io';
import type { TeamNamespace } from '../team/team-namespace';
import { confirmedPruning, type DeliveryPlace, deliveryMetadata, waves } from './delivery-place';
import type { DeliveryProps } from './delivery-props';
import { notificationSubscriptions } from './notification-subscriptions';
import { projectRoles } from './project-roles';
import { syncWindows } from './sync-window';

/**
 * Kinds of a namespace that a team's repository never brings. Network policies are not among them, because workloads render some:
 * the API server keeps those that are guard rails.
 */
const denied: readonly AppProjectSpecNamespaceResourceBlacklist[] = [
  { group: '', kind: 'LimitRange' },
  { group: '', kind: 'ResourceQuota' },
  { group: 'argoproj.io', kind: 'AppProject' },
  { group: 'argoproj.io', kind: 'Application' },
  { group: 'argoproj.io', kind: 'ApplicationSet' },
  { group: 'external-secrets.io', kind: 'SecretStore' },
  { group: 'kyverno.io', kind: 'PolicyException' },
  { group: 'policies.kyverno.io', kind: 'PolicyException' },
];

const access: readonly AppProjectSpecNamespaceResourceBlacklist[] = [
  { group: 'rbac.authorization.k8s.io', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
];

/**
 * What bounds the apps of a team: one namespace of one cluster, one repository, no kind that belongs to a cluster, none of the
 * guard rails, and the account that may do no more.
 */
export function teamProject(
  scope: Construct,
  place: DeliveryPlace,
  team: TeamNamespace,
  props: Pick<DeliveryProps, 'syncWindows' | 'notifications'>,
): AppProject {
  const name = place.named(team.name);
  const { gitops } = team;
  return new AppProject(scope, `project-${team.team}`, {
    metadata: deliveryMetadata(place, name, waves.projects, {
      ...confirmedPruning,
      ...notificationSubscriptions(place, team.team, props.notifications),
    }),
    spec: {
      description: `Apps of the team ${team.team} in ${place.environment.name}.`,
      sourceRepos: [place.repoUrl],
      destinations: [{ name: place.cluster, namespace: team.name }],
      // Only here the server may be any: the destinations say which one it is.
      ...(gitops && {
        destinationServiceAccounts: [
          { server: '*', namespace: team.name, defaultServiceAccount: gitops.serviceAccount.name },
        ],
      }),
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: gitops?.rbacRole ? [...denied] : [...denied, ...access],
      roles: projectRoles(name, team),
      orphanedResources: { warn: true },
      ...(props.syncWindows?.length && { syncWindows: syncWindows(props.syncWindows) }),
    },
  });
}
