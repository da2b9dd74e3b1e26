import { GoldenApp, GoldenService, Platform, type RenderedService } from 'cdk8s-golden-path';
import { synthObject, testEnvironment } from 'cdk8s-golden-path/testing';
import { synthesize } from '../../src/app/synthesize';
import { type Topology, topologyProblems } from '../../src/platform/topology';

const environments = { staging: { clusters: ['s1'] }, production: { clusters: ['p1', 'p2'] } };
const image = 'r.acme.io/web:1.0.0';
const id = 'payments/api';

const known = (service: RenderedService, services: Topology['services'] = {}): Topology => ({
  environments,
  services,
  rendered: { [id]: service },
});

/** What an app that calls the service is warned of. */
function warningsOf(topology: Topology): string[] {
  const platform = new Platform({ domain: 'acme.io', topology });
  const app = new GoldenApp({ platform, team: 'orders', system: 'shop' });
  app.forEachEnvironment((env) => {
    new GoldenService(env, 'web', { image, port: 8080 }).calls(env.service(id));
  });
  return synthesize(app).warnings.map(({ path, message }) => `${path}: ${message}`);
}

/** The ports of it that callers of the first environment are let out to. */
function portsOf(topology: Topology): unknown {
  const env = testEnvironment({ platform: new Platform({ domain: 'acme.io', topology }), team: 'orders' });
  const web = new GoldenService(env, 'web', { image, port: 8080 });
  web.calls(env.service(id));
  return synthObject(web.networkPolicy).spec.egress.slice(-1)[0].ports;
}

const port = (number: number) => [{ port: number, protocol: 'TCP' }];

test('a service is called as it is rendered in the environment', () => {
  const service = { ports: { grpc: 9090 }, places: { staging: { ports: { grpc: 9191 } }, production: {} } };
  expect(portsOf(known(service))).toEqual(port(9191));
  expect(portsOf(known({ ports: { grpc: 9090 } }))).toEqual(port(9090));
});

test('what is rendered holds where it is, what was written elsewhere', () => {
  const written = { [id]: { ports: { grpc: 1 }, callers: ['orders'] } };
  expect(portsOf(known({ ports: { grpc: 9090 }, places: { staging: {} } }, written))).toEqual(port(9090));
  expect(portsOf(known({ ports: { grpc: 9090 }, places: { production: {} } }, written))).toEqual(port(1));
  expect(warningsOf(known({ ports: { grpc: 9090 }, callers: ['orders'], places: { staging: {} } }, written))).toEqual(
    [],
  );
});

test('a call of what only another place has is a warning, in its own team too', () => {
  const callers = ['orders'];
  const unlisted = warningsOf(known({ ports: { grpc: 9090 }, places: { staging: { callers } } }));
  expect(unlisted).toEqual([
    expect.stringContaining('not in production'),
    expect.stringContaining('not in production'),
  ]);
  const sentence = (place: string, there: string, missing: string) =>
    `${place}/web: calls payments/api, and the network will not let it through: payments/api is rendered in ${there}, and not in ${missing}`;
  expect(warningsOf(known({ ports: { grpc: 9090 }, callers, places: { staging: {} } }))).toEqual([
    sentence('orders/production/p1', 'staging', 'production'),
    sentence('orders/production/p2', 'staging', 'production'),
  ]);
  expect(warningsOf(known({ ports: { grpc: 9090 }, callers, places: { staging: {}, 'production/p1': {} } }))).toEqual([
    sentence('orders/production/p2', 'staging, production/p1', 'production/p2'),
  ]);
});

test('a service that does not list the caller is a warning', () => {
  expect(
    warningsOf(known({ ports: { grpc: 9090 }, places: { staging: { callers: ['orders'] }, production: {} } })),
  ).toHaveLength(2);
});

test('of many services, those of the team are named', () => {
  const many = Array.from({ length: 30 }, (_, n) => [`team-${n % 3}/api-${n}`, { ports: { http: 8080 } }] as const);
  const topology = { environments, rendered: Object.fromEntries(many) };
  const env = testEnvironment({ platform: new Platform({ domain: 'acme.io', topology }), team: 'orders' });
  expect(() => env.service('team-2/nothing')).toThrow(
    /the catalog has (team-2\/api-\d+, ){9}team-2\/api-\d+, and 20 more$/,
  );
});

test.each([
  [{ [id]: { ports: { grpc: 0 } } }, 'topology.rendered["payments/api"].ports.grpc 0 is no port'],
  [{ api: { ports: { grpc: 1 } } }, 'topology.rendered["api"] is no service'],
  [{ [id]: { ports: { grpc: 1 }, places: ['staging'] } }, '.places ["staging"] is no mapping'],
  [
    { [id]: { ports: { grpc: 1 }, places: { stagin: {} } } },
    'names "stagin", which is in no environment (did you mean "staging"?)',
  ],
  [{ [id]: { ports: { grpc: 1 }, places: { staging: null } } }, '.places["staging"] null is no mapping'],
  [{ [id]: { ports: { grpc: 1 }, places: { staging: { ports: {} } } } }, 'has no ports'],
  [
    { [id]: { ports: { grpc: 1 }, places: { 'staging/s1': { callers: ['x'] } } } },
    '"x", which the platform does not know',
  ],
])('what is rendered as %j is refused: %s', (rendered, message) => {
  expect(topologyProblems({ environments, owners: { orders: {} }, rendered }).join('\n')).toContain(message);
});
