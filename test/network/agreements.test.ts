import { agreements } from '../../src/network/agreements';
import type { GraphService } from '../../src/network/call-graph';

const place = { environment: 'dev', cluster: 'a', component: 'service', hosts: [], egress: [] };
const port = { name: 'http', port: 8080, servicePort: 80, protocol: 'http' } as const;

function node(id: string, given: Partial<Pick<GraphService, 'calls' | 'callers' | 'cluster'>> = {}): GraphService {
  const [team] = id.split('/');
  return { ...place, id, team, namespace: `${team}-dev`, path: id, ports: [port], callers: [], calls: [], ...given };
}

const calling = (to: string) => ({ calls: [{ to, port: 'http' }] });
const listing = (...from: string[]) => ({ callers: from.map((name) => ({ from: name })) });
const messages = (nodes: GraphService[], catalog: string[] = []) => {
  const { problems, warnings } = agreements(nodes, catalog);
  return { problems: problems.map(({ message }) => message), warnings: warnings.map(({ message }) => message) };
};

test.each([
  ['the team', 'orders'],
  ['the service', 'orders/web'],
  ['anyone', 'anyone'],
])('a call is agreed when the other side lists %s', (_, from) => {
  const nodes = [node('orders/web', calling('payments/api')), node('payments/api', listing(from))];
  expect(messages(nodes)).toEqual({ problems: [], warnings: [] });
});

test('a call inside of a team needs no entry', () => {
  expect(messages([node('orders/web', calling('orders/api')), node('orders/api')]).problems).toEqual([]);
});

test('a call that only the caller knows is a problem', () => {
  expect(messages([node('orders/web', calling('payments/api')), node('payments/api')]).problems).toEqual([
    'calls payments/api on port http, which does not take calls from orders/web; add "orders/web" or "orders" to the callers of payments/api',
  ]);
});

test('a caller that is listed for other ports is not listed for this one', () => {
  const callers = [{ from: 'orders', ports: ['admin'] }];
  const nodes = [node('orders/web', calling('payments/api')), node('payments/api', { callers })];
  expect(messages(nodes).problems).toHaveLength(1);
});

test('a caller that is listed and does not call is reported', () => {
  expect(messages([node('orders/web'), node('payments/api', listing('orders/web'))])).toEqual({
    problems: [],
    warnings: ['lists orders/web as a caller, which does not call it; take it out of callers'],
  });
});

test('a caller that does not exist is a problem, with the one that was meant', () => {
  expect(messages([node('orders/web'), node('payments/api', listing('orders/wbe'))]).problems).toEqual([
    'lists the caller orders/wbe, which does not exist (did you mean "orders/web"?); the team orders has orders/web',
  ]);
  expect(messages([node('payments/api', listing('orders/wbe'))], ['orders/web']).problems).toHaveLength(1);
});

test('a caller of a team of which nothing is known may exist', () => {
  expect(messages([node('payments/api', listing('orders/web'))]).problems).toEqual([]);
});

test('services of different clusters do not answer for each other', () => {
  const nodes = [node('orders/web', calling('payments/api')), node('payments/api', { cluster: 'b' })];
  expect(messages(nodes).problems).toEqual([]);
});

test('what the catalog knows of the other side is reported', () => {
  const calls = [{ to: 'payments/api', port: 'http', refusal: 'the team payments has to add it' }];
  expect(messages([node('orders/web', { calls })]).warnings).toEqual([
    'calls payments/api, and the network will not let it through: the team payments has to add it',
  ]);
});
