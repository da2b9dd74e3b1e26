import type { Topology } from '../../src/platform/topology';
import { changedServices } from '../../src/promotion/changed-services';
import { contradictions } from '../../src/promotion/contradictions';

const environments = { staging: { clusters: ['s1'] }, production: { clusters: ['p1', 'p2'] } };
const id = 'payments/api';
const rendered = (service: NonNullable<Topology['rendered']>[string]): Topology => ({
  environments,
  rendered: { [id]: service },
});
const written = (service: NonNullable<Topology['services']>[string]): Topology => ({
  environments,
  services: { [id]: service },
});
const grpc = { ports: { grpc: 9090 } };

test.each<[string, Partial<Topology>, Topology, string[]]>([
  ['that is new', {}, rendered(grpc), ['+ service payments/api: grpc 9090']],
  [
    'that is new in one cluster',
    { environments },
    rendered({
      ports: { http: { port: 8080, servicePort: 80 }, x: { port: 1, protocol: 'udp' } },
      callers: ['orders'],
      places: { 'production/p2': {} },
    }),
    ['+ service payments/api in production/p2: http 8080 behind 80, x 1 (udp), called by orders'],
  ],
  ['that is gone', rendered(grpc), { environments }, ['- service payments/api']],
  ['that is the same', rendered(grpc), rendered(grpc), []],
  ['that is rendered as it was written', written(grpc), rendered(grpc), []],
  [
    'on another port',
    rendered(grpc),
    rendered({ ports: { grpc: 9191 } }),
    ['~ service payments/api: port grpc 9090 is grpc 9191'],
  ],
  [
    'with other ports',
    rendered({ ports: { a: 1, b: 2 } }),
    rendered({ ports: { c: 3, a: 1 } }),
    ['~ service payments/api: port b 2 is gone; port c 3 is new; c is the main port, which was a'],
  ],
  [
    'with other callers',
    rendered({ ...grpc, callers: ['orders'] }),
    rendered({ ...grpc, callers: ['billing', { from: 'anyone', ports: ['grpc'] }] }),
    ['~ service payments/api: takes calls from billing; takes calls from anyone; takes no calls from orders any more'],
  ],
  [
    'that came to production and changed in staging',
    rendered({ ...grpc, places: { staging: {} } }),
    rendered({ ...grpc, places: { staging: { ports: { grpc: 1 } }, production: {} } }),
    ['~ service payments/api in staging: port grpc 9090 is grpc 1', '~ service payments/api in production: is new'],
  ],
  [
    'that left a cluster',
    rendered(grpc),
    rendered({ ...grpc, places: { staging: {}, 'production/p1': {} } }),
    ['~ service payments/api in production/p2: is gone'],
  ],
  [
    'in an environment that was not there',
    { ...rendered(grpc), environments: { staging: { clusters: ['s1'] } } },
    rendered(grpc),
    [],
  ],
])('a service %s is said', (_, before, after, lines) => {
  expect(changedServices(before, after)).toEqual(lines);
});

test('services are sorted', () => {
  const services = { 'b/b': grpc, 'a/b': grpc, 'a/a': grpc };
  expect(changedServices({}, { environments, services }).map((line) => line.split(':')[0])).toEqual([
    '+ service a/a',
    '+ service a/b',
    '+ service b/b',
  ]);
});

test.each([
  ['says the same', grpc, grpc, []],
  [
    'says the same in other words',
    { ...grpc, callers: [{ from: 'orders', ports: ['grpc'] }] },
    { ...grpc, callers: ['orders'] },
    [],
  ],
  ['says it of what the tree does not render', grpc, { ports: { grpc: 1 }, places: {} }, []],
  [
    'says otherwise',
    grpc,
    { ports: { grpc: 1 }, callers: ['orders'], places: { staging: {}, production: { ...grpc, callers: [] } } },
    [
      'services names payments/api as grpc 9090; the tree renders in staging grpc 1, called by orders, which holds: write it so, or take it out',
    ],
  ],
])('a platform team that %s is told so', (_, own, tree, expected) => {
  const topology = { environments, services: { [id]: own }, rendered: { [id]: tree } } as Topology;
  expect(contradictions(topology)).toEqual(expected);
});
