import { Chart, Testing } from 'cdk8s';
import { GoldenStatefulService } from '../../src/index';

test('a stateful service without claims has no empty list of them, which the API server would drop', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const cache = new GoldenStatefulService(chart, 'cache', { image: 'registry.example/cache:1', port: 6379 });
  expect(cache.statefulSet.toJson().spec).not.toHaveProperty('volumeClaimTemplates');
});
