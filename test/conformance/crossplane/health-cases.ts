import { conditions, ready, type Structure, seen } from './structure';

/** One observed object of a built-in kind; auto-ready has to say the same of it. */
const health = (apiVersion: string, kind: string, more: Record<string, unknown>): Structure => ({
  inputs: [
    {
      resources: [
        { name: 'a', base: { apiVersion, kind }, readinessChecks: [{ type: 'NonEmpty', fieldPath: 'status.never' }] },
      ],
    },
  ],
  observed: [{ ...seen('a', more), apiVersion, kind }],
});

/** Objects of the kinds that function-auto-ready knows. */
export const healthCases: Readonly<Record<string, Structure>> = {
  'a ConfigMap': health('v1', 'ConfigMap', {}),
  'a bound claim': health('v1', 'PersistentVolumeClaim', { status: { phase: 'Bound' } }),
  'a pending claim': health('v1', 'PersistentVolumeClaim', { status: { phase: 'Pending' } }),
  'a running Pod': health('v1', 'Pod', {
    spec: { restartPolicy: 'Always' },
    status: { phase: 'Running', ...ready.status },
  }),
  'a running Pod that ends': health('v1', 'Pod', { spec: { restartPolicy: 'Never' }, status: { phase: 'Running' } }),
  'a Pod that ended': health('v1', 'Pod', { status: { phase: 'Succeeded' } }),
  'a Service': health('v1', 'Service', { spec: { type: 'ClusterIP' } }),
  'a balancer without address': health('v1', 'Service', { spec: { type: 'LoadBalancer' } }),
  'a balancer with address': health('v1', 'Service', {
    spec: { type: 'LoadBalancer' },
    status: { loadBalancer: { ingress: [{}] } },
  }),
  'an Ingress': health('networking.k8s.io/v1', 'Ingress', { status: { loadBalancer: { ingress: [] } } }),
  'an available Deployment': health('apps/v1', 'Deployment', {
    spec: { replicas: 2 },
    status: { updatedReplicas: 2, availableReplicas: 2, ...conditions(['Available', 'True']) },
  }),
  'a Deployment that rolls out': health('apps/v1', 'Deployment', {
    spec: { replicas: 2 },
    status: { updatedReplicas: 1, availableReplicas: 2, ...conditions(['Available', 'True']) },
  }),
  'a StatefulSet': health('apps/v1', 'StatefulSet', {
    status: { readyReplicas: 1, currentReplicas: 1, currentRevision: 'r', updateRevision: 'r' },
  }),
  'a DaemonSet': health('apps/v1', 'DaemonSet', {
    status: { desiredNumberScheduled: 0, numberReady: 0, updatedNumberScheduled: 0, numberAvailable: 0 },
  }),
  'a ReplicaSet': health('apps/v1', 'ReplicaSet', {
    metadata: { generation: 2 },
    status: { observedGeneration: 2, availableReplicas: 1 },
  }),
  'a ReplicaSet behind its spec': health('apps/v1', 'ReplicaSet', {
    metadata: { generation: 2 },
    status: { availableReplicas: 1 },
  }),
  'a complete Job': health('batch/v1', 'Job', { status: conditions(['Complete', 'True']) }),
  'a failed Job': health('batch/v1', 'Job', { status: conditions(['Failed', 'True'], ['Complete', 'True']) }),
  'a CronJob that ran': health('batch/v1', 'CronJob', {
    status: { lastScheduleTime: '2026-01-01T00:00:00Z', lastSuccessfulTime: '2026-01-01T00:00:05Z' },
  }),
  'a CronJob that failed': health('batch/v1', 'CronJob', {
    status: { lastScheduleTime: '2026-01-01T00:00:00Z', lastSuccessfulTime: '2025-01-01T00:00:05Z' },
  }),
  'a suspended CronJob': health('batch/v1', 'CronJob', { spec: { suspend: true } }),
  'an autoscaler': health('autoscaling/v2', 'HorizontalPodAutoscaler', {
    status: conditions(['ScalingActive', 'True']),
  }),
  'an unhealthy kind with condition Ready': health('v1', 'PersistentVolumeClaim', {
    status: { phase: 'Pending', ...ready.status },
  }),
};
