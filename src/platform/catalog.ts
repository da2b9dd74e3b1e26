import type { Caller, CallTarget } from './call-target';
import { accepts, type CallerName, type CallerOptions, callerOptions, callersProblems } from './callers';
import { refuse } from './golden-error';
import { isPort, type NamedPort, type PortProtocol } from './named-port';
import { isRecord, show, suggestion } from './rule';

/** One port of a service of another repository. */
export interface CatalogPort {
  /** Number that its pods listen on. */
  readonly port: number;
  /**
   * Number that its Service offers.
   * @default - the same as `port`
   */
  readonly servicePort?: number;
  /**
   * What is spoken on it.
   * @default - its name, where that is a protocol, else `tcp`
   */
  readonly protocol?: PortProtocol;
}

/** What is known of a service of another repository. */
export interface CatalogEntry {
  /** Its ports by name, the main one first; a number is both the pods' and the Service's. */
  readonly ports: Readonly<Record<string, number | CatalogPort>>;
  /**
   * Who may call it.
   * @default - nobody outside of its team
   */
  readonly callers?: readonly (CallerName | CallerOptions)[];
}

const protocols: readonly string[] = ['http', 'grpc', 'tcp', 'udp'];

/** A service of another repository, from the catalog in the platform's topology. */
export class CatalogService {
  readonly team: string;
  readonly name: string;
  readonly namespace: string;
  /** Its ports, the main one first. */
  readonly ports: readonly NamedPort[];
  private readonly callers: readonly CallerOptions[];
  private readonly missing: string | undefined;

  /** @param missing why nothing answers there; undefined where it runs */
  constructor(id: string, namespace: string, entry: CatalogEntry, missing?: string) {
    [this.team, this.name] = id.split('/');
    this.namespace = namespace;
    this.ports = catalogPorts(entry);
    this.callers = callerOptions(entry.callers);
    this.missing = missing;
  }

  /** One of its ports, by name. @throws GoldenError when it has no port of that name. */
  port(name: string): { callTarget(): CallTarget } {
    const known = this.ports.map((port) => port.name);
    const port = this.ports.find((p) => p.name === name);
    if (!port)
      refuse(
        `${this.team}/${this.name}`,
        `has no port ${show(name)}${suggestion(String(name), known)}; use ${known.join(', ')}`,
      );
    return { callTarget: () => this.target(port) };
  }

  /** Its main port, as others call it. */
  callTarget(): CallTarget {
    return this.target(this.ports[0]);
  }

  private target(port: NamedPort): CallTarget {
    const { team, name, namespace, ports, callers, missing } = this;
    const accept = (caller: Caller) =>
      missing !== undefined || caller.team === team || accepts(callers, caller, port.name)
        ? missing
        : `${team}/${name} does not list ${caller.team}/${caller.name} among its callers; the team ${team} has to add it`;
    return { team, name, namespace, port, isMain: port === ports[0], accept };
  }
}

/** The ports of an entry, with everything decided. */
export function catalogPorts(entry: Pick<CatalogEntry, 'ports'>): NamedPort[] {
  return Object.entries(entry.ports).map(([name, value]) => {
    const { port, servicePort = port, protocol }: CatalogPort = typeof value === 'number' ? { port: value } : value;
    return {
      name,
      port,
      servicePort,
      protocol: protocol ?? (protocols.includes(name) ? (name as PortProtocol) : 'tcp'),
    };
  });
}

/** Everything that is wrong with a catalog of services, in one of the topology's sections. */
export function catalogProblems(
  services: unknown,
  owners: readonly string[] | undefined,
  section = 'services',
): string[] {
  if (!isRecord(services)) return [`topology.${section} ${show(services)} is no mapping; write services by team/name`];
  return Object.entries(services).flatMap(([id, entry]) => {
    const what = `topology.${section}[${show(id)}]`;
    if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(id)) return [`${what} is no service; name it as team/name`];
    if (!isRecord(entry) || !isRecord(entry.ports) || Object.keys(entry.ports).length === 0) {
      return [`${what} ${show(entry)} has no ports; write { ports: { http: 8080 } }`];
    }
    const wrong = Object.entries(entry.ports).filter(([, port]) => !isCatalogPort(port));
    return [
      ...wrong.map(
        ([name, port]) =>
          `${what}.ports.${name} ${show(port)} is no port; write its number, or { port, servicePort, protocol }`,
      ),
      ...callersProblems(entry.callers, owners, Object.keys(entry.ports)).map((problem) => `${what}: ${problem}`),
    ];
  });
}

function isCatalogPort(value: unknown): boolean {
  const { port, servicePort = port, protocol = 'tcp' } = isRecord(value) ? value : { port: value };
  return isPort(port) && isPort(servicePort) && protocols.includes(protocol as string);
}
