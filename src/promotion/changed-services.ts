import type { CatalogEntry } from '../platform/catalog';
import { grouped } from '../platform/grouped';
import { knownService } from '../platform/rendered-services';
import type { Topology } from '../platform/topology';
import { entryChanges, entryText } from './entry-text';
import { inPlaces, placesOf } from './places';

/** What a service is where it runs, by place. */
type Running = ReadonlyMap<string, CatalogEntry>;

/** What two topologies know otherwise of services, a sentence each; of places that only one has, nothing is said. */
export function changedServices(before: Partial<Topology>, after: Topology): string[] {
  const ids = [...new Set([before, after].flatMap(idsOf))].filter((id) => textOf(before, id) !== textOf(after, id));
  const known = new Set(placesOf(before));
  const places = placesOf(after).filter((place) => known.has(place));
  return ids.sort().flatMap((id) => {
    const [was, is] = [running(before, id), running(after, id)];
    if (is.size === 0) return was.size === 0 ? [] : [`- service ${id}`];
    if (was.size === 0) return [`+ ${named(id, [...is.keys()], after)}: ${entryText([...is.values()].slice(-1)[0])}`];
    return differences(id, was, is, places, after);
  });
}

function idsOf({ services = {}, rendered = {} }: Partial<Topology>): string[] {
  return [...Object.keys(services), ...Object.keys(rendered)];
}

/** All that is said of a service; nearly all are as they were. */
function textOf({ services = {}, rendered = {} }: Partial<Topology>, id: string): string {
  return JSON.stringify([services, rendered].map((known) => Object.hasOwn(known, id) && known[id]));
}

/** Places that changed alike share a line. */
function differences(id: string, was: Running, is: Running, places: readonly string[], topology: Topology): string[] {
  const words = grouped(places, (place) => entryChanges(was.get(place), is.get(place)).join('; '));
  words.delete('');
  return [...words].map(([what, where]) => `~ ${named(id, where, topology)}: ${what}`);
}

function named(id: string, places: readonly string[], topology: Topology): string {
  return `service ${id}${inPlaces(places, topology)}`;
}

function running(topology: Partial<Topology>, id: string): Running {
  return new Map(
    placesOf(topology).flatMap((place) => {
      const [environment, cluster] = place.split('/');
      const known = knownService(topology, id, environment, cluster);
      return known && known.missing === undefined ? [[place, known.entry]] : [];
    }),
  );
}
