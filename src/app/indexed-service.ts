import type { GraphCall, GraphService } from '../network/call-graph';
import type { CallerOptions } from '../platform/callers';
import { type CatalogPort, catalogPorts } from '../platform/catalog';
import { isRecord } from '../platform/rule';

/** A workload as the index of its app folder records it: what others have to know to call it, and whom it calls. */
export interface IndexedService {
  /** Its ports by name, the main one first; none when nobody can call it. */
  readonly ports: Readonly<Record<string, CatalogPort>>;
  /** Who may call it from outside of its team. */
  readonly callers: readonly CallerOptions[];
  /** Whom it calls, and on which port. */
  readonly calls: readonly Pick<GraphCall, 'to' | 'port'>[];
}

/** What the index records of a workload. */
export function indexedService({ ports, callers, calls }: GraphService): IndexedService {
  return {
    ports: Object.fromEntries(
      ports.map(({ name, port, servicePort, protocol }) => [name, { port, servicePort, protocol }]),
    ),
    callers,
    calls: calls.map(({ to, port }) => ({ to, port })),
  };
}

/** The services of an index; entries that another version wrote otherwise are left out. */
export function catalogOf(
  services: Readonly<Record<string, unknown>>,
): (Pick<GraphService, 'id' | 'ports' | 'callers'> & { readonly calls: readonly GraphCall[] })[] {
  return Object.entries(services).flatMap(([id, entry]) => {
    if (!isRecord(entry) || !isRecord(entry.ports) || !Array.isArray(entry.callers) || !Array.isArray(entry.calls))
      return [];
    const { ports, callers, calls } = entry as unknown as IndexedService;
    return [{ id, ports: catalogPorts({ ports }), callers, calls }];
  });
}
