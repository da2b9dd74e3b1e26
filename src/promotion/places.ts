import type { Topology } from '../platform/topology';

/** `<environment>/<cluster>` of all. */
export function placesOf({ environments = {} }: Partial<Topology>): string[] {
  return Object.entries(environments).flatMap(([name, { clusters }]) =>
    clusters.map((cluster) => `${name}/${cluster}`),
  );
}

/** Nothing for all places; an environment for all of its clusters. */
export function inPlaces(places: readonly string[], { environments }: Topology): string {
  const names = Object.entries(environments).map(([name, { clusters }]) => {
    const there = clusters.map((cluster) => `${name}/${cluster}`).filter((place) => places.includes(place));
    return there.length === clusters.length ? [name] : there;
  });
  const isAll = names.every(([first], n) => first === Object.keys(environments)[n]);
  return isAll ? '' : ` in ${names.flat().join(', ')}`;
}
