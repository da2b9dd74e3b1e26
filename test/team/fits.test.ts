import { demandOf } from '../../src/team/demand';
import { demandTable } from '../../src/team/demand-table';
import { fitProblems } from '../../src/team/fits';
import { claim, deployment, podsOf, teamObject } from './team-objects';

const prices = { currency: 'EUR', cpuPerMonth: 20, memoryGibPerMonth: 2.5, storageGibPerMonth: 0.1 };
const shop = demandOf([deployment('web', { replicas: 9 }), deployment('api'), claim('files', '10Gi')]);
// 13 pods of 200m, 256Mi and 512Mi.
const enough = { 'requests.cpu': '2600m', 'requests.memory': '3328Mi', 'limits.memory': '6656Mi', pods: '13' };

test('a quota of exactly what is needed fits', () => {
  expect(fitProblems(shop, { quota: { hard: enough } })).toEqual([]);
});

test.each([
  [
    'requests.cpu',
    '2599m',
    'the quota has requests.cpu 2599m, and the workloads need 2600m at full scale, 1m more; raise it to 3, or lower Deployment "web", which needs 2 of it',
  ],
  ['requests.memory', '3327Mi', 'the workloads need 3328Mi at full scale, 1Mi more; raise it to 3584Mi'],
  ['pods', '12', 'the quota has pods 12, and the workloads need 13 at full scale, 1 more; raise it to 13'],
  ['cpu', '2', 'the quota has requests.cpu 2'],
  [
    'count/deployments.apps',
    '1',
    'the quota has count/deployments.apps 1, and the workloads need 2 at full scale, 1 more; raise it to 2, or render fewer',
  ],
  ['count/configmaps', '0', 'the quota has configmaps 0'],
  ['persistentvolumeclaims', '0', 'or lower PersistentVolumeClaim "files", which needs all of it'],
])('a little less %s than is needed does not fit', (key, value, message) => {
  expect(fitProblems(shop, { quota: { hard: { ...enough, [key]: value } } })).toEqual([
    expect.stringContaining(message),
  ]);
});

test('the last problem carries the table of who uses what', () => {
  const hard = { 'requests.cpu': '2', 'requests.memory': '3328Mi', pods: '10' };
  const problems = fitProblems(shop, { quota: { hard }, prices });
  expect(problems).toHaveLength(2);
  expect(problems[0]).not.toContain('\n');
  expect(problems[1].split('\n').slice(1)).toEqual([
    'WORKLOAD                     PODS    CPU  MEMORY  MEMORY LIMIT  STORAGE  EUR A MONTH',
    'Deployment api                2+1   600m   768Mi        1536Mi        -         9.25',
    'Deployment web                9+1      2  2560Mi           5Gi        -        41.63',
    'PersistentVolumeClaim files     -      -       -             -     10Gi         1.00',
    'total                          13  2600m  3328Mi        6656Mi     10Gi        51.88',
    'quota                          10      2  3328Mi           any      any',
    'missing                         3   600m       -             -        -',
  ]);
});

test('without a quota the table ends with the total', () => {
  expect(demandTable(demandOf([])).split('\n')).toEqual([
    'WORKLOAD  PODS  CPU  MEMORY  MEMORY LIMIT  STORAGE',
    'total        0    0       0             0        0',
  ]);
});

test('a quota of a resource refuses containers that do not name it', () => {
  const demand = demandOf([deployment('api', { template: podsOf({ requests: { cpu: 1 } }) })]);
  const hard = { 'requests.cpu': 10, 'requests.memory': '1Gi', 'limits.cpu': 10, 'requests.ephemeral-storage': '1Gi' };
  expect(fitProblems(demand, { quota: { hard } })).toEqual(
    ['requests.memory', 'limits.cpu'].map(
      (key) =>
        `Deployment "api": spec.template.spec.containers[main] has no resources.${key}, and the quota counts it; set it, or a default in the LimitRange`,
    ),
  );
});

test('a pod that names resources as a whole may leave its containers without', () => {
  const pod = teamObject('v1', 'Pod', 'p', { containers: [{ name: 'a' }], resources: { requests: { cpu: 1 } } });
  expect(fitProblems(demandOf([pod]), { quota: { hard: { 'requests.cpu': 1, 'limits.memory': '1Gi' } } })).toEqual([]);
});

test('what can not be counted does not fit', () => {
  const agent = teamObject('apps/v1', 'DaemonSet', 'agent', { template: podsOf({}) });
  expect(fitProblems(demandOf([agent]), {})).toEqual([expect.stringContaining('give the number of nodes')]);
});

test('a quota whose numbers can not be read is a problem', () => {
  expect(fitProblems(shop, { quota: { hard: { pods: 'many' } } })).toEqual(['the quota\'s pods "many" is no quantity']);
});
