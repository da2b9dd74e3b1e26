import { GoldenApp, GoldenJob, GoldenService, GoldenWorker, Platform, type Topology } from 'cdk8s-golden-path';
import { synthObject, testEnvironment } from 'cdk8s-golden-path/testing';
import { containerOf, image, service } from '../workload/workloads';

const owners = { orders: {}, payments: {} };
const topology: Topology = {
  environments: { dev: { clusters: ['a'] }, staging: { clusters: ['b'] } },
  owners,
  services: {
    'payments/payments-api': { ports: { grpc: 9090, admin: { port: 9091, protocol: 'http' } }, callers: ['orders'] },
    'payments/ledger': { ports: { http: { port: 8080, servicePort: 80 } } },
  },
};
const platform = new Platform({ domain: 'acme.io', topology });
const orders = () => testEnvironment({ platform, team: 'orders' });

function variablesOf(workload: GoldenService | GoldenWorker): Record<string, string> {
  const { env } = containerOf(workload) as { env: { name: string; value: string }[] };
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

test('a call inside of a team opens both sides, and nothing else', () => {
  const env = orders();
  const api = service({}, env);
  const web = new GoldenService(env, 'web', { image, port: 8080 });
  web.calls(api);
  expect(synthObject(web.networkPolicy).spec.egress).toContainEqual({
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'orders-dev' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
      },
    ],
    ports: [{ port: 8080, protocol: 'TCP' }],
  });
  expect(synthObject(api.networkPolicy).spec.ingress).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'orders-dev' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        },
      ],
      ports: [{ port: 8080, protocol: 'TCP' }],
    },
  ]);
});

test.each([
  ['an HTTP service', { port: 8080 }, undefined, 'API_URL', 'http://api.orders-dev.svc'],
  [
    'an HTTP service on another port',
    { port: 8080, servicePort: 8080 },
    undefined,
    'API_URL',
    'http://api.orders-dev.svc:8080',
  ],
  ['a gRPC service', { port: 9090, protocol: 'grpc' }, undefined, 'API_ADDRESS', 'api.orders-dev.svc:9090'],
  [
    'another port of it',
    { port: 8080, ports: { admin: 8081 } },
    'admin',
    'API_ADMIN_URL',
    'http://api.orders-dev.svc:8081',
  ],
] as const)('the caller of %s is told its address', (_, props, port, variable, address) => {
  const env = orders();
  const api = service(props, env);
  const worker = new GoldenWorker(env, 'mailer', { image });
  worker.calls(port === undefined ? api : api.port(port));
  expect(variablesOf(worker)[variable]).toBe(address);
});

test('the variable has another name, or there is none', () => {
  const env = orders();
  const api = service({}, env);
  const one = new GoldenWorker(env, 'one', { image });
  one.calls(api, { env: 'BACKEND' });
  const two = new GoldenWorker(env, 'two', { image });
  two.calls(api, { env: false });
  expect(variablesOf(one)).toMatchObject({ BACKEND: 'http://api.orders-dev.svc' });
  expect(Object.keys(variablesOf(two)).filter((name) => /API|BACKEND/.test(name))).toEqual([]);
});

test('the same call twice is one call', () => {
  const env = orders();
  const api = service({}, env);
  const worker = new GoldenWorker(env, 'mailer', { image });
  worker.calls(api);
  worker.calls(api);
  expect(synthObject(api.networkPolicy).spec.ingress).toHaveLength(1);
});

test('a service of another repository is called by its catalog entry', () => {
  const env = orders();
  const api = service({}, env);
  api.calls(env.service('payments/payments-api'));
  api.calls(env.service('payments/payments-api').port('admin'));
  const { egress } = synthObject(api.networkPolicy).spec;
  expect(egress.slice(-2)).toMatchObject([
    {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'payments-dev' } } }],
      ports: [{ port: 9090 }],
    },
    { ports: [{ port: 9091 }] },
  ]);
  expect(variablesOf(api)).toMatchObject({
    PAYMENTS_API_ADDRESS: 'payments-api.payments-dev.svc:9090',
    PAYMENTS_API_ADMIN_URL: 'http://payments-api.payments-dev.svc:9091',
  });
});

test.each([
  ['a team', 'orders', { podSelector: undefined }],
  ['one service', 'orders/orders-api', { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'orders-api' } } }],
])('a service that lists %s lets it in, on every port but the one that only metrics use', (_, from, peer) => {
  const env = testEnvironment({ platform, team: 'payments' });
  const api = service({ port: 8080, ports: { admin: 8081 }, metrics: { port: 9100 }, callers: [from] }, env);
  expect(synthObject(api.networkPolicy).spec.ingress).toContainEqual({
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'orders-dev' } }, ...peer }],
    ports: [
      { port: 8080, protocol: 'TCP' },
      { port: 8081, protocol: 'TCP' },
    ],
  });
});

test('calls go to the catalog’s name when nobody is named the same', () => {
  expect(() => orders().service('payments/payment-api')).toThrow(
    'service "payments/payment-api" is unknown (did you mean "payments/payments-api"?)',
  );
});

test.each([
  [
    'a worker',
    (env: ReturnType<typeof orders>) => new GoldenWorker(env, 'mailer', { image }),
    '"mailer", which nobody can call',
  ],
  ['a job', (env: ReturnType<typeof orders>) => new GoldenJob(env, 'task', { image }), '"task", which nobody can call'],
  ['a name', () => 'payments-api', '"payments-api", which nobody can call'],
  ['nothing', () => undefined, 'undefined, which nobody can call'],
])('%s can’t be called', (_, callee, message) => {
  const env = orders();
  const api = service({}, env);
  expect(() => api.calls(callee(env) as never)).toThrow(message);
});

test('a port that is not there can’t be called', () => {
  const api = service({ ports: { admin: 8081 } }, orders());
  expect(() => api.port('admn')).toThrow('has no port "admn" (did you mean "admin"?); use http, admin');
});

test('a service of another environment or cluster can’t be called', () => {
  const app = new GoldenApp({ platform, team: 'orders', system: 'commerce' });
  const made: GoldenService[] = [];
  app.forEachEnvironment((env) => made.push(new GoldenService(env, 'api', { image, port: 8080 })));
  expect(() => made[0].calls(made[1])).toThrow('calls orders/api of staging/b from dev/a');
});

test('a service of another team in the same graph has to list its caller', () => {
  const closed = service({}, testEnvironment({ platform, team: 'payments' }));
  const open = service({ callers: ['orders'] }, testEnvironment({ platform, team: 'payments' }));
  const caller = new GoldenService(orders(), 'web', { image, port: 8080 });
  expect(() => caller.calls(closed)).toThrow('add "orders/web" or "orders" to the callers of payments/api');
  expect(() => caller.calls(open)).not.toThrow();
});

test('a variable that is set already is not overwritten', () => {
  const env = orders();
  const api = service({}, env);
  const web = new GoldenService(env, 'web', { image, port: 8080, env: { API_URL: 'http://elsewhere' } });
  expect(() => web.calls(api)).toThrow('API_URL is set already');
});

test.each([
  [['ordrs'], 'caller "ordrs" is of the team "ordrs", which the platform does not know (did you mean "orders"?)'],
  [['orders/a/b'], 'caller "orders/a/b" has more than one "/"'],
  [['orders/Api'], 'caller "Api" is no DNS label'],
  [
    [{ from: 'orders', ports: ['htp'] }],
    'caller "orders" names the port "htp", which is not there (did you mean "http"?)',
  ],
  ['orders', 'callers "orders" is no list'],
  [[7], 'caller 7 is neither a team'],
])('callers %j are refused', (callers, message) => {
  expect(() => service({ callers } as never, testEnvironment({ platform, team: 'payments' }))).toThrow(message);
});
