import type { Construct } from 'constructs';
import { Application, AppProject } from '../../imports/argoproj.io';
import { appFolders } from '../gitops/app-folders';
import { ownershipOf } from '../platform/ownership';
import { type DeliveryPlace, deliveryMetadata, inCluster, waves } from './delivery-place';
import type { DeliveryProps } from './delivery-props';
import { notificationSubscriptions } from './notification-subscriptions';
import { syncPolicy } from './sync-policy';

/** What delivers the platform's own apps, and everything else through them. */
export interface PlatformApplications {
  readonly project: AppProject;
  /** One for each of the platform's apps, in their order. */
  readonly applications: readonly Application[];
  /** Delivers every object of Argo CD, itself included: the one that is applied by hand, once. */
  readonly root: Application;
}

/**
 * The platform's own apps in waves: whatever a later one or a team needs is healthy before. They have no finalizer, so that
 * nobody removes the namespaces of all teams by removing an Application.
 */
export function platformApplications(
  scope: Construct,
  place: DeliveryPlace,
  { notifications }: Pick<DeliveryProps, 'notifications'>,
): PlatformApplications {
  const name = `cluster-${place.environment.name}`;
  const team = ownershipOf(scope)?.team;
  const heard = notifications && team !== undefined ? notificationSubscriptions(place, team, notifications) : {};
  const project = platformProject(scope, place, name, heard);
  const spec = { project: place.named(name), syncPolicy: syncPolicy(place.environment) };
  const applications = place.platformApps.map(
    (app, index) =>
      new Application(scope, `application-${app}`, {
        metadata: deliveryMetadata(place, place.named(`${name}.${app}`), waves.apps + index),
        spec: {
          ...spec,
          destination: { name: place.cluster },
          source: {
            ...place.source(place.folder),
            // Its folders are beside those of teams: one for each namespace, and one for what has none.
            directory: {
              recurse: true,
              include: `*/{${appFolders(app).join(',')}}/*`,
              exclude: `${place.namespace}/*`,
            },
          },
        },
      }),
  );
  const root = new Application(scope, 'root', {
    metadata: deliveryMetadata(place, place.named(name), lastWave(place)),
    spec: {
      ...spec,
      destination: { name: inCluster, namespace: place.namespace },
      source: {
        ...place.source(`${place.folder}/${place.namespace}`),
        directory: { recurse: true },
      },
    },
  });
  return { project, applications, root };
}

/** The wave of what waits for all of the platform's apps. */
export function lastWave({ platformApps }: DeliveryPlace): number {
  return waves.apps + platformApps.length;
}

function platformProject(
  scope: Construct,
  place: DeliveryPlace,
  name: string,
  annotations: Readonly<Record<string, string>>,
): AppProject {
  return new AppProject(scope, 'project', {
    metadata: deliveryMetadata(place, place.named(name), waves.projects, annotations),
    spec: {
      description: `The platform's own apps in ${place.environment.name}, on every namespace.`,
      sourceRepos: [place.repoUrl],
      destinations: [
        { name: place.cluster, namespace: '*' },
        ...(place.cluster === inCluster ? [] : [{ name: inCluster, namespace: place.namespace }]),
      ],
      destinationServiceAccounts: [
        { server: '*', namespace: '*', defaultServiceAccount: place.account.replace('/', ':') },
      ],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  });
}
