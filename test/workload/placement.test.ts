import { Platform } from 'cdk8s-golden-path';
import { testEnvironment } from 'cdk8s-golden-path/testing';
import { cronJob, podOf, service, stateful } from './workloads';

test('pods keep apart over zones, then nodes, as far as there is room', () => {
  const spread = podOf(service()).topologySpreadConstraints;
  expect(spread.map((c: { topologyKey: string }) => c.topologyKey)).toEqual([
    'topology.kubernetes.io/zone',
    'kubernetes.io/hostname',
  ]);
  expect(spread[0]).toMatchObject({ maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' });
});

test.each([
  ['Deployment', () => service(), 'pod-template-hash'],
  ['StatefulSet', () => stateful(), 'controller-revision-hash'],
])('only pods of one revision of a %s are counted', (_, workload, label) => {
  expect(podOf(workload()).topologySpreadConstraints[0].matchLabelKeys).toEqual([label]);
});

test('spread can be switched off', () => {
  expect(podOf(service({ spread: false }))).not.toHaveProperty('topologySpreadConstraints');
});

test('pods that run to their end are not spread', () => {
  expect(podOf(cronJob())).not.toHaveProperty('topologySpreadConstraints');
});

test('architecture and pool select nodes', () => {
  expect(podOf(service({ architecture: 'arm64', nodePool: 'spot' })).nodeSelector).toEqual({
    'kubernetes.io/arch': 'arm64',
    'node-pool': 'spot',
  });
});

test('the label of pools is the platform’s', () => {
  const platform = new Platform({ domain: 'acme.io', nodePoolLabel: 'karpenter.sh/nodepool' });
  expect(podOf(service({ nodePool: 'spot' }, testEnvironment({ platform }))).nodeSelector).toEqual({
    'karpenter.sh/nodepool': 'spot',
  });
});

test('tolerations and priority are passed on', () => {
  const tolerations = [{ key: 'spot', operator: 'Exists' }] as const;
  expect(podOf(service({ tolerations, priority: 'critical' }))).toMatchObject({
    tolerations,
    priorityClassName: 'critical',
  });
});
