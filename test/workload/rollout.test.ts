import { synthObject } from 'cdk8s-golden-path/testing';
import { containerOf, podOf, service, stateful, worker } from './workloads';

const specOf = (props: Parameters<typeof service>[0]) => synthObject(service(props).deployment).spec;

test('a stopping pod gets traffic no more before its process is told', () => {
  expect(containerOf(service()).lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
});

test('a pod that nobody calls stops at once', () => {
  expect(containerOf(worker())).not.toHaveProperty('lifecycle');
});

test('the delay can be chosen, and zero leaves it out', () => {
  expect(containerOf(service({ stopDelay: '12s' })).lifecycle.preStop.sleep.seconds).toBe(12);
  expect(containerOf(service({ stopDelay: '0s' }))).not.toHaveProperty('lifecycle');
});

test.each([
  [undefined, 30],
  ['2m', 120],
] as const)('a pod with the stop timeout %p has %d seconds', (stopTimeout, seconds) => {
  expect(podOf(service({ stopTimeout })).terminationGracePeriodSeconds).toBe(seconds);
});

test('a rollout never takes capacity away', () => {
  expect(specOf({}).strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
});

test('every knob of a rollout reaches its field', () => {
  const rollout = { maxSurge: '25%', maxUnavailable: 1, minReady: '10s', deadline: '5m', history: 7 } as const;
  expect(specOf({ rollout })).toMatchObject({
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
    minReadySeconds: 10,
    progressDeadlineSeconds: 300,
    revisionHistoryLimit: 7,
  });
});

test.each(['ReadWriteOnce', 'ReadWriteOncePod'] as const)(
  'a claim that is %s makes the rollout Recreate',
  (accessMode) => {
    const volumes = { data: { claim: { size: '1Gi', accessMode }, mountPath: '/data' } };
    expect(specOf({ scale: 1, volumes }).strategy).toEqual({ type: 'Recreate' });
  },
);

test('a claim that several nodes may hold keeps the rolling update', () => {
  const volumes = { data: { claim: { size: '1Gi', accessMode: 'ReadWriteMany' }, mountPath: '/data' } } as const;
  expect(specOf({ volumes }).strategy.type).toBe('RollingUpdate');
});

test('the pods of a stateful service start one after the other', () => {
  expect(synthObject(stateful().statefulSet).spec.podManagementPolicy).toBe('OrderedReady');
  expect(synthObject(stateful({ podManagement: 'Parallel' }).statefulSet).spec.podManagementPolicy).toBe('Parallel');
});
