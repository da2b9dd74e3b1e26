import type { JobSpec, PodTemplateSpec } from '../../imports/kubernetes';
import { type Duration, durationProblem, toSeconds } from '../platform/duration';
import { type Rule, show } from '../platform/rule';

/** How a program runs to its end. */
export interface RunProps {
  /**
   * How often it is tried again after a failure.
   * @default 3
   */
  readonly retries?: number;
  /**
   * How long it may take, all tries together.
   * @default '1h'
   */
  readonly timeout?: Duration;
  /**
   * Pods that run side by side.
   * @default 1
   */
  readonly parallelism?: number;
  /**
   * Pods that must succeed.
   * @default 1
   */
  readonly completions?: number;
  /**
   * How long a finished run is kept for its logs.
   * @default - as long as the history has room, or until the next deployment
   */
  readonly keepFor?: Duration;
}

/** The specification of a Job around its pods. */
export function jobSpec(props: RunProps, template: PodTemplateSpec): JobSpec {
  return {
    backoffLimit: props.retries ?? 3,
    activeDeadlineSeconds: toSeconds(props.timeout ?? '1h'),
    ...(props.parallelism !== undefined && { parallelism: props.parallelism }),
    ...(props.completions !== undefined && { completions: props.completions }),
    ...(props.keepFor !== undefined && { ttlSecondsAfterFinished: toSeconds(props.keepFor) }),
    template,
  };
}

function countProblem(what: string, value: unknown, min: number): string | undefined {
  return value === undefined || (Number.isInteger(value) && (value as number) >= min && (value as number) <= 100_000)
    ? undefined
    : `${what} ${show(value)} is no count; use a whole number from ${min}`;
}

/** Counts are counts and times are times. */
export const jobRules: readonly Rule<RunProps>[] = [
  (p) => countProblem('retries', p.retries, 0),
  (p) => countProblem('parallelism', p.parallelism, 1),
  (p) => countProblem('completions', p.completions, 1),
  (p) => (p.timeout === undefined ? undefined : durationProblem('timeout', p.timeout, 1)),
  (p) => (p.keepFor === undefined ? undefined : durationProblem('keepFor', p.keepFor, 0)),
];
