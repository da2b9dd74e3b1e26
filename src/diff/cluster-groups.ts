import { grouped } from '../platform/grouped';
import type { JudgedChange } from './diff-objects';
import type { PlaceDiff } from './tree-diff';

/** Clusters of an environment that change alike. */
export interface ClusterGroup {
  readonly environment: string;
  readonly clusters: readonly string[];
  readonly changes: readonly JudgedChange[];
}

/** Puts clusters of an environment together whose changes are the same; those where nothing changes are left out. */
export function clusterGroups(places: readonly PlaceDiff[]): ClusterGroup[] {
  const changed = places.filter(({ changes }) => changes.length > 0);
  const groups = grouped(changed, ({ environment, changes }) => `${environment} ${JSON.stringify(changes)}`);
  return [...groups.values()].map((members) => ({
    environment: members[0].environment,
    clusters: members.map(({ cluster }) => cluster),
    changes: members[0].changes,
  }));
}

/** `production (eu-prod, us-prod)` */
export function groupText({ environment, clusters }: Pick<ClusterGroup, 'environment' | 'clusters'>): string {
  return `${environment} (${clusters.join(', ')})`;
}

/** `1 added, 2 changed` */
export function countText(changes: readonly JudgedChange[]): string {
  return (['added', 'changed', 'removed'] as const)
    .map((what) => ({ what, count: changes.filter(({ change }) => change === what).length }))
    .filter(({ count }) => count > 0)
    .map(({ what, count }) => `${count} ${what}`)
    .join(', ');
}

/** Adds up the places of several apps. */
export function mergedPlaces(diffs: readonly (readonly PlaceDiff[])[]): PlaceDiff[] {
  const places = grouped(diffs.flat(), ({ environment, cluster }) => `${environment}/${cluster}`);
  return [...places.values()].map((members) => ({
    environment: members[0].environment,
    cluster: members[0].cluster,
    changes: members.flatMap(({ changes }) => changes),
  }));
}
