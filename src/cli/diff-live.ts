import { diffContextOf } from '../app/platform-knowledge';
import { Preview } from '../app/preview';
import type { RunApp } from '../app/run';
import { diffObjects } from '../diff/diff-objects';
import { identityOf } from '../diff/identity';
import { withoutNoise } from '../diff/noise';
import type { PlaceDiff } from '../diff/tree-diff';
import { ClusterError } from '../live/cluster-error';
import { Kubectl } from '../live/kubectl';
import type { LiveApp, LivePlace } from '../live/live-place';
import { readPlace } from '../live/read-place';
import type { Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import type { KubernetesMinor } from '../platform/kubernetes-minor';
import type { PlainObject } from '../platform/placed-object';
import { clusterContexts } from './cluster-contexts';

/** What apps change in the clusters that run them. */
export interface LiveDiff {
  readonly places: readonly PlaceDiff[];
  readonly warnings: readonly Problem[];
}

/**
 * Compares what apps render with what runs in their clusters.
 *
 * @param contexts what `--context` says, each time
 * @throws ClusterError when a cluster can't be read, with the problems of all that fail for the same reason
 */
export async function diffLive(apps: readonly RunApp[], contexts: readonly string[]): Promise<LiveDiff> {
  const { kinds, known } = diffContextOf(apps);
  const places = livePlaces(apps);
  const all = apps.flatMap(({ app }) => Object.values(app.platform.topology.environments));
  const clusters = [...new Set(places.map(({ cluster }) => cluster))];
  const contextOf = clusterContexts(contexts, clusters, [...new Set(all.flatMap((each) => each.clusters))]);
  const settled = await Promise.allSettled(
    places.map(async (place) => {
      const { environment, cluster, minor } = place;
      const kubectl = new Kubectl(contextOf.get(cluster) as string, `${environment}/${cluster}`);
      const { before, after, refusals, warnings } = await readPlace(kubectl, { ...place, kinds });
      const refusalOf = (object: PlainObject) => refusals.get(identityOf(object));
      const changes = diffObjects(before.map(plain), after.map(plain), { minor, kinds }, { ...known, refusalOf });
      return { place: { environment, cluster, changes }, warnings };
    }),
  );
  const errors = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (errors.length > 0) throw merged(errors);
  const done = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  return { places: done.map(({ place }) => place), warnings: done.flatMap(({ warnings }) => warnings) };
}

/** Every cluster of every environment that apps are for, with all of their objects there. */
function livePlaces(apps: readonly RunApp[]): (LivePlace & { readonly minor: KubernetesMinor })[] {
  const all = apps.flatMap(({ app, synthesis }) =>
    app.environments.flatMap((environment) => {
      const clusters = app.cluster ? [app.cluster] : app.platform.topology.environments[environment].clusters;
      return clusters.map((cluster) => {
        const objects = synthesis.objects
          .filter(({ environment: { name, cluster: its } }) => name === environment && its === cluster)
          .map(({ object }) => object);
        return {
          environment,
          cluster,
          app: liveApp({ app, environment, objects }),
          minor: app.platform.kubernetesMinor(cluster),
        };
      });
    }),
  );
  return [...grouped(all, ({ environment, cluster }) => `${environment}/${cluster}`).values()].map((members) => ({
    ...members[0],
    apps: members.map(({ app }) => app),
  }));
}

function liveApp({
  app,
  environment,
  objects,
}: Pick<RunApp, 'app'> & { readonly environment: string; readonly objects: readonly PlainObject[] }): LiveApp {
  const { name, team, system, platform } = app;
  return {
    ...{ name, team, system, objects },
    labelPrefix: platform.labelPrefix,
    namespace: platform.namespace(team, environment),
    ...(Preview.isPreview(app) && { preview: app.preview.id }),
  };
}

/** Without what each cluster writes about its own objects. */
function plain(object: PlainObject): PlainObject {
  return withoutNoise(object) as PlainObject;
}

/** The failures of several clusters as one. */
function merged(errors: readonly unknown[]): unknown {
  const strange = errors.find((error) => !(error instanceof ClusterError));
  if (strange !== undefined) return strange;
  const failures = errors as ClusterError[];
  const [reason, ...others] = new Set(failures.map((each) => each.reason));
  return new ClusterError(
    others.length === 0 ? reason : 'setup',
    failures.flatMap(({ problems }) => problems),
  );
}
