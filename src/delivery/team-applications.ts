import type { Construct } from 'constructs';
import { Application, ApplicationSet, type ApplicationSpec } from '../../imports/argoproj.io';
import type { TeamNamespace } from '../team/team-namespace';
import { confirmedPruning, type DeliveryPlace, deliveryMetadata } from './delivery-place';
import { cascade, comparison, syncPolicy } from './sync-policy';

/**
 * Makes an Application for each folder of the team's namespace, so that a new app, or a preview, is delivered once it is
 * published. What the platform renders there belongs to its own Applications.
 */
export function teamApplicationSet(
  scope: Construct,
  place: DeliveryPlace,
  team: TeamNamespace,
  wave: number,
): ApplicationSet {
  const folder = `${place.folder}/${team.name}`;
  return new ApplicationSet(scope, `applications-${team.team}`, {
    metadata: deliveryMetadata(place, place.named(team.name), wave, confirmedPruning),
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          git: {
            repoURL: place.repoUrl,
            revision: place.revision,
            directories: [
              { path: `${folder}/*` },
              ...place.platformApps.map((app) => ({ path: `${folder}/${app}`, exclude: true })),
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: applicationName(place, team, '{{.path.basename}}'),
          annotations: comparison,
          finalizers: [cascade],
        },
        spec: applicationSpec(place, team, '{{.path.path}}'),
      },
      // Where a person syncs, a person removes as well: a folder that is gone takes nothing with it.
      ...(place.environment.promotion === 'manual' && { syncPolicy: { applicationsSync: 'create-update' as const } }),
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
          ...deliveryMetadata(place, applicationName(place, team, app), wave, { ...comparison, ...confirmedPruning }),
          finalizers: [cascade],
        },
        spec: applicationSpec(place, team, `${place.folder}/${team.name}/${app}`),
      }),
  );
}

function applicationName(place: DeliveryPlace, team: TeamNamespace, app: string): string {
  return place.named(`${team.name}.${app}`);
}

function applicationSpec(place: DeliveryPlace, team: TeamNamespace, path: string): ApplicationSpec {
  return {
    project: place.named(team.name),
    source: place.source(path),
    destination: { name: place.cluster, namespace: team.name },
    syncPolicy: syncPolicy(place.environment),
  };
}
