import type { ScaleRange } from 'cdk8s-golden-path';
import { synthObject } from 'cdk8s-golden-path/testing';
import { kindsOf, service, stateful, worker } from './workloads';

const autoscalerOf = (scale: ScaleRange) => synthObject(service({ scale }).autoscaler);
const triggersOf = (scale: ScaleRange) => autoscalerOf(scale).spec.triggers;
const queue = { scaler: 'rabbitmq', settings: { queueName: 'orders', mode: 'QueueLength', value: '20' } };

test('a fixed number is written and nothing scales', () => {
  const api = service({ scale: 3 });
  expect(synthObject(api.deployment).spec.replicas).toBe(3);
  expect(kindsOf(api)).not.toContain('HorizontalPodAutoscaler');
});

test('an autoscaled service leaves replicas to the autoscaler', () => {
  const api = service({ scale: { min: 2, max: 6 } });
  expect(synthObject(api.deployment).spec).not.toHaveProperty('replicas');
  expect(synthObject(api.autoscaler).spec).toMatchObject({ minReplicas: 2, maxReplicas: 6 });
});

test('without a scale there are 2 to 4 pods at half their CPU', () => {
  const { spec } = synthObject(service().autoscaler);
  expect([spec.minReplicas, spec.maxReplicas, spec.metrics[0].resource.target.averageUtilization]).toEqual([2, 4, 50]);
});

test('a stateful service has one pod unless told', () => {
  expect(synthObject(stateful().statefulSet).spec.replicas).toBe(1);
});

test('the autoscaler of a stateful service targets its set', () => {
  const target = synthObject(stateful({ scale: { min: 1, max: 3 } }).autoscaler).spec.scaleTargetRef;
  expect(target).toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' });
});

test('metrics stand in the order in which the API server returns them: CPU last', () => {
  const { metrics } = autoscalerOf({
    min: 1,
    max: 5,
    cpu: 60,
    memory: 70,
    metrics: [{ name: 'rps', target: 10 }],
  }).spec;
  expect(metrics.map((m: { resource?: { name: string }; pods?: object }) => m.resource?.name ?? 'pods')).toEqual([
    'pods',
    'memory',
    'cpu',
  ]);
});

test('CPU is left alone when something else is named to scale on', () => {
  const { metrics } = autoscalerOf({ min: 1, max: 5, memory: 70 }).spec;
  expect(metrics).toHaveLength(1);
  expect(metrics[0].resource.target.averageUtilization).toBe(70);
});

test('a metric from outside of the cluster is external', () => {
  const { metrics } = autoscalerOf({ min: 1, max: 5, metrics: [{ name: 'lag', target: '5', from: 'external' }] }).spec;
  expect(metrics[0]).toEqual({
    type: 'External',
    external: { metric: { name: 'lag' }, target: { type: 'AverageValue', averageValue: '5' } },
  });
});

test('stabilisation is in seconds', () => {
  expect(autoscalerOf({ min: 1, max: 5, stabilizeUp: '1m', stabilizeDown: '10m' }).spec.behavior).toEqual({
    scaleUp: { stabilizationWindowSeconds: 60 },
    scaleDown: { stabilizationWindowSeconds: 600 },
  });
});

test('behaviour in full is passed on', () => {
  const behavior = { scaleDown: { selectPolicy: 'Disabled' } } as const;
  expect(autoscalerOf({ min: 1, max: 5, behavior }).spec.behavior).toEqual(behavior);
});

test('a queue is watched by KEDA', () => {
  const scaled = autoscalerOf({ min: 0, max: 10, queue: { ...queue, authentication: 'rabbit' } });
  expect(scaled.kind).toBe('ScaledObject');
  expect(scaled.spec).toMatchObject({ minReplicaCount: 0, maxReplicaCount: 10 });
  expect(scaled.spec.triggers).toEqual([
    { type: 'rabbitmq', metadata: queue.settings, authenticationRef: { name: 'rabbit' } },
  ]);
});

test('a service that KEDA scales leaves replicas to it', () => {
  expect(synthObject(worker({ scale: { min: 0, max: 10, queue } }).deployment).spec).not.toHaveProperty('replicas');
});

test('hours are watched by KEDA, in text', () => {
  const cron = { start: '0 8 * * *', end: '0 18 * * *', timeZone: 'Europe/Berlin', replicas: 5 };
  expect(triggersOf({ min: 1, max: 10, cron })).toEqual([
    {
      type: 'cron',
      metadata: { timezone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '5' },
    },
  ]);
});

test('a Prometheus query is watched by KEDA, in text', () => {
  const prometheus = { server: 'http://prometheus:9090', query: 'sum(jobs)', target: 30 };
  expect(triggersOf({ min: 0, max: 10, prometheus })).toEqual([
    {
      type: 'prometheus',
      metadata: { serverAddress: 'http://prometheus:9090', query: 'sum(jobs)', threshold: '30' },
    },
  ]);
});

test('KEDA may look at several triggers, and at CPU beside them', () => {
  const types = triggersOf({ min: 1, max: 10, queue: [queue, queue], cpu: 60 }).map((t: { type: string }) => t.type);
  expect(types).toEqual(['rabbitmq', 'rabbitmq', 'cpu']);
});

test('behaviour reaches the autoscaler that KEDA makes', () => {
  const { advanced } = autoscalerOf({ min: 0, max: 10, queue, stabilizeDown: '1m' }).spec;
  expect(advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds).toBe(60);
});

test.each([
  [1, false],
  [2, true],
  [{ min: 1, max: 5 }, false],
  [{ min: 2, max: 5 }, true],
])('at scale %j a disruption budget is there: %p', (scale, there) => {
  expect(kindsOf(service({ scale })).includes('PodDisruptionBudget')).toBe(there);
});

test('a drain takes one pod at a time, and broken pods always', () => {
  expect(synthObject(service().disruptionBudget).spec).toMatchObject({
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});
