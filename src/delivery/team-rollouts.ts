import type { Construct } from 'constructs';
import { Application, AppProject } from '../../imports/argoproj.io';
import type { RolloutSteps } from '../platform/rollout-steps';
import type { TeamNamespace } from '../team/team-namespace';
import {
  confirmedPruning,
  type DeliveryPlace,
  deliveryMetadata,
  inCluster,
  inOtherCluster,
  waves,
} from './delivery-place';
import { ownerLabels } from './notification-subscriptions';
import { lookingRole } from './project-roles';
import { type PinnedApplication, pinnedSource } from './rollout-program';
import { cascade, syncPolicy } from './sync-policy';
import { applicationName, applicationSpec } from './team-applications';

/** What brings the apps of a team from cluster to cluster. */
export interface TeamRollouts {
  /** What bounds the roll-outs: they make Applications, and nothing else. */
  readonly project: AppProject;
  /** One for each app: makes its Application in each cluster, and changes one only when those of the step before are healthy. */
  readonly applications: readonly Application[];
}

/**
 * Has the apps of a team reach one cluster after the other. The Applications of an app are pinned to a commit, and the pins are what
 * moves: a cluster whose turn has not come has nothing that it could sync. They are moved by one Application for each app, whose waves are
 * the steps, and Argo CD begins a wave when the one before is healthy.
 *
 * It is in the home of the environment, because there is one of it.
 */
export function teamRollouts(
  scope: Construct,
  place: DeliveryPlace,
  team: TeamNamespace,
  { apps, steps, wave }: { readonly apps: readonly string[]; readonly steps: RolloutSteps; readonly wave: number },
): TeamRollouts {
  const project = rolloutProject(scope, place, team);
  const applications = apps.map(
    (app) =>
      new Application(scope, `rollout-${team.team}-${app}`, {
        metadata: {
          ...deliveryMetadata(place, `${team.name}.${app}`, wave, confirmedPruning),
          finalizers: [cascade],
        },
        spec: {
          project: team.name,
          source: {
            ...place.source(''),
            ...pinnedSource(
              steps.flatMap((clusters, step) => clusters.map((to) => pinned(place, team, app, to, step))),
            ),
          },
          destination: { name: inCluster, namespace: place.namespace },
          // A commit that changes nothing of the app moves no pin; one that does moves all of them, step by step.
          ignoreDifferences: [
            { group: 'argoproj.io', kind: 'Application', jsonPointers: ['/spec/source/targetRevision'] },
          ],
          syncPolicy: rolloutPolicy(),
        },
      }),
  );
  return { project, applications };
}

function pinned(place: DeliveryPlace, team: TeamNamespace, app: string, to: string, step: number): PinnedApplication {
  const there = inOtherCluster(place, to);
  const folder = `${there.folder}/${team.name}/${app}`;
  const name = applicationName(there, team, app);
  const spec = applicationSpec(there, team, folder);
  const object = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      ...deliveryMetadata(there, name, step, confirmedPruning),
      name,
      labels: ownerLabels(there, team.team),
      finalizers: [cascade],
    },
    spec: { ...spec, syncPolicy: syncPolicy({ promotion: 'auto' }) },
  };
  return { object, folder };
}

/**
 * A roll-out that is held by a cluster is tried again until it is healthy, each time with what was committed meanwhile: what mends
 * the cluster is brought to it. Pins are no difference to compare, and are set all the same.
 */
function rolloutPolicy() {
  const { automated, retry } = syncPolicy({ promotion: 'auto' });
  return {
    automated,
    retry: { ...retry, limit: -1, backoff: { duration: '10s', factor: 2, maxDuration: '1m' } },
    syncOptions: ['ServerSideApply=true'],
  };
}

/** Who may sync a roll-out could sync it at a commit of their own, which makes any Application: so teams only look. */
function rolloutProject(scope: Construct, place: DeliveryPlace, team: TeamNamespace): AppProject {
  return new AppProject(scope, `rollout-project-${team.team}`, {
    metadata: deliveryMetadata(place, team.name, waves.projects, confirmedPruning),
    spec: {
      description: `Roll-outs of the team ${team.team} in ${place.environment.name}.`,
      sourceRepos: [place.repoUrl],
      destinations: [{ name: inCluster, namespace: place.namespace }],
      destinationServiceAccounts: [
        { server: '*', namespace: place.namespace, defaultServiceAccount: place.account.replace('/', ':') },
      ],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'Application' }],
      roles: lookingRole(team.name, team),
    },
  });
}
