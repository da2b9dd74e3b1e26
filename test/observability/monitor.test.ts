import { Platform } from 'cdk8s-golden-path';
import { synthObject, testEnvironment } from 'cdk8s-golden-path/testing';
import { kindsOf, service, stateful, worker } from '../workload/workloads';

test('nothing is scraped unless asked for', () => {
  expect(kindsOf(service())).not.toContain('ServiceMonitor');
});

test('a service is scraped on its main port', () => {
  const { kind, spec } = synthObject(service({ metrics: true }).monitor);
  expect(kind).toBe('ServiceMonitor');
  expect(spec.endpoints).toEqual([{ port: 'http', path: '/metrics', interval: '30s' }]);
});

test.each([
  [{ port: 9090 }, 'metrics'],
  [{ port: 9000 }, 'admin'],
  [{ port: 'admin' }, 'admin'],
])('with %j the port %s is scraped', (metrics, port) => {
  const { monitor } = service({ ports: { admin: 9000 }, metrics });
  expect(synthObject(monitor).spec.endpoints[0].port).toBe(port);
});

test('path and interval can be chosen', () => {
  const { monitor } = service({ metrics: { path: '/actuator/prometheus', interval: '1m' } });
  expect(synthObject(monitor).spec.endpoints[0]).toMatchObject({ path: '/actuator/prometheus', interval: '1m' });
});

test('a workload without a Service of its own is scraped by its pods', () => {
  const { kind, spec } = synthObject(worker({ metrics: { port: 9090 } }).monitor);
  expect(kind).toBe('PodMonitor');
  expect(spec.podMetricsEndpoints[0].port).toBe('metrics');
});

test('the pods of a stateful service are read once, not through each of its Services', () => {
  expect(synthObject(stateful({ metrics: true }).monitor).kind).toBe('PodMonitor');
});

test('the platform decides labels, interval and limit of samples', () => {
  const monitoring = { labels: { release: 'prometheus' }, interval: '15s', sampleLimit: 500 };
  const env = testEnvironment({ platform: new Platform({ domain: 'acme.io', monitoring }) });
  const { metadata, spec } = synthObject(service({ metrics: true }, env).monitor);
  expect(metadata.labels).toMatchObject(monitoring.labels);
  expect([spec.endpoints[0].interval, spec.sampleLimit]).toEqual(['15s', 500]);
});

test('every series carries owner, system and version', () => {
  expect(synthObject(service({ metrics: true }).monitor).spec.podTargetLabels).toEqual([
    'acme.io/owner',
    'acme.io/system',
    'app.kubernetes.io/version',
  ]);
});
