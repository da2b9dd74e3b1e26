import { grouped } from '../platform/grouped';
import type { JudgedChange } from './diff-objects';
import { objectOf } from './object-change';
import type { PlaceDiff } from './tree-diff';

/** Clusters of an environment that have changes in common, and those changes. */
export interface ClusterGroup {
  readonly environment: string;
  readonly clusters: readonly string[];
  readonly changes: readonly JudgedChange[];
}

/** Puts the same change of several clusters of an environment together: what all have comes first. */
export function clusterGroups(places: readonly PlaceDiff[]): ClusterGroup[] {
  return [...grouped(places, ({ environment }) => environment)].flatMap(([environment, members]) => {
    const all = members.flatMap(({ cluster, changes }) => changes.map((change) => ({ cluster, change })));
    const same = [...grouped(all, ({ change }) => shownOf(change)).values()];
    const groups = grouped(same, (found) => found.map(({ cluster }) => cluster).join(' '));
    return [...groups.values()]
      .map((found) => ({
        environment,
        clusters: found[0].map(({ cluster }) => cluster),
        changes: found.map(([{ change }]) => change),
      }))
      .sort((a, b) => b.clusters.length - a.clusters.length);
  });
}

/** All that is told of a change: live objects of two clusters are never the same, and what happens to them may be. */
function shownOf(change: JudgedChange): string {
  const { apiVersion, kind, metadata } = objectOf(change);
  return JSON.stringify([
    apiVersion,
    kind,
    metadata.namespace,
    metadata.name,
    change.change,
    change.fields,
    change.risks,
  ]);
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
