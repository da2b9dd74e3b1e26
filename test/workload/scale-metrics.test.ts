import { Chart, Testing } from 'cdk8s';
import { GoldenWorker } from '../../src/index';

function worker(target: number | string): GoldenWorker {
  const scale = { min: 1, max: 2, metrics: [{ name: 'requests', target }] };
  return new GoldenWorker(new Chart(Testing.app(), 'chart'), 'worker', { image: 'registry.example/app:1', scale });
}

test.each([100, '100', '500m', '1k'])('a metric can steer to %j', (target) => {
  expect(worker(target).autoscaler?.toJson().spec.metrics[0].pods.target.averageValue).toBe(String(target));
});

test.each([0, -1, '0', '1 k', Number.NaN])('a metric can not steer to %j', (target) => {
  expect(() => worker(target)).toThrow('needs a name and a target above zero');
});
