import { renderComposition } from '../../../src/crossplane/testing';
import { compositionOf, observedOf, patchStep, readyStep, requestOf } from './compositions';

const conditions = (...types: readonly string[]) => ({ conditions: types.map((type) => ({ type, status: 'True' })) });

function isReady(apiVersion: string, kind: string, fields: Record<string, unknown>): boolean {
  const composition = compositionOf(
    // A check that never holds leaves the word to function-auto-ready.
    patchStep({
      resources: [
        { name: 'it', base: { apiVersion, kind }, readinessChecks: [{ type: 'NonEmpty', fieldPath: 'status.never' }] },
      ],
    }),
    readyStep,
  );
  return renderComposition(composition, requestOf({}), [{ ...observedOf('it', fields), apiVersion, kind }]).ready;
}

const rollout = {
  spec: { replicas: 2 },
  status: { updatedReplicas: 2, availableReplicas: 2, ...conditions('Available') },
};
const set = { readyReplicas: 1, currentReplicas: 1, currentRevision: 'r', updateRevision: 'r' };
const scheduled = '2026-01-01T00:00:00Z';

test.each<[string, string, Record<string, unknown>, boolean]>([
  ['v1', 'ConfigMap', {}, true],
  ['v1', 'Secret', {}, true],
  ['v1', 'PersistentVolumeClaim', { status: { phase: 'Bound' } }, true],
  ['v1', 'PersistentVolumeClaim', { status: { phase: 'Pending' } }, false],
  ['v1', 'Pod', { status: { phase: 'Succeeded' } }, true],
  ['v1', 'Pod', { spec: { restartPolicy: 'Never' }, status: { phase: 'Running' } }, false],
  ['v1', 'Pod', { spec: { restartPolicy: 'Always' }, status: { phase: 'Running', ...conditions('Ready') } }, true],
  ['v1', 'Service', {}, true],
  ['v1', 'Service', { spec: { type: 'LoadBalancer' } }, false],
  ['v1', 'Service', { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{}] } } }, true],
  ['apps/v1', 'Deployment', rollout, true],
  ['apps/v1', 'Deployment', { ...rollout, spec: { replicas: 3 } }, false],
  ['apps/v1', 'StatefulSet', { status: set }, true],
  ['apps/v1', 'StatefulSet', { status: { ...set, updateRevision: 's' } }, false],
  [
    'apps/v1',
    'DaemonSet',
    { status: { desiredNumberScheduled: 1, numberReady: 1, updatedNumberScheduled: 1, numberAvailable: 0 } },
    false,
  ],
  [
    'apps/v1',
    'ReplicaSet',
    { metadata: { generation: 2 }, status: { observedGeneration: 2, availableReplicas: 1 } },
    true,
  ],
  ['batch/v1', 'Job', { status: conditions('Complete') }, true],
  ['batch/v1', 'Job', { status: conditions('Failed', 'Complete') }, false],
  ['batch/v1', 'CronJob', { spec: { suspend: true } }, true],
  ['batch/v1', 'CronJob', { status: { lastScheduleTime: scheduled, lastSuccessfulTime: scheduled } }, true],
  ['batch/v1', 'CronJob', { status: { lastScheduleTime: scheduled } }, false],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { status: conditions('ScalingActive') }, true],
  ['networking.k8s.io/v1', 'Ingress', { status: { loadBalancer: { ingress: [] } } }, false],
  ['sqs.aws.m.upbound.io/v1beta1', 'Queue', { status: conditions('Ready') }, true],
  ['sqs.aws.m.upbound.io/v1beta1', 'Queue', { status: conditions('Synced') }, false],
])('%s %s %j is ready: %s', (apiVersion, kind, fields, expected) => {
  expect(isReady(apiVersion, kind, { ...fields, metadata: withName(fields.metadata) })).toBe(expected);
});

/** Metadata of an observed resource with more in it. */
function withName(more: unknown): unknown {
  return { ...observedOf('it', {}).metadata, ...(more as object) };
}

test('what a step called ready stays ready', () => {
  const base = { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue' };
  const resources = [{ name: 'queue', base, readinessChecks: [{ type: 'None' as const }] }];
  const composition = compositionOf(patchStep({ resources }), readyStep);
  expect(renderComposition(composition, requestOf({}), [observedOf('queue', {})]).ready).toBe(true);
});
