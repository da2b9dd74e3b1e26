import type { IndexedFolder } from '../gitops/read-commit';
import { callerOptions } from '../platform/callers';
import { type CatalogEntry, catalogPorts, catalogProblems } from '../platform/catalog';
import { GoldenError, type Problem } from '../platform/golden-error';
import { nameProblem } from '../platform/names';
import type { RenderedPlace, RenderedService } from '../platform/rendered-services';
import { isRecord, show } from '../platform/rule';
import type { Topology } from '../platform/topology';

/** The services of a tree. */
export interface TreeCatalog {
  /** As a topology holds them, sorted by `team/name`. */
  readonly rendered: Readonly<Record<string, RenderedService>>;
  /** What of it nobody can use: callers of teams that the platform does not know. */
  readonly warnings: readonly Problem[];
}

/** A service in a folder. */
interface Found {
  readonly id: string;
  /** `<environment>/<cluster>` */
  readonly place: string;
  readonly folder: string;
  readonly entry: CatalogEntry;
}

/**
 * What the indexes of a tree record of the services that can be called. The same for the same tree, whoever published first.
 *
 * @param folders those of the topology's environments and clusters; what lies elsewhere is not asked
 * @throws GoldenError with every index that can't be read, that records what is no service of its team, or what another one does too:
 * a catalog without them would say that services are gone.
 */
export function treeCatalog(folders: readonly IndexedFolder[], topology: Topology): TreeCatalog {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const places = Object.entries(topology.environments).flatMap(([environment, { clusters }]) =>
    clusters.map((cluster) => `${environment}/${cluster}`),
  );
  const byId = new Map<string, Map<string, Found>>();
  const entryOf = readOnce();
  for (const found of folders.flatMap((folder) => servicesOf(folder, entryOf, problems))) {
    const { id, place, folder } = found;
    if (!places.includes(place)) continue;
    const there = byId.get(id) ?? new Map<string, Found>();
    byId.set(id, there);
    const other = there.get(place);
    if (other) {
      const message = `records ${id}, and so does ${other.folder}; only one of them can be it: remove the other from the tree`;
      problems.push({ path: folder, message, cause: 'tree' });
    } else there.set(place, { ...found, entry: withKnownCallers(found, topology, warnings) });
  }
  if (problems.length > 0) throw new GoldenError(problems);
  const ids = [...byId.keys()].sort();
  return {
    rendered: Object.fromEntries(ids.map((id) => [id, asRendered(byId.get(id) ?? new Map(), topology)])),
    warnings,
  };
}

/** What an index records, but for what nobody can call, and for previews. */
function servicesOf(
  { folder, environment, cluster, index }: IndexedFolder,
  entryOf: ReturnType<typeof readOnce>,
  problems: Problem[],
): Found[] {
  const refuse = (message: string) => problems.push({ path: folder, message, cause: 'tree' });
  if (typeof index === 'string') {
    refuse(`its index ${index}`);
    return [];
  }
  return Object.entries(index.about.preview === undefined ? index.services : {}).flatMap(([id, service]) => {
    if (isRecord(service) && isRecord(service.ports) && Object.keys(service.ports).length === 0) return [];
    if (id.split('/')[0] !== index.about.team) {
      refuse(`records ${show(id)}, and is of the team ${show(index.about.team)}; render the app ${index.app} again`);
      return [];
    }
    const entry = entryOf(id, service);
    if (typeof entry !== 'string') return [{ id, place: `${environment}/${cluster}`, folder, entry }];
    refuse(`its index is wrong: ${entry}; render the app ${index.app} again`);
    return [];
  });
}

/** Reads services, or says what is wrong with them; those that are the same in many places once. */
function readOnce(): (id: string, service: unknown) => CatalogEntry | string {
  const known = new Map<string, CatalogEntry | string>();
  return (id, service) => {
    let key: string;
    try {
      key = JSON.stringify([id, service]);
    } catch {
      return `services[${show(id)}] is nested too deep`;
    }
    const before = known.get(key);
    if (before !== undefined) return before;
    const [wrong] = [...portProblems(service), ...catalogProblems({ [id]: service }, undefined)];
    const entry = wrong?.replace('topology.', '') ?? compact(service as CatalogEntry);
    known.set(key, entry);
    return entry;
  };
}

function portProblems(service: unknown): string[] {
  const ports = isRecord(service) && isRecord(service.ports) ? service.ports : {};
  return Object.keys(ports).flatMap((name) => nameProblem('port', name) ?? []);
}

/** The same entry, as short as it can be said. */
function compact({ ports, callers }: CatalogEntry): CatalogEntry {
  const all = catalogPorts({ ports });
  const short = all.map(({ name, port, servicePort, protocol }) => {
    const [usual] = catalogPorts({ ports: { [name]: port } });
    const given = {
      port,
      ...(servicePort !== port && { servicePort }),
      ...(protocol !== usual.protocol && { protocol }),
    };
    return [name, Object.keys(given).length === 1 ? port : given] as const;
  });
  const who = callerOptions(callers).map(({ from, ports: only }) =>
    only === undefined || all.every(({ name }) => only.includes(name)) ? from : { from, ports: [...only].sort() },
  );
  const sorted = [...new Map(who.map((each) => [JSON.stringify(each), each]))].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ports: Object.fromEntries(short), ...(who.length > 0 && { callers: sorted.map(([, each]) => each) }) };
}

/** Without the callers of teams that are gone: no app of theirs can call. */
function withKnownCallers({ id, folder, entry }: Found, { owners }: Topology, warnings: Problem[]): CatalogEntry {
  const { ports, callers = [] } = entry;
  const isKnown = (team: string) => owners === undefined || team === 'anyone' || Object.hasOwn(owners, team);
  const teamOf = (from: string) => from.split('/')[0];
  const known = callerOptions(callers).map(({ from }) => isKnown(teamOf(from)));
  const gone = callerOptions(callers).filter((_, n) => !known[n]);
  if (gone.length === 0) return entry;
  for (const { from } of gone) {
    const message = `${id} lists the caller ${from}, whose team the platform does not know; it is left out of the catalog`;
    if (!warnings.some((each) => each.message === message)) warnings.push({ path: folder, message });
  }
  const kept = callers.filter((_, n) => known[n]);
  return { ports, ...(kept.length > 0 && { callers: kept }) };
}

/** The entries of places as one: that of the topology's last place, and what is otherwise elsewhere. */
function asRendered(places: ReadonlyMap<string, Found>, { environments }: Topology): RenderedService {
  const keyed = new Map<string, CatalogEntry>();
  for (const [environment, { clusters }] of Object.entries(environments)) {
    const there = clusters.map((cluster) => places.get(`${environment}/${cluster}`)?.entry);
    const [first] = there;
    if (first && there.every((entry) => same(entry, first))) keyed.set(environment, first);
    else for (const [n, entry] of there.entries()) if (entry) keyed.set(`${environment}/${clusters[n]}`, entry);
  }
  const [base] = [...keyed.values()].slice(-1);
  const isEverywhere = Object.keys(environments).every((environment) => same(keyed.get(environment), base));
  if (isEverywhere) return base;
  return { ...base, places: Object.fromEntries([...keyed].map(([place, entry]) => [place, differing(entry, base)])) };
}

function differing({ ports, callers = [] }: CatalogEntry, base: CatalogEntry): RenderedPlace {
  return {
    ...(!same(ports, base.ports) && { ports }),
    ...(!same(callers, base.callers ?? []) && { callers }),
  };
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
