import type { CatalogEntry } from '../platform/catalog';
import { grouped } from '../platform/grouped';
import { knownService } from '../platform/rendered-services';
import type { Topology } from '../platform/topology';
import { entryChanges, entryText } from './entry-text';
import { inPlaces, placesOf } from './places';

/** What two topologies know otherwise of services, a sentence each; of places that only one has, nothing is said. */
export function changedServices(before: Partial<Topology>, after: Topology): string[] {
  const ids = [...new Set([before, after].flatMap(idsOf))].sort();
  const places = placesOf(after).filter((place) => placesOf(before).includes(place));
  return ids.flatMap((id) => {
    const was = entriesOf(before, id);
    const is = entriesOf(after, id);
    if (was.size === 0)
      return is.size === 0
        ? []
        : [`+ service ${id}${inPlaces([...is.keys()], after)}: ${entryText([...is.values()].slice(-1)[0])}`];
    if (is.size === 0) return [`- service ${id}`];
    const words = places.map((place) => [place, entryChanges(was.get(place), is.get(place)).join('; ')] as const);
    return [...grouped(words, ([, what]) => what)].flatMap(([what, all]) =>
      what === ''
        ? []
        : [
            `~ service ${id}${inPlaces(
              all.map(([place]) => place),
              after,
            )}: ${what}`,
          ],
    );
  });
}

function idsOf({ services = {}, rendered = {} }: Partial<Topology>): string[] {
  return [...Object.keys(services), ...Object.keys(rendered)];
}

/** What a service is where it runs. */
function entriesOf(topology: Partial<Topology>, id: string): Map<string, CatalogEntry> {
  return new Map(
    placesOf(topology).flatMap((place) => {
      const [environment, cluster] = place.split('/');
      const known = knownService(topology, id, environment, cluster);
      return known && known.missing === undefined ? [[place, known.entry]] : [];
    }),
  );
}
