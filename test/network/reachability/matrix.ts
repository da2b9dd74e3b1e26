import type { PolicyObject } from './policy-object';
import { Reachability } from './reachability';
import { type Endpoint, isPod, nameOf, type PortProtocol, type Protocol, type World } from './world';

/** The answer for one pair of endpoints and one port. */
export interface Verdict extends PortProtocol {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly allowed: boolean;
}

/** Every pair of endpoints of a world of which at least one is a pod, with every port; a pod with itself too. */
export function matrix(
  world: World,
  policies: readonly PolicyObject[],
  ports: readonly PortProtocol[] = portsOfInterest(world, policies),
): Verdict[] {
  const reachability = new Reachability(world, policies);
  return pairs(world).flatMap(([from, to]) =>
    ports.map((port) => ({ from, to, ...port, allowed: reachability.allowed(from, to, port) })),
  );
}

function pairs({ pods, externals }: World): [Endpoint, Endpoint][] {
  const all: Endpoint[] = [...pods, ...externals];
  return all
    .flatMap((from) => all.map((to): [Endpoint, Endpoint] => [from, to]))
    .filter(([from, to]) => isPod(from) || isPod(to));
}

/**
 * The ports at which verdicts can differ: all that pods declare, all that policies name, the neighbours of ranges, and one
 * that nobody speaks of; each with TCP, UDP, and SCTP where that is spoken of.
 */
export function portsOfInterest(world: World, policies: readonly PolicyObject[]): PortProtocol[] {
  const declared = world.pods.flatMap(({ ports }) => ports.map(({ port }) => port));
  const numbers = new Set([...declared, ...policies.flatMap(({ spec }) => namedPorts(spec))]);
  const unspoken = [65000, 65001, 65002].find((port) => !numbers.has(port));
  const spokenOf = JSON.stringify([world, policies]).includes('"SCTP"');
  const protocols: Protocol[] = spokenOf ? ['TCP', 'UDP', 'SCTP'] : ['TCP', 'UDP'];
  return [...numbers, unspoken]
    .filter((port): port is number => port !== undefined && port >= 1 && port <= 65535)
    .sort((a, b) => a - b)
    .flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
}

/** Numbers that a policy of any kind gives as a port, which some kinds write as strings. */
function namedPorts(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  const { port, endPort } = value as { port?: unknown; endPort?: number };
  const first = Number(port);
  const inner = Object.values(value).flatMap(namedPorts);
  if (!(first > 0)) return inner;
  return [first, ...(endPort === undefined ? [] : [first - 1, endPort, endPort + 1]), ...inner];
}

/** The open ones of a matrix, one line for each pair: `shop/web → shop/api 8080/TCP 9090/TCP`. */
export function printed(verdicts: readonly Verdict[]): string {
  return lines(
    verdicts.filter(({ allowed }) => allowed),
    () => '',
  );
}

/**
 * Where a matrix is not as expected, one line for each pair and kind of mistake; empty when it is as expected.
 *
 *     shop/web → shop/api 8080/TCP: expected allowed, got denied
 */
export function differences(verdicts: readonly Verdict[], expected: (verdict: Verdict) => boolean): string {
  return lines(
    verdicts.filter((verdict) => verdict.allowed !== expected(verdict)),
    ({ allowed }) => (allowed ? ': expected denied, got allowed' : ': expected allowed, got denied'),
  );
}

/** One line for each pair and ending, with all of its ports. */
function lines(verdicts: readonly Verdict[], ending: (verdict: Verdict) => string): string {
  const groups = new Map<string, { start: string; ports: string[]; end: string }>();
  for (const verdict of verdicts) {
    const start = `${nameOf(verdict.from)} → ${nameOf(verdict.to)}`;
    const end = ending(verdict);
    const group = groups.get(start + end) ?? { start, ports: [], end };
    group.ports.push(`${verdict.port}/${verdict.protocol}`);
    groups.set(start + end, group);
  }
  return [...groups.values()].map(({ start, ports, end }) => `${start} ${ports.join(' ')}${end}`).join('\n');
}
