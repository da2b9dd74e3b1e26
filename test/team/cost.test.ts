import { monthlyCost, showCost } from '../../src/team/cost';
import { demandOf } from '../../src/team/demand';
import { claim, deployment, podsOf, teamObject } from './team-objects';

const prices = { currency: 'EUR', cpuPerMonth: 20, memoryGibPerMonth: 2.5, storageGibPerMonth: 0.1 };
/** Costs 22.50 in all. */
const big = podsOf({ requests: { cpu: 1, memory: '1Gi' } });

const cost = (...objects: Parameters<typeof demandOf>[0]) => showCost(monthlyCost(demandOf(objects).workloads, prices));

test('requests and claims are what costs, without the pods of a rollout', () => {
  expect(cost(deployment('api', { template: big }), claim('files', '10Gi'))).toBe('46.00 EUR');
});

test('an autoscaled workload costs from its smallest to its full scale', () => {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
  const hpa = teamObject('autoscaling/v2', 'HorizontalPodAutoscaler', 'api', {
    minReplicas: 2,
    maxReplicas: 4,
    scaleTargetRef,
  });
  expect(cost(deployment('api', { template: big, replicas: undefined }), hpa)).toBe('45.00 to 90.00 EUR');
});

test('what runs at times costs nothing at the least, and what runs once is no monthly cost', () => {
  const jobTemplate = { spec: { template: big } };
  expect(cost(teamObject('batch/v1', 'CronJob', 'c', { concurrencyPolicy: 'Forbid', jobTemplate }))).toBe(
    '0.00 to 22.50 EUR',
  );
  expect(cost(teamObject('batch/v1', 'Job', 'j', { template: big }))).toBe('0.00 EUR');
});

test.each([
  ['1m', '0.02 EUR'],
  ['0.2m', '0.00 EUR'],
  ['0.25m', '0.01 EUR'],
  ['0.3m', '0.01 EUR'],
])('%s of a core is rounded to the nearest hundredth', (cpu, money) => {
  expect(cost(deployment('api', { replicas: 1, template: podsOf({ requests: { cpu } }) }))).toBe(money);
});

test('a thousand small amounts are added up before they are rounded', () => {
  const many = Array.from({ length: 1000 }, (_, i) =>
    deployment(`s${i}`, { replicas: 1, template: podsOf({ requests: { cpu: '0.1m' } }) }),
  );
  expect(cost(...many)).toBe('2.00 EUR');
});
