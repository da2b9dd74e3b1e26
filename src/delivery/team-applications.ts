import type { Construct } from 'constructs';
import { Application, ApplicationSet, type ApplicationSpec } from '../../imports/argoproj.io';
import { appFolders, dataFolder } from '../gitops/app-folders';
import type { TeamNamespace } from '../team/team-namespace';
import { confirmedPruning, type DeliveryPlace, deliveryMetadata, rolloutOf } from './delivery-place';
import { ownerLabels } from './notification-subscriptions';
import { cascade, syncPolicy } from './sync-policy';

/**
 * Makes an Application for each folder of the team's namespace, so that a new app, its data or a preview is delivered once it is
 * published. What the platform renders there belongs to its own Applications.
 *
 * @param apps whose data is delivered, and nothing else. @default - everything is
 */
export function teamApplicationSet(
  scope: Construct,
  place: DeliveryPlace,
  team: TeamNamespace,
  wave: number,
  apps?: readonly string[],
): ApplicationSet {
  const folder = `${place.folder}/${team.name}`;
  const others = place.platformApps.flatMap(appFolders);
  const directories = apps
    ? // Whether an app keeps data is not known here: a folder that is not there makes no Application.
      apps.map((app) => ({ path: `${folder}/${dataFolder(app)}` }))
    : [{ path: `${folder}/*` }, ...others.map((name) => ({ path: `${folder}/${name}`, exclude: true }))];
  return new ApplicationSet(scope, `applications-${team.team}`, {
    metadata: deliveryMetadata(place, place.named(team.name), wave, confirmedPruning),
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ git: { repoURL: place.repoUrl, revision: place.revision, directories } }],
      // With this somebody confirms that data is removed; the controller would take it back.
      preservedFields: { annotations: ['argocd.argoproj.io/deletion-approved'] },
      template: {
        metadata: {
          name: applicationName(place, team, '{{.path.basename}}'),
          labels: ownerLabels(place, team.team),
          finalizers: [cascade],
        },
        spec: applicationSpec(place, team, '{{.path.path}}'),
      },
      // Where a person syncs, a person removes as well: a folder that is gone takes nothing with it. Nor does an app that is rolled out.
      ...((place.environment.promotion === 'manual' || rolloutOf(place) !== undefined) && {
        syncPolicy: { applicationsSync: 'create-update' as const },
      }),
    },
  });
}

/** One Application for each named app. */
export function teamApplications(
  scope: Construct,
  place: DeliveryPlace,
  team: TeamNamespace,
  apps: readonly string[],
  wave: number,
): Application[] {
  return apps.map(
    (app) =>
      new Application(scope, `application-${team.team}-${app}`, {
        metadata: {
          ...deliveryMetadata(place, applicationName(place, team, app), wave, confirmedPruning),
          labels: ownerLabels(place, team.team),
          finalizers: [cascade],
        },
        spec: applicationSpec(place, team, `${place.folder}/${team.name}/${app}`),
      }),
  );
}

/** The name of what delivers an app of a team. */
export function applicationName(place: DeliveryPlace, team: TeamNamespace, app: string): string {
  return place.named(`${team.name}.${app}`);
}

/** What delivers a folder of a team, with the rights that the team's project gives. */
export function applicationSpec(place: DeliveryPlace, team: TeamNamespace, path: string): ApplicationSpec {
  return {
    project: place.named(team.name),
    source: place.source(path),
    destination: { name: place.cluster, namespace: team.name },
    syncPolicy: syncPolicy(place.environment),
  };
}
