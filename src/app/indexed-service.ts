import type { GraphCall, GraphService } from '../network/call-graph';
import type { CallerOptions } from '../platform/callers';
import type { CatalogPort } from '../platform/catalog';

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
