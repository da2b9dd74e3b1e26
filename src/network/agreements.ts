import { accepts } from '../platform/callers';
import type { Problem } from '../platform/golden-error';
import { oneOf, suggestion } from '../platform/rule';
import type { GraphService } from './call-graph';

/** What the two sides of calls have to say against each other. */
export interface Agreements {
  /** A call that the other side, which is in the graph, does not take; a caller that can't exist. */
  readonly problems: readonly Problem[];
  /** A call that the catalog knows as not accepted yet; a caller that is listed and does not call. */
  readonly warnings: readonly Problem[];
}

/**
 * Holds both sides of every call against each other, per environment and cluster. Of services that are not in the graph
 * only the catalog is known.
 *
 * @param catalog services of other repositories, as `team/name`
 */
export function agreements(services: readonly GraphService[], catalog: readonly string[]): Agreements {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const members of byPlace(services).values()) {
    for (const service of members.values()) {
      calledOnly(service, members, problems, warnings);
      // Callers are listed once, for the app: to a preview they are the names of others' services.
      if (service.preview === undefined) listedOnly(service, members, catalog, problems, warnings);
    }
  }
  return { problems, warnings };
}

type Members = ReadonlyMap<string, GraphService>;

function byPlace(services: readonly GraphService[]): Map<string, Map<string, GraphService>> {
  const places = new Map<string, Map<string, GraphService>>();
  for (const service of services) {
    const place = `${service.environment}/${service.cluster}`;
    const members = places.get(place) ?? new Map<string, GraphService>();
    places.set(place, members.set(service.id, service));
  }
  return places;
}

/** Calls that only the caller knows of. */
function calledOnly(
  { id, team, path, calls }: GraphService,
  members: Members,
  problems: Problem[],
  warnings: Problem[],
) {
  const name = id.slice(team.length + 1);
  for (const { to, port, refusal } of calls) {
    const callee = members.get(to);
    if (!callee) {
      if (refusal) warnings.push({ path, message: `calls ${to}, and the network will not let it through: ${refusal}` });
    } else if (callee.team !== team && !accepts(callee.callers, { team, name }, port)) {
      const message = `calls ${to} on port ${port}, which does not take calls from ${id}; add ${JSON.stringify(id)} or ${JSON.stringify(team)} to the callers of ${to}`;
      problems.push({ path, message });
    }
  }
}

/** Callers that only the called side knows of. */
function listedOnly(
  service: GraphService,
  members: Members,
  catalog: readonly string[],
  problems: Problem[],
  warnings: Problem[],
) {
  const { id, path, callers } = service;
  for (const { from } of callers) {
    const [team, name] = from.split('/');
    if (name === undefined) continue;
    const caller = members.get(from);
    const lasting = [...members.values()].filter(({ preview }) => preview === undefined).map((member) => member.id);
    const known = [...new Set([...lasting, ...catalog])].filter(
      (other) => other.startsWith(`${team}/`) && other !== id,
    );
    if (caller) {
      if (!caller.calls.some(({ to }) => to === id)) {
        warnings.push({ path, message: `lists ${from} as a caller, which does not call it; take it out of callers` });
      }
    } else if (known.length > 0 && !known.includes(from)) {
      const message = `lists the caller ${from}, which does not exist${suggestion(from, known)}; the team ${team} has ${oneOf(known)}`;
      problems.push({ path, message });
    }
  }
}
