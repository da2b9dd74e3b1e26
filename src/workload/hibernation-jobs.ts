import type { Construct } from 'constructs';
import type { WorkingHours } from '../platform/hibernation';
import { suffixed } from '../platform/names';
import { GoldenCronJob } from './golden-cron-job';
import type { WorkloadProps } from './workload-props';

/** Whom two schedules put to sleep and wake up. */
export interface SleepTarget {
  /** Name of the Deployment or StatefulSet. */
  readonly name: string;
  readonly namespace: string;
  readonly kind: 'Deployment' | 'StatefulSet';
  /** Pods that it has when it wakes up. */
  readonly replicas: number;
  readonly hours: WorkingHours;
  /** Image with kubectl. */
  readonly image: string;
  /** Where its pods run, and how their images are pulled. */
  readonly props: WorkloadProps;
}

/** What puts a workload to sleep, and what wakes it up. */
export interface HibernationJobs {
  readonly sleep: GoldenCronJob;
  readonly wake: GoldenCronJob;
}

/** A user that is none, because images with kubectl may run as root. */
const nobody = 65532;

/**
 * Two CronJobs that write the number of pods of one workload, as an autoscaler does: the manifest writes none, so that no sync
 * sets it back. All that they may do is read and patch the scale of that workload.
 */
export function hibernationJobs(scope: Construct, target: SleepTarget): HibernationJobs {
  const { hours, replicas } = target;
  return {
    sleep: scaleJob(scope, 'sleep', hours.end, 0, target),
    wake: scaleJob(scope, 'wake', hours.start, replicas, target),
  };
}

function scaleJob(
  scope: Construct,
  what: 'sleep' | 'wake',
  schedule: string,
  replicas: number,
  { name, namespace, kind, hours, image, props }: SleepTarget,
): GoldenCronJob {
  const resource = `${kind.toLowerCase()}s`;
  return new GoldenCronJob(scope, suffixed(scope.node.id, what, 52), {
    image,
    // By patch rather than scale, which would read the whole workload, and so need the right to.
    command: [
      'kubectl',
      'patch',
      `${resource}.apps`,
      name,
      `--namespace=${namespace}`,
      '--subresource=scale',
      '--type=merge',
      `--patch=${JSON.stringify({ spec: { replicas } })}`,
    ],
    schedule,
    timeZone: hours.timeZone,
    startingDeadline: '1h',
    timeout: '5m',
    // In a preview schedules rest, but for those that are there to save what it costs.
    suspend: false,
    size: 'xs',
    security: { runAsUser: nobody, runAsGroup: nobody },
    permissions: [
      { apiGroups: ['apps'], resources: [`${resource}/scale`], resourceNames: [name], verbs: ['get', 'patch'] },
    ],
    nodePool: props.nodePool,
    tolerations: props.tolerations,
    imagePullSecrets: props.imagePullSecrets,
  });
}
