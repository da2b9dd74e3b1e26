import { isObject, type Value, type ValueObject } from './value';

/** Whether an observed object of a built-in kind does what it is for. */
export type HealthCheck = (object: ValueObject) => boolean;

const always: HealthCheck = () => true;

/** The kinds that function-auto-ready knows by `<apiVersion>/<kind>`; any other is judged by its condition `Ready`. */
export const healthChecks: Readonly<Record<string, HealthCheck>> = {
  'v1/ConfigMap': always,
  'v1/Namespace': always,
  'v1/Secret': always,
  'v1/ServiceAccount': always,
  'v1/PersistentVolumeClaim': (claim) => field(claim, 'status', 'phase') === 'Bound',
  'v1/Pod': (pod) => {
    const phase = field(pod, 'status', 'phase');
    const lasting = field(pod, 'spec', 'restartPolicy') === 'Always';
    return phase === 'Succeeded' || (phase === 'Running' && lasting && hasCondition(pod, 'Ready'));
  },
  'v1/Service': (service) => field(service, 'spec', 'type') !== 'LoadBalancer' || hasAddress(service),
  'networking.k8s.io/v1/Ingress': (ingress) => hasAddress(ingress),
  'apps/v1/Deployment': (deployment) => {
    const replicas = number(deployment, 'spec', 'replicas') ?? 1;
    return (
      number(deployment, 'status', 'updatedReplicas') === replicas &&
      number(deployment, 'status', 'availableReplicas') === replicas &&
      hasCondition(deployment, 'Available')
    );
  },
  'apps/v1/StatefulSet': (set) => {
    const replicas = number(set, 'spec', 'replicas') ?? 1;
    const revision = field(set, 'status', 'currentRevision');
    return (
      number(set, 'status', 'readyReplicas') === replicas &&
      number(set, 'status', 'currentReplicas') === replicas &&
      typeof revision === 'string' &&
      revision === field(set, 'status', 'updateRevision')
    );
  },
  'apps/v1/DaemonSet': (set) => {
    const wanted = number(set, 'status', 'desiredNumberScheduled');
    const counts = ['numberReady', 'updatedNumberScheduled', 'numberAvailable'];
    return wanted !== undefined && counts.every((count) => number(set, 'status', count) === wanted);
  },
  'apps/v1/ReplicaSet': (set) => {
    const observed = number(set, 'status', 'observedGeneration') ?? 0;
    const available = number(set, 'status', 'availableReplicas') ?? 0;
    return (
      observed >= (number(set, 'metadata', 'generation') ?? 0) &&
      !hasCondition(set, 'ReplicaFailure') &&
      available >= (number(set, 'spec', 'replicas') ?? 1)
    );
  },
  'batch/v1/Job': (job) => {
    // The first that holds decides.
    const decisive = conditions(job).find(
      ({ type, status }) => status === 'True' && ['Failed', 'Suspended', 'Complete'].includes(String(type)),
    );
    return decisive?.type === 'Complete';
  },
  'batch/v1/CronJob': (cronJob) => {
    const scheduled = time(cronJob, 'lastScheduleTime');
    const succeeded = time(cronJob, 'lastSuccessfulTime');
    const active = field(cronJob, 'status', 'active');
    if (field(cronJob, 'spec', 'suspend') === true) return true;
    if (scheduled === undefined) return false;
    return (Array.isArray(active) && active.length > 0) || (succeeded !== undefined && succeeded >= scheduled);
  },
  'autoscaling/v2/HorizontalPodAutoscaler': (autoscaler) => {
    const failures = ['FailedGetScale', 'FailedUpdateScale', 'FailedGetResourceMetric', 'InvalidSelector'];
    const decisive = conditions(autoscaler).find(
      ({ type, status }) =>
        status === 'True' && [...failures, 'ScalingActive', 'ScalingLimited'].includes(String(type)),
    );
    return decisive !== undefined && !failures.includes(String(decisive.type));
  },
};

function field(object: ValueObject, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((value, key) => (isObject(value) ? value[key] : undefined), object);
}

function number(object: ValueObject, ...path: readonly string[]): number | undefined {
  const value = field(object, ...path);
  return typeof value === 'number' || typeof value === 'bigint' ? Math.trunc(Number(value)) : undefined;
}

function time(object: ValueObject, name: string): number | undefined {
  const value = field(object, 'status', name);
  return typeof value === 'string' ? Date.parse(value) : undefined;
}

function conditions(object: ValueObject): ValueObject[] {
  const list = field(object, 'status', 'conditions');
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function hasCondition(object: ValueObject, type: string): boolean {
  return conditions(object).some((condition) => condition.type === type && condition.status === 'True');
}

function hasAddress(object: ValueObject): boolean {
  const addresses = field(object, 'status', 'loadBalancer', 'ingress');
  return Array.isArray(addresses) && addresses.length > 0;
}
