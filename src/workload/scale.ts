import type { HorizontalPodAutoscalerBehavior, MetricSpec } from '../../imports/kubernetes';
import { type Duration, durationProblem, toSeconds } from '../platform/duration';
import { type Quantity, quantityValue } from '../platform/quantity';
import { isRecord, show, suggestion } from '../platform/rule';

/** A metric of the pods or of something outside, that a metrics adapter serves. */
export interface CustomMetric {
  /** Name of the metric, as the adapter serves it. */
  readonly name: string;
  /** The average per pod that the autoscaler steers to: `100`, or `'500m'` for a half. */
  readonly target: Quantity;
  /**
   * Whether it is measured on the pods, or outside of the cluster.
   * @default 'pods'
   */
  readonly from?: 'pods' | 'external';
}

/** A queue whose length sets the number of pods, read by KEDA. */
export interface QueueTrigger {
  /** KEDA's name of the scaler: `rabbitmq`, `aws-sqs-queue`, `kafka`, `gcp-pubsub`. */
  readonly scaler: string;
  /** The scaler's own settings. Values are text, as KEDA wants them. */
  readonly settings: Readonly<Record<string, string>>;
  /**
   * Name of a TriggerAuthentication in the namespace.
   * @default - the workload's own identity
   */
  readonly authentication?: string;
}

/** Hours in which a number of pods is wanted, read by KEDA. */
export interface CronTrigger {
  /** Cron expression of the beginning. */
  readonly start: string;
  /** Cron expression of the end. */
  readonly end: string;
  /** IANA time zone: `Europe/Berlin`. */
  readonly timeZone: string;
  /** Pods wanted in these hours. */
  readonly replicas: number;
}

/** A Prometheus query whose result sets the number of pods, read by KEDA. */
export interface PrometheusTrigger {
  /** Address of Prometheus. */
  readonly server: string;
  /** The query; its result must be one number. */
  readonly query: string;
  /** The value per pod that the autoscaler steers to. */
  readonly target: number;
}

/** How far and on what a workload scales by itself. */
export interface ScaleRange {
  /** Fewest pods. 0 needs a `queue`, `cron` or `prometheus` trigger. */
  readonly min: number;
  /** Most pods. */
  readonly max: number;
  /**
   * CPU use that is steered to, in percent of the request.
   * @default 50 when nothing else is named, the Norwegian public sector's default
   */
  readonly cpu?: number;
  /**
   * Memory use that is steered to, in percent of the request.
   * @default - memory is not looked at
   */
  readonly memory?: number;
  /**
   * Metrics of an adapter.
   * @default - none
   */
  readonly metrics?: readonly CustomMetric[];
  /**
   * Queues whose length is looked at.
   * @default - none
   */
  readonly queue?: QueueTrigger | readonly QueueTrigger[];
  /**
   * Hours in which a number of pods is wanted.
   * @default - none
   */
  readonly cron?: CronTrigger | readonly CronTrigger[];
  /**
   * Queries that are looked at.
   * @default - none
   */
  readonly prometheus?: PrometheusTrigger | readonly PrometheusTrigger[];
  /**
   * How long a higher need must last before pods are added.
   * @default '0s', as Kubernetes
   */
  readonly stabilizeUp?: Duration;
  /**
   * How long a lower need must last before pods are taken away.
   * @default '300s', as Kubernetes
   */
  readonly stabilizeDown?: Duration;
  /**
   * The autoscaler's behaviour in full, where the two above do not say enough.
   * @default - Kubernetes' own
   */
  readonly behavior?: HorizontalPodAutoscalerBehavior;
}

/** How many pods a workload has. */
export interface ScaleProps {
  /**
   * A fixed number of pods, or the range that an autoscaler keeps to.
   * @default { min: 2, max: 4, cpu: 50 }
   */
  readonly scale?: number | ScaleRange;
}

/** What applies where no scale is named: the Norwegian public sector's default. */
export const defaultScale: ScaleRange = { min: 2, max: 4, cpu: 50 };

/** The fewest pods that run by intent. */
export function minReplicas(scale: number | ScaleRange): number {
  return typeof scale === 'number' ? scale : scale.min;
}

/** Whether something else than the manifest sets the number of pods. */
export function isRange(scale: number | ScaleRange | undefined): scale is ScaleRange {
  return typeof scale === 'object';
}

/** Whether KEDA is needed, rather than the autoscaler that every cluster has. */
export function needsKeda(scale: ScaleRange): boolean {
  return [scale.queue, scale.cron, scale.prometheus].some((t) => all(t).length > 0);
}

/** One or several, as a list. */
export function all<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as T];
}

/**
 * Metrics of a HorizontalPodAutoscaler in the order that the API server gives them back: CPU last, because it is stored in
 * a field of its own beside the others. Another order shows as drift for ever (argo-cd#11328).
 */
export function autoscalerMetrics(scale: ScaleRange): MetricSpec[] {
  const custom = (scale.metrics ?? []).map((metric): MetricSpec => {
    const target = { type: 'AverageValue', averageValue: String(metric.target) } as const;
    return metric.from === 'external'
      ? { type: 'External', external: { metric: { name: metric.name }, target } }
      : { type: 'Pods', pods: { metric: { name: metric.name }, target } };
  });
  const resource = (name: string, percent: number): MetricSpec => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization: percent } },
  });
  const cpu = cpuTarget(scale);
  return [
    ...custom,
    ...(scale.memory === undefined ? [] : [resource('memory', scale.memory)]),
    ...(cpu === undefined ? [] : [resource('cpu', cpu)]),
  ];
}

/** The CPU use that is steered to: 50 % unless something else is named to scale on. */
export function cpuTarget(scale: ScaleRange): number | undefined {
  const other = scale.memory !== undefined || (scale.metrics ?? []).length > 0 || needsKeda(scale);
  return scale.cpu ?? (other ? undefined : defaultScale.cpu);
}

/** The autoscaler's behaviour; undefined leaves Kubernetes' own. */
export function autoscalerBehavior(scale: ScaleRange): HorizontalPodAutoscalerBehavior | undefined {
  if (scale.behavior) return scale.behavior;
  const { stabilizeUp, stabilizeDown } = scale;
  if (stabilizeUp === undefined && stabilizeDown === undefined) return undefined;
  return {
    ...(stabilizeUp !== undefined && { scaleUp: { stabilizationWindowSeconds: toSeconds(stabilizeUp) } }),
    ...(stabilizeDown !== undefined && { scaleDown: { stabilizationWindowSeconds: toSeconds(stabilizeDown) } }),
  };
}

const keys = [
  'min',
  'max',
  'cpu',
  'memory',
  'metrics',
  'queue',
  'cron',
  'prometheus',
  'stabilizeUp',
  'stabilizeDown',
  'behavior',
];

/** Numbers are counts, min is not above max, and zero has something that can wake it. */
export function scaleProblems({ scale }: ScaleProps): string[] {
  if (scale === undefined) return [];
  if (typeof scale === 'number') {
    return isCount(scale, 0)
      ? []
      : [`scale ${show(String(scale))} is no number of pods; use a whole number from 0, or { min, max }`];
  }
  if (!isRecord(scale)) return [`scale ${show(scale)} is no scale; use a number, or { min, max }`];
  const problems = Object.keys(scale)
    .filter((key) => !keys.includes(key))
    .map((key) => `scale has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
  const { min, max, cpu, memory } = scale as unknown as ScaleRange;
  const range = scale as unknown as ScaleRange;
  if (range.metrics !== undefined && !Array.isArray(range.metrics)) {
    return [...problems, `scale.metrics ${show(range.metrics)} is no list; write [{ name, target }]`];
  }
  if (!isCount(min, 0)) problems.push(`scale.min ${show(min)} is no number of pods; use a whole number from 0`);
  if (!isCount(max, 1)) problems.push(`scale.max ${show(max)} is no number of pods; use a whole number from 1`);
  if (isCount(min, 0) && isCount(max, 1) && min > max) {
    problems.push(`scale.min ${min} is above scale.max ${max}; lower min or raise max`);
  }
  if (min === 0 && !needsKeda(range)) {
    problems.push(
      'scale.min 0 would never wake up again on CPU or memory; add a queue, cron or prometheus trigger, or use 1',
    );
  }
  for (const [name, percent] of [
    ['cpu', cpu],
    ['memory', memory],
  ] as const) {
    if (percent !== undefined && !(Number.isInteger(percent) && percent >= 1 && percent <= 1000)) {
      problems.push(
        `scale.${name} ${show(percent)} is no percentage of the request; use a whole number from 1 to 1000`,
      );
    }
  }
  for (const key of ['stabilizeUp', 'stabilizeDown'] as const) {
    const problem = range[key] === undefined ? undefined : durationProblem(`scale.${key}`, range[key], 0, 3600);
    if (problem) problems.push(problem);
  }
  return [...problems, ...triggerProblems(range)];
}

function triggerProblems(scale: ScaleRange): string[] {
  const problems: string[] = [];
  for (const metric of scale.metrics ?? []) {
    if (typeof metric?.name !== 'string' || metric.name === '' || !((quantityValue(metric.target) ?? 0) > 0)) {
      problems.push(`scale.metrics ${show(metric)} needs a name and a target above zero`);
    }
  }
  if ((scale.metrics ?? []).length > 0 && needsKeda(scale)) {
    problems.push('scale.metrics and KEDA triggers can not be combined; name the metrics as prometheus triggers');
  }
  for (const queue of all(scale.queue)) {
    if (
      typeof queue?.scaler !== 'string' ||
      !isRecord(queue.settings) ||
      !Object.values(queue.settings).every((v) => typeof v === 'string')
    ) {
      problems.push(`scale.queue ${show(queue)} needs a scaler and its settings as text`);
    }
  }
  for (const cron of all(scale.cron)) {
    if (![cron?.start, cron?.end, cron?.timeZone].every((v) => typeof v === 'string') || !isCount(cron.replicas, 1)) {
      problems.push(`scale.cron ${show(cron)} needs start, end, timeZone and a number of replicas from 1`);
    }
  }
  for (const trigger of all(scale.prometheus)) {
    if (![trigger?.server, trigger?.query].every((v) => typeof v === 'string' && v !== '') || !(trigger.target > 0)) {
      problems.push(`scale.prometheus ${show(trigger)} needs server, query and a target above zero`);
    }
  }
  return problems;
}

function isCount(value: unknown, min: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= 10_000;
}
