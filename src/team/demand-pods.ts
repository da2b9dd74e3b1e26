import type { PodCounts } from '../platform/operator-demand';
import type { PlainObject } from '../platform/placed-object';
import { show } from '../platform/rule';
import { type Fields, fieldsOf, valueAt } from '../references/fields';
import { type AutoscaledRanges, count, scaledKey } from './demand-autoscalers';

/** What the counts depend on beside the object itself. */
export interface PodCountContext {
  readonly autoscaled: AutoscaledRanges;
  /** Nodes of the cluster; undefined when nobody said. */
  readonly nodes: number | undefined;
  /** Runs of one CronJob that may overlap when it allows that. */
  readonly overlappingRuns: number;
  readonly problem: (text: string) => void;
}

const kinds = new Set([
  'Pod',
  'ReplicationController',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
  'batch/CronJob',
  'argoproj.io/Rollout',
  'keda.sh/ScaledJob',
]);

/** Whether {@link podCounts} knows the pods of a kind. */
export function runsPods(groupKind: string): boolean {
  return kinds.has(groupKind);
}

/**
 * The pods of a workload at its smallest and full scale and during a rollout, or undefined for what runs none. A pod that ends
 * counts no more once it ended: a pod that is being stopped is not added to those that take its place.
 */
export function podCounts(object: PlainObject, groupKind: string, context: PodCountContext): PodCounts | undefined {
  const { autoscaled, nodes, overlappingRuns, problem } = context;
  const spec = fieldsOf(object.spec);
  const replicas = () => {
    const range = autoscaled.get(scaledKey(groupKind, object.metadata?.name));
    const own = count(spec.replicas, 1, 'spec.replicas', problem);
    return range ? { min: range.min, max: Math.max(range.max, own) } : { min: own, max: own };
  };
  switch (groupKind) {
    case 'Pod':
      return { min: 1, max: 1, surge: 0 };
    case 'apps/Deployment': {
      const { min, max } = replicas();
      const strategy = fieldsOf(spec.strategy);
      const most = fieldsOf(strategy.rollingUpdate).maxSurge ?? '25%';
      return { min, max, surge: strategy.type === 'Recreate' ? 0 : share(most, max, 'spec.strategy', problem) };
    }
    case 'argoproj.io/Rollout': {
      const { min, max } = replicas();
      return { min, max, surge: rolloutSurge(fieldsOf(spec.strategy), max, problem) };
    }
    case 'apps/StatefulSet':
    case 'apps/ReplicaSet':
    case 'ReplicationController':
      // A StatefulSet stops a pod before it starts the one of the same name.
      return { ...replicas(), surge: 0 };
    case 'apps/DaemonSet': {
      if (nodes === undefined) {
        problem('runs a pod on every node, and nobody said how many there are; give the number of nodes');
        return { min: 0, max: 0, surge: 0 };
      }
      const most = valueAt(spec, 'updateStrategy', 'rollingUpdate', 'maxSurge') ?? 0;
      return { min: nodes, max: nodes, surge: share(most, nodes, 'spec.updateStrategy', problem) };
    }
    case 'batch/Job':
      return { min: 0, max: jobPods(spec, 'spec', problem), surge: 0 };
    case 'batch/CronJob': {
      const runs = spec.concurrencyPolicy === undefined || spec.concurrencyPolicy === 'Allow' ? overlappingRuns : 1;
      const pods = jobPods(fieldsOf(valueAt(spec, 'jobTemplate', 'spec')), 'spec.jobTemplate.spec', problem);
      return { min: 0, max: runs * pods, surge: 0 };
    }
    case 'keda.sh/ScaledJob': {
      const pods = jobPods(fieldsOf(spec.jobTargetRef), 'spec.jobTargetRef', problem);
      const runs = count(spec.maxReplicaCount, 100, 'spec.maxReplicaCount', problem);
      const least = count(spec.minReplicaCount, 0, 'spec.minReplicaCount', problem);
      return { min: least * pods, max: runs * pods, surge: 0 };
    }
    default:
      return undefined;
  }
}

/** Pods of a Job that run at once: never more than completions are wanted. Source: the reference of `batch/v1` Job. */
function jobPods(spec: Fields, at: string, problem: (text: string) => void): number {
  const parallelism = count(spec.parallelism, 1, `${at}.parallelism`, problem);
  return Math.min(parallelism, count(spec.completions, parallelism, `${at}.completions`, problem));
}

/**
 * Blue-green runs both versions in full, and so does a canary whose traffic is routed: the stable version stays whole until the
 * end. Otherwise a canary replaces pods as a Deployment does. Source: the documentation of Argo Rollouts 1.8.
 */
function rolloutSurge({ blueGreen, canary }: Fields, max: number, problem: (text: string) => void): number {
  const { trafficRouting, maxSurge } = fieldsOf(canary);
  if (blueGreen !== undefined || trafficRouting !== undefined) return max;
  return share(maxSurge ?? '25%', max, 'spec.strategy.canary', problem);
}

/** A number of pods, or a percentage of them, rounded up as Kubernetes rounds a surge. */
function share(value: unknown, of: number, at: string, problem: (text: string) => void): number {
  const percent = typeof value === 'string' ? /^(\d{1,9})%$/.exec(value)?.[1] : undefined;
  if (percent !== undefined) return Math.ceil((Number(percent) * of) / 100);
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  problem(`${at}.rollingUpdate.maxSurge ${show(value)} is no number of pods; use a whole number or a percentage`);
  return of;
}
