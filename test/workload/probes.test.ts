import type { ProbeOptions } from 'cdk8s-golden-path';
import { containerOf, service, worker } from './workloads';

const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'];

test.each(probes)('the %s connects to the main port by default', (probe) => {
  expect(containerOf(service())[probe].tcpSocket).toEqual({ port: 'http' });
});

test.each(probes)('a health path switches the %s to HTTP', (probe) => {
  expect(containerOf(service({ health: '/healthz' }))[probe].httpGet).toEqual({ path: '/healthz', port: 'http' });
});

test.each(probes)('health grpc switches the %s to the gRPC health protocol', (probe) => {
  expect(containerOf(service({ protocol: 'grpc', health: 'grpc' }))[probe].grpc).toEqual({ port: 8080 });
});

test.each([
  [{ http: '/ready' }, { httpGet: { path: '/ready', port: 'http' } }],
  [{ http: '/ready', port: 'admin' }, { httpGet: { path: '/ready', port: 'admin' } }],
  [{ tcp: true }, { tcpSocket: { port: 'http' } }],
  [{ tcp: 9000 }, { tcpSocket: { port: 9000 } }],
  [{ grpc: true }, { grpc: { port: 8080 } }],
  [{ grpc: 9000, service: 'orders' }, { grpc: { port: 9000, service: 'orders' } }],
  [{ exec: ['test', '-f', '/tmp/ok'] }, { exec: { command: ['test', '-f', '/tmp/ok'] } }],
] as [ProbeOptions, object][])('a single probe can ask by %j', (readiness, expected) => {
  const container = containerOf(service({ health: '/healthz', ports: { admin: 9000 }, probes: { readiness } }));
  expect(container.readinessProbe).toMatchObject(expected);
  expect(container.livenessProbe.httpGet.path).toBe('/healthz');
});

test('a single probe can be left out', () => {
  const container = containerOf(service({ probes: { liveness: false } }));
  expect(container).not.toHaveProperty('livenessProbe');
  expect(container).toHaveProperty('readinessProbe');
});

test('a program has 150 seconds to start', () => {
  expect(containerOf(service()).startupProbe).toMatchObject({ periodSeconds: 5, failureThreshold: 30 });
});

test('timing is in seconds', () => {
  const liveness = { http: '/', every: '1m', timeout: '2s', delay: '5s', failures: 7 } as const;
  expect(containerOf(service({ probes: { liveness } })).livenessProbe).toMatchObject({
    periodSeconds: 60,
    timeoutSeconds: 2,
    initialDelaySeconds: 5,
    failureThreshold: 7,
  });
});

test.each([
  ['a worker without a port', () => worker()],
  ['a UDP service', () => service({ protocol: 'udp' })],
])('%s is not probed', (_, workload) => {
  expect(Object.keys(containerOf(workload()))).toEqual(expect.not.arrayContaining(probes));
  for (const probe of probes) expect(containerOf(workload())).not.toHaveProperty(probe);
});

test('a worker with a port is probed like a service', () => {
  expect(containerOf(worker({ port: 8080, health: '/healthz' })).livenessProbe.httpGet.path).toBe('/healthz');
});
