import { Chart, Size, Testing } from 'cdk8s';
import { EnvValue, Probe, Volume } from 'cdk8s-plus-29';
import { GoldenWorker } from '../../src/index';

const image = 'registry.example/app:1';

function podOf(worker: GoldenWorker) {
  return worker.deployment.toJson().spec.template.spec;
}

test.each([
  ['TCP', Probe.fromTcpSocket(), { tcpSocket: { port: 8080 } }],
  ['TCP at a port', Probe.fromTcpSocket({ port: 8081 }), { tcpSocket: { port: 8081 } }],
  ['HTTP', Probe.fromHttpGet('/ready'), { httpGet: { path: '/ready', port: 8080 } }],
  ['a command', Probe.fromCommand(['check']), { exec: { command: ['check'] } }],
])('a cdk8s-plus probe by %s renders plain fields', (_, readiness, expected) => {
  const chart = new Chart(Testing.app(), 'chart');
  const worker = new GoldenWorker(chart, 'worker', { image, port: 8080, ports: { b: 8081 }, probes: { readiness } });
  expect(podOf(worker).containers[0].readinessProbe).toMatchObject(expected);
});

test('a cdk8s-plus volume with a size renders it as a quantity', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const volume = Volume.fromEmptyDir(chart, 'volume', 'scratch', { sizeLimit: Size.mebibytes(8) });
  const worker = new GoldenWorker(chart, 'worker', { image, volumes: { scratch: { volume, mountPath: '/scratch' } } });
  expect(podOf(worker).volumes).toContainEqual({ name: 'scratch', emptyDir: { sizeLimit: '8Mi' } });
});

test('a cdk8s-plus value renders as a variable', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const worker = new GoldenWorker(chart, 'worker', { image, env: { A: EnvValue.fromValue('b') } });
  expect(podOf(worker).containers[0].env).toContainEqual({ name: 'A', value: 'b' });
});
