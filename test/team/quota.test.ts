import fc from 'fast-check';
import { exactQuantity } from '../../src/platform/quantity';
import { demandOf } from '../../src/team/demand';
import { fitProblems } from '../../src/team/fits';
import { limitRangeSpec } from '../../src/team/limit-range';
import { quotaSpec, roundUp } from '../../src/team/quota';
import { quotaAmountsProblems, quotaProblems, quotaSizes } from '../../src/team/quota-size';
import { team } from './team-arbitrary';
import { claim, deployment, podsOf, teamObject } from './team-objects';

const nothing = demandOf([]);

test('a named size bounds every amount it names, and what costs money by itself', () => {
  expect(quotaSpec('small', { demand: nothing }).hard).toEqual({
    'requests.cpu': '5',
    'requests.memory': '10Gi',
    'limits.memory': '20Gi',
    pods: '50',
    'requests.storage': '100Gi',
    persistentvolumeclaims: '10',
    services: '20',
    'services.loadbalancers': '0',
    'services.nodeports': '0',
    configmaps: '26',
    secrets: '25',
  });
});

test('each size has room for the services it is named for, as they are by default', () => {
  const scaled = { replicas: 4, strategy: { rollingUpdate: { maxSurge: 1 } } };
  Object.values(quotaSizes).forEach((size, i) => {
    const services = [2, 5, 15, 40, 100][i];
    const demand = demandOf(Array.from({ length: services }, (_, n) => deployment(`s${n}`, scaled)));
    expect(fitProblems(demand, { quota: quotaSpec(size, { demand }) })).toEqual([]);
  });
});

test('numbers are written as the API server writes them, and what is left out is not bounded', () => {
  const other = { 'requests.nvidia.com/gpu': 2 };
  expect(quotaSpec({ cpu: 1.5, memory: '1.5Gi', pods: 10, loadBalancers: 1, other }, { demand: nothing }).hard).toEqual(
    {
      'requests.cpu': '1500m',
      'requests.memory': '1536Mi',
      'limits.memory': '3Gi',
      pods: '10',
      'services.loadbalancers': '1',
      'services.nodeports': '0',
      'requests.nvidia.com/gpu': '2',
    },
  );
});

test('a platform names its own sizes', () => {
  const sizes = { tiny: { cpu: 1, memory: '1Gi', pods: 5 } };
  expect(quotaSpec('tiny', { sizes, demand: nothing }).hard?.pods).toBe('5');
  expect(quotaProblems('small', sizes)).toEqual(['quota "small" is unknown; use computed or tiny, or numbers']);
});

const shop = [
  deployment('api', { replicas: 9 }),
  claim('files', '10Gi'),
  teamObject('v1', 'Service', 'api', { ports: [] }),
  teamObject('postgresql.cnpg.io/v1', 'Cluster', 'db'),
];

test('a computed quota adds a fifth to what is needed, in numbers that read well', () => {
  const demand = demandOf(shop);
  expect(quotaSpec('computed', { demand }).hard).toEqual({
    // 10 pods of 200m and 256Mi, limit 512Mi.
    'requests.cpu': '2500m',
    'requests.memory': '3Gi',
    'limits.memory': '6Gi',
    pods: '12',
    'requests.storage': '12Gi',
    persistentvolumeclaims: '2',
    services: '2',
    'services.loadbalancers': '0',
    'services.nodeports': '0',
    configmaps: '2',
    secrets: '1',
  });
});

test.each([
  ['requests.cpu', 950, 1000],
  ['requests.cpu', 1100, 1500],
  ['limits.cpu', 11_200, 12_000],
  ['requests.cpu', 101_000, 110_000],
  ['pods', 12_100, 13_000],
  ['requests.example.com/gpu', 1200, 2000],
] as const)('%s of %d thousandths is rounded up to %d', (key, value, rounded) => {
  expect(roundUp(key, BigInt(value) * 10n ** 6n)).toBe(BigInt(rounded) * 10n ** 6n);
});

test.each([
  ['900Mi', '1Gi'],
  ['1025Mi', '1536Mi'],
  ['8.1Gi', '9Gi'],
  ['65Gi', '72Gi'],
  ['600Gi', '640Gi'],
])('%s of memory is rounded up to %s', (value, rounded) => {
  expect(roundUp('requests.memory', exactQuantity(value) ?? 0n)).toBe(exactQuantity(rounded));
});

test('another headroom is another share', () => {
  const demand = demandOf(shop);
  expect(quotaSpec({ headroom: 0 }, { demand }).hard).toMatchObject({ 'requests.cpu': '2', pods: '11' });
  expect(quotaSpec({ headroom: 100 }, { demand }).hard).toMatchObject({ 'requests.cpu': '4', pods: '20' });
  // 2.502 cores, just above a step.
  expect(quotaSpec({ headroom: 25.1 }, { demand }).hard?.['requests.cpu']).toBe('3');
});

test("a computed quota counts the objects of the platform's own APIs, and of no other", () => {
  const demand = demandOf(shop);
  const counts = (ownGroups?: readonly string[]) =>
    Object.entries(quotaSpec('computed', { demand, ownGroups }).hard ?? {}).filter(([key]) => key.startsWith('count/'));
  expect(counts(['apps'])).toEqual([['count/deployments.apps', '2']]);
  expect(counts()).toEqual([]);
});

test('a computed quota leaves memory limits alone where a container has none', () => {
  const unlimited = deployment('api', { template: podsOf({ requests: { cpu: 1, memory: '1Gi' } }) });
  const demand = demandOf([unlimited, deployment('limited')]);
  expect(quotaSpec('computed', { demand }).hard).not.toHaveProperty(['limits.memory']);
});

test('where no workload is rendered yet, a computed quota has room for the first', () => {
  expect(quotaSpec('computed', { demand: nothing })).toEqual(quotaSpec('xs', { demand: nothing }));
});

test('whatever a team renders fits its computed quota, and so does one pod more', () => {
  const limitRange = limitRangeSpec();
  fc.assert(
    fc.property(team, ({ objects, nodes, overlappingRuns }) => {
      const demand = demandOf(objects, { limitRange, nodes, overlappingRuns });
      const { hard = {} } = quotaSpec('computed', { demand });
      for (const [key, need] of demand.used) {
        if (hard[key] === undefined) continue;
        expect(exactQuantity(hard[key])).toBeGreaterThanOrEqual(need);
      }
      expect(exactQuantity(hard.pods)).toBeGreaterThanOrEqual((demand.used.get('pods') ?? 0n) + 10n ** 9n);
    }),
    { numRuns: 200 },
  );
});

test.each<[unknown, string]>([
  ['smal', 'quota "smal" is unknown (did you mean "small"?); use computed, xs, small, medium, large or xl, or numbers'],
  [7, 'quota 7 is no quota; name a size, or write { cpu, memory, pods }'],
  [{ headroom: -1 }, 'quota.headroom -1 is no percentage; use a number from 0 to 1000'],
  [{ headroom: '20%' }, 'quota.headroom "20%" is no percentage'],
  [{ headroom: 20, cpu: 4 }, 'quota.cpu can not be set beside headroom'],
  [{ cpu: 1, memory: '1Gi' }, 'quota.pods undefined is no count; use a whole number from 0'],
  [{ cpu: 'four', memory: '1Gi', pods: 1 }, 'quota.cpu "four" is no quantity'],
  [{ cpu: 1, memory: '1Gi', pods: 1.5 }, 'quota.pods 1.5 is no count'],
  [{ cpu: 1, memory: '1Gi', pods: 1, servces: 2 }, 'quota has no setting "servces" (did you mean "services"?)'],
  [{ cpu: 1, memory: '1Gi', pods: 1, other: { pods: 1 } }, 'names "pods", which has a setting of its own; use pods'],
  [
    { cpu: 1, memory: '1Gi', pods: 1, other: { 'count/replicasets.apps': 1 } },
    'which controllers make: at the bound a rollout stops',
  ],
  [{ cpu: 1, memory: '1Gi', pods: 1, other: { 'gpu.example.com/x': 1 } }, 'which no ResourceQuota counts'],
  [{ cpu: 1, memory: '1Gi', pods: 1, other: { 'count/x.example.com': 'x' } }, '"x" is no quantity'],
])('the quota %j is refused: %s', (quota, message) => {
  expect(quotaProblems(quota).join('\n')).toContain(message);
});

test('every wrong number is named at once', () => {
  expect(quotaAmountsProblems('sizes.tiny', { cpu: 0, memory: '', pods: -1, extra: 1 })).toHaveLength(4);
});

test.each([{ cpu: 1, memory: '1Gi', pods: 0, storage: 0 }, 'computed', { headroom: 0 }, 'xl'])(
  '%j is a quota',
  (quota) => {
    expect(quotaProblems(quota)).toEqual([]);
  },
);
