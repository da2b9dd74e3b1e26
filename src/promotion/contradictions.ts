import { renderedAt } from '../platform/rendered-services';
import type { Topology } from '../platform/topology';
import { entryChanges, entryText } from './entry-text';
import { inPlaces, placesOf } from './places';

/** Where the platform team says of services what the tree does not render. */
export function contradictions(topology: Topology): string[] {
  const { services = {}, rendered = {} } = topology;
  return Object.entries(services).flatMap(([id, written]) => {
    const own = Object.hasOwn(rendered, id) ? rendered[id] : undefined;
    if (!own) return [];
    const other = placesOf(topology).flatMap((place) => {
      const [environment, cluster] = place.split('/');
      const entry = renderedAt(own, environment, cluster);
      return entry && entryChanges(written, entry).length > 0 ? [[place, entry] as const] : [];
    });
    if (other.length === 0) return [];
    const [[, entry]] = other.slice(-1);
    const where = inPlaces(
      other.map(([place]) => place),
      topology,
    );
    return [
      `services names ${id} as ${entryText(written)}; the tree renders${where} ${entryText(entry)}, which holds: write it so, or take it out`,
    ];
  });
}
