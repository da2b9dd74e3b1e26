import type { EnvironmentFacts } from '../platform/environment';
import { type Hibernation, hibernationProblems, type WorkingHours, workingHours } from '../platform/hibernation';
import type { Platform } from '../platform/platform';
import { show } from '../platform/rule';
import {
  all,
  cpuTarget,
  defaultScale,
  isRange,
  minReplicas,
  needsKeda,
  type ScaleProps,
  type ScaleRange,
} from './scale';

/** When a workload has no pods. */
export interface HibernationProps {
  /**
   * When it sleeps: it has no pods then, and as many as its scale says in the hours between. With KEDA, work in a queue and
   * every other trigger of its own wakes it up at night too. `false` keeps it awake where the environment sleeps.
   * @default - as the environment does: never, unless the app or the preview says so
   */
  readonly hibernate?: Hibernation | false;
}

/** How a workload is put to sleep. */
export interface Sleep {
  /** KEDA's cron trigger, or two CronJobs that write to the scale subresource. */
  readonly by: 'keda' | 'schedules';
  /** When it is awake. */
  readonly hours: WorkingHours;
}

/** How a workload sleeps; undefined for one that always runs, or that has no pods anyway. */
export function sleepOf(
  { hibernate }: HibernationProps,
  scale: number | ScaleRange,
  platform: Platform,
  environment: EnvironmentFacts,
): Sleep | undefined {
  const asked = hibernate ?? environment.hibernate;
  if (asked === undefined || asked === false || minReplicas(scale) === 0) return undefined;
  const hours = workingHours(asked, platform.hibernation.timeZone);
  return { by: sleepsByKeda(scale, platform) ? 'keda' : 'schedules', hours };
}

/**
 * The scale of a workload that sleeps. To KEDA the working hours are one more trigger, the one without which nothing but work
 * keeps pods: CPU and memory wake nobody up (kedacore/keda#4269). Without KEDA an autoscaler holds a fixed number too, because
 * the manifest must not write it; it rests while there are no pods.
 */
export function sleepingScale(scale: number | ScaleRange, sleep: Sleep | undefined): number | ScaleRange {
  if (sleep === undefined) return scale;
  const min = minReplicas(scale);
  if (sleep.by === 'schedules')
    return typeof scale === 'number' && scale > 1 ? { ...defaultScale, min, max: min } : scale;
  const hours = { ...sleep.hours, replicas: min };
  if (typeof scale === 'number') return { min: 0, max: scale, cron: [hours] };
  return { ...scale, min: 0, cpu: cpuTarget(scale), cron: [...all(scale.cron), hours] };
}

/** Hours are hours, there is something to put to sleep, and something that can. */
export function hibernationRule(
  props: HibernationProps & ScaleProps,
  platform: Platform,
  environment: EnvironmentFacts,
): string[] {
  const { hibernate, scale = defaultScale } = props;
  const asked = hibernate ?? environment.hibernate;
  if (asked === undefined || asked === false) return [];
  const problems = hibernationProblems('hibernate', asked);
  if (problems.length > 0) return problems;
  if (minReplicas(scale) === 0) {
    return hibernate === undefined
      ? []
      : ['hibernate has no pods to put to sleep at scale 0; leave one of the two out'];
  }
  if (sleepsByKeda(scale, platform)) return [];
  const { cluster, network } = environment;
  return [
    ...(platform.hibernation.image === undefined
      ? [
          'hibernate needs something that scales: set autoscaling.keda of the platform where its clusters have KEDA, else hibernation.image, an image with kubectl',
        ]
      : []),
    ...(platform.network.enforce !== false && !network.apiServer
      ? [
          `hibernate needs the API server, and nothing is known of its address on the cluster ${show(cluster)}; set network.apiServer of the cluster in the topology, or autoscaling.keda of the platform`,
        ]
      : []),
  ];
}

/** KEDA reads no metrics of an adapter, so that an autoscaler with some stays, and is put to sleep by schedules. */
function sleepsByKeda(scale: number | ScaleRange, platform: Platform): boolean {
  if (!isRange(scale)) return platform.autoscaling.keda === true;
  return needsKeda(scale) || (platform.autoscaling.keda === true && (scale.metrics ?? []).length === 0);
}
