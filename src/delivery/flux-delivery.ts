import type { Construct } from 'constructs';
import { Kustomization, type KustomizationSpec } from '../../imports/kustomize.toolkit.fluxcd.io';
import type { GitRepository } from '../../imports/source.toolkit.fluxcd.io';
import type { TeamNamespace } from '../team/team-namespace';
import type { DeliveryPlace } from './delivery-place';
import type { DeliveryProps } from './delivery-props';
import { fluxHealthAccess } from './flux-health-access';
import { fluxRequestHealth } from './flux-request-health';
import { fluxView, onlyData, onlyPlatformApp, onlyTeamKustomizations, withoutPlatformApps } from './flux-view';

/** Everything that Flux delivers with. */
export interface FluxDelivery {
  /** The parts of the GitOps repository that Kustomizations deliver. */
  readonly repositories: readonly GitRepository[];
  /** Delivers the other objects of Flux and itself: what is applied by hand, once, with the repository of its name. */
  readonly root: Kustomization;
  /** The platform's own apps, in their order. */
  readonly platformApps: readonly Kustomization[];
  /** Delivers the Kustomizations of teams, which are in the teams' namespaces, once the platform's apps are ready. */
  readonly teamsRoot: Kustomization;
  /** What delivers each team's apps, by the team's name. */
  readonly teams: Readonly<Record<string, readonly Kustomization[]>>;
}

type Health = NonNullable<KustomizationSpec['healthCheckExprs']>;

/** Waits for everything that is applied. */
function waited(health: Health): Pick<KustomizationSpec, 'wait' | 'healthCheckExprs'> {
  return { wait: true, ...(health.length > 0 && { healthCheckExprs: health }) };
}

/** Keeps an object that is gone from the repository. */
const kept = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

const rhythm = { interval: '10m', retryInterval: '1m', timeout: '5m', force: false } as const;

/**
 * What Argo CD is told not to prune by itself, namespaces and data, Flux does not prune either; somebody deletes it. A Job can't be
 * changed: Argo CD deletes it before the next one, and so does Flux. What runs only after a failed sync would run at each.
 */
const patches: NonNullable<KustomizationSpec['patches']> = [
  {
    target: { annotationSelector: 'argocd.argoproj.io/sync-options' },
    patch: `- op: add
  path: /metadata/annotations/kustomize.toolkit.fluxcd.io~1prune
  value: disabled
`,
  },
  {
    target: { group: 'batch', kind: 'Job' },
    patch: `apiVersion: batch/v1
kind: Job
metadata:
  name: every
  annotations:
    kustomize.toolkit.fluxcd.io/force: enabled
`,
  },
  {
    target: { annotationSelector: 'argocd.argoproj.io/hook=SyncFail' },
    patch: `$patch: delete
apiVersion: v1
kind: Every
metadata:
  name: every
`,
  },
];

/** What has Flux deliver the place. */
export function fluxDelivery(scope: Construct, place: DeliveryPlace, props: DeliveryProps): FluxDelivery {
  const name = `cluster-${place.environment.name}`;
  const health = fluxRequestHealth(props.apis);
  const repositories: GitRepository[] = [];
  const view = (of: string, lines: readonly string[]): GitRepository => {
    const repository = fluxView(scope, place, of, lines, props.repositorySecret);
    repositories.push(repository);
    return repository;
  };
  const platform = (
    of: string,
    repository: GitRepository,
    spec: Pick<KustomizationSpec, 'path'> & Partial<KustomizationSpec>,
  ) =>
    new Kustomization(scope, `kustomization-${of}`, {
      metadata: { name: of, namespace: place.namespace },
      spec: {
        ...rhythm,
        sourceRef: { kind: 'GitRepository', name: repository.name },
        serviceAccountName: place.account.split('/')[1],
        prune: true,
        // Nobody removes the namespaces of all teams by removing a Kustomization.
        deletionPolicy: 'Orphan',
        wait: false,
        ...spec,
      },
    });

  const all = view(name, withoutPlatformApps(place));
  const root = platform(name, all, { path: `./${place.folder}/${place.namespace}` });
  const path = `./${place.folder}`;
  const platformApps: Kustomization[] = [];
  for (const app of place.platformApps) {
    const before = platformApps.at(-1);
    platformApps.push(
      platform(`${name}.${app}`, view(`${name}.${app}`, onlyPlatformApp(place, app)), {
        ...{ path, patches, ...waited(health) },
        ...(before && { dependsOn: [{ name: before.name }] }),
      }),
    );
  }
  const ready = platformApps.at(-1)?.name ?? name;
  // A Kustomization that waits for its objects would wait for teams, and they for it.
  const teamsRoot = platform(`teams.${name}`, view(`teams.${name}`, onlyTeamKustomizations(place)), {
    path,
    dependsOn: [{ name: ready }],
  });

  const named = props.teams.flatMap((team) => (props.apps?.[team.team] ?? []).map((app) => [team.name, app] as const));
  const data = named.length > 0 ? view(`data.${name}`, onlyData(place, named)) : all;
  const teams = props.teams.map((team) => {
    fluxHealthAccess(scope, place, team);
    const apps = props.apps?.[team.team];
    const folder = `${path}/${team.name}`;
    const delivered = (id: string, source: GitRepository, from: string) =>
      teamKustomization(scope, place, team, { id, source, path: from, after: ready, health });
    const each = apps?.map((app) => delivered(`app.${app}`, all, `${folder}/${app}`));
    return [team.team, each ? [...each, delivered('data', data, folder)] : [delivered('apps', all, folder)]] as const;
  });
  return { repositories, root, platformApps, teamsRoot, teams: Object.fromEntries(teams) };
}

/** A part of a team's folder, and how it is delivered. */
interface TeamPart {
  readonly id: string;
  readonly source: GitRepository;
  readonly path: string;
  /** The Kustomization that has to be ready before. */
  readonly after: string;
  readonly health: Health;
}

/** Is in the team's namespace, because Flux takes on no account of another one. */
function teamKustomization(
  scope: Construct,
  place: DeliveryPlace,
  team: TeamNamespace,
  { id, source, path, after, health }: TeamPart,
): Kustomization {
  return new Kustomization(scope, `team-${team.team}-${id}`, {
    // A team goes only when somebody deletes this.
    metadata: { name: id, namespace: team.name, annotations: { ...kept } },
    spec: {
      ...rhythm,
      ...{ path, patches, prune: true, ...waited(health) },
      sourceRef: { kind: 'GitRepository', name: source.name, namespace: place.namespace },
      serviceAccountName: team.gitops?.serviceAccount.name,
      dependsOn: [{ name: after, namespace: place.namespace }],
      // As with Argo CD, removing what delivers takes nothing with it where a person promotes.
      ...(place.environment.promotion === 'manual' && { deletionPolicy: 'Orphan' as const }),
    },
  });
}
