import { Chart, Testing } from 'cdk8s';
import { GoldenStatefulService, GoldenWorker } from '../../src/index';

const image = 'registry.example/app:1';

test('empty lists of words are left out, because the API server drops them', () => {
  const empty = { image, command: [], args: [] };
  const chart = new Chart(Testing.app(), 'chart');
  const worker = new GoldenWorker(chart, 'worker', { ...empty, sidecars: { beside: empty } });
  const { containers, initContainers } = worker.deployment.toJson().spec.template.spec;
  for (const container of [...containers, ...initContainers]) {
    expect(container).not.toHaveProperty('command');
    expect(container).not.toHaveProperty('args');
  }
});

test('an empty variable is named without a value, because the API server drops an empty one', () => {
  const worker = new GoldenWorker(new Chart(Testing.app(), 'chart'), 'worker', { image, env: { EMPTY: '' } });
  const { env } = worker.deployment.toJson().spec.template.spec.containers[0];
  expect(env).toContainEqual({ name: 'EMPTY' });
});

test('a time of zero until a pod counts is left out, because the API server drops it', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const rollout = { minReady: '0s' } as const;
  const worker = new GoldenWorker(chart, 'worker', { image, rollout });
  const store = new GoldenStatefulService(chart, 'store', { image, port: 80, rollout });
  for (const object of [worker.deployment, store.statefulSet]) {
    expect(object.toJson().spec).not.toHaveProperty('minReadySeconds');
  }
});
