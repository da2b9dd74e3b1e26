import fc from 'fast-check';
import { renderGraph, worldOf } from './graph-world';
import { type GraphNode, ports, type RandomGraph, randomGraph } from './random-graph';
import { differences, matrix, type Verdict } from './reachability/matrix';
import { isPod, type PortProtocol } from './reachability/world';

/** What a graph says may happen, worked out from the graph alone. */
function expected({ nodes, edges }: RandomGraph): (verdict: Verdict) => boolean {
  const nodeOf = ({ from, to }: Verdict, end: 'from' | 'to'): GraphNode | undefined => {
    const endpoint = end === 'from' ? from : to;
    return isPod(endpoint)
      ? nodes.find(({ team, name }) => endpoint.namespace === `${team}-test` && endpoint.name === name)
      : undefined;
  };
  return (verdict) => {
    const caller = nodeOf(verdict, 'from');
    const callee = nodeOf(verdict, 'to');
    // A pod always reaches itself.
    if (caller !== undefined && caller === callee) return true;
    const leaves = caller === undefined || (callee ? calls(edges, caller, callee, verdict) : goesOut(caller, verdict));
    const enters = callee === undefined || (caller ? takes(callee, caller, verdict) : letsIn(callee, verdict));
    return leaves && enters;
  };
}

/** Every port that anything in a graph or on the platform listens on, and one that nothing does. */
const spokenOf = [53, 443, 4318, 5432, 6443, 8080, 8081, 9100, 65000].flatMap((port): PortProtocol[] => [
  { port, protocol: 'TCP' },
  { port, protocol: 'UDP' },
]);

const portNames = { [ports.http]: 'http', [ports.admin]: 'admin' } as const;

function calls(edges: RandomGraph['edges'], from: GraphNode, to: GraphNode, { port, protocol }: PortProtocol): boolean {
  return edges.some(
    (edge) =>
      edge.from === `${from.team}/${from.name}` &&
      edge.to === `${to.team}/${to.name}` &&
      ports[edge.port] === port &&
      protocol === 'TCP',
  );
}

/** Whether a service lets another one in, when that one calls. */
function takes(callee: GraphNode, caller: GraphNode, verdict: PortProtocol): boolean {
  return (
    caller.team === callee.team || listed(callee, [caller.team, `${caller.team}/${caller.name}`, 'anyone'], verdict)
  );
}

function listed({ callers }: GraphNode, names: readonly string[], { port, protocol }: PortProtocol): boolean {
  const name = portNames[port as keyof typeof portNames];
  return (
    protocol === 'TCP' &&
    name !== undefined &&
    callers.some((caller) =>
      typeof caller === 'string' ? names.includes(caller) : names.includes(caller.from) && caller.ports.includes(name),
    )
  );
}

/** Whether a service lets in somebody who is no service of the platform. */
function letsIn(callee: GraphNode, verdict: Verdict): boolean {
  const { from, port, protocol } = verdict;
  if (!isPod(from)) return false;
  if (listed(callee, ['anyone'], verdict)) return true;
  if (protocol !== 'TCP') return false;
  if (from.namespace === 'gateway') return callee.routed && port === ports.http;
  if (from.namespace !== 'monitoring' || callee.metrics === 'none') return false;
  return port === (callee.metrics === 'main' ? ports.http : ports.metrics);
}

/** Whether a service goes out to somebody who is no service of the platform. */
function goesOut({ permissions, egress }: GraphNode, { to, port, protocol }: Verdict): boolean {
  if (isPod(to)) {
    if (to.namespace === 'kube-system' && to.name === 'dns') return port === 53;
    return to.namespace === 'observability' && port === 4318 && protocol === 'TCP';
  }
  if (protocol !== 'TCP') return false;
  if (to.name === 'api-server') return permissions && port === 6443;
  return egress.includes(to.name) && to.name.endsWith(`:${port}`);
}

test('traffic is let through exactly when a call, a route or a role says so', () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const { policies, pods } = renderGraph(graph);
      expect(differences(matrix(worldOf(pods), policies, spokenOf), expected(graph))).toBe('');
    }),
    { numRuns: 500 },
  );
});

test('a pod that has copied every label of a caller is not let in', () => {
  const node = { routed: false, metrics: 'none', permissions: false, egress: [] } as const;
  const graph: RandomGraph = {
    nodes: [
      { ...node, team: 'red', name: 'caller', callers: [] },
      { ...node, team: 'green', name: 'callee', callers: ['red/caller'] },
    ],
    edges: [{ from: 'red/caller', to: 'green/callee', port: 'http' }],
  };
  const { policies, pods } = renderGraph(graph);
  const world = worldOf(pods);
  const entering = matrix(world, policies, spokenOf).filter(
    ({ from, to, allowed }) => allowed && from !== to && to.name === 'callee',
  );
  expect(entering.map(({ from, port }) => `${from.name} ${port}`)).toEqual(['caller 8080']);
});
