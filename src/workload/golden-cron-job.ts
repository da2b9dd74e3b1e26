import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { CronJob, type CronJobSpec } from '../../imports/kubernetes';
import { type Duration, durationProblem, toSeconds } from '../platform/duration';
import { isRecord, type Rule, show } from '../platform/rule';
import { timeZoneProblem } from '../platform/time-zone';
import { jobRules, jobSpec, type RunProps } from './run';
import { scheduleProblem } from './schedule';
import { Workload } from './workload';
import type { WorkloadProps } from './workload-props';

/** What a {@link GoldenCronJob} can be told. */
export interface GoldenCronJobProps extends WorkloadProps, RunProps {
  /** When it runs: a cron expression of five fields, like `0 3 * * *`, or a name like `@daily`. */
  readonly schedule: string;
  /**
   * IANA time zone of the schedule.
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
  /**
   * What happens when a run is due while the one before still goes on.
   * @default 'Forbid': the new one is left out, because most programs are not written to run twice at once
   */
  readonly concurrency?: 'Allow' | 'Forbid' | 'Replace';
  /**
   * How late a run may start; after that it is left out.
   * @default '300s'. Kubernetes stops a schedule for good after 100 missed runs when there is no such time.
   */
  readonly startingDeadline?: Duration;
  /**
   * Runs that are kept for their logs.
   * @default { succeeded: 3, failed: 1 }, as Kubernetes
   */
  readonly history?: { readonly succeeded?: number; readonly failed?: number };
  /**
   * Whether the schedule rests.
   * @default - only in a preview
   */
  readonly suspend?: boolean;
}

const concurrencies = ['Allow', 'Forbid', 'Replace'];

const cronJobRules: readonly Rule<GoldenCronJobProps>[] = [
  (p) => scheduleProblem(p.schedule),
  (p) => (p.timeZone === undefined ? undefined : timeZoneProblem(p.timeZone)),
  (p) => (p.startingDeadline === undefined ? undefined : durationProblem('startingDeadline', p.startingDeadline, 10)),
  (p) =>
    p.concurrency === undefined || concurrencies.includes(p.concurrency)
      ? undefined
      : `concurrency ${show(p.concurrency)} is unknown; use ${concurrencies.join(', ')}`,
  (p) =>
    p.history === undefined || isRecord(p.history)
      ? undefined
      : `history ${show(p.history)} is no record; write { succeeded, failed }`,
  (p) =>
    Object.entries(p.history ?? {})
      .filter(([, count]) => !(Number.isInteger(count) && count >= 0 && count <= 100))
      .map(([key, count]) => `history.${key} ${show(count)} is no count; use 0 to 100`),
  ...jobRules,
];

/** A program that runs to its end on a schedule. */
export class GoldenCronJob extends Workload {
  /** What makes a Job for each run. */
  readonly cronJob: CronJob;

  /** @throws GoldenError with every rule that the props violate. */
  constructor(scope: Construct, id: string, props: GoldenCronJobProps) {
    // A CronJob's name has 11 characters less, because its Jobs add the time of their run.
    super(scope, id, props, {
      component: 'cron-job',
      maxName: 52,
      restartPolicy: 'Never',
      rules: cronJobRules as never,
    });
    this.cronJob = new CronJob(this, 'cron-job', {
      metadata: this.metadata(this.mainAnnotations()),
      spec: Lazy.any({ produce: () => this.spec(props) }),
    });
  }

  protected get main(): CronJob {
    return this.cronJob;
  }

  private spec(props: GoldenCronJobProps): CronJobSpec {
    const { succeeded = 3, failed = 1 } = props.history ?? {};
    return {
      schedule: props.schedule,
      timeZone: props.timeZone ?? 'Etc/UTC',
      concurrencyPolicy: props.concurrency ?? 'Forbid',
      startingDeadlineSeconds: toSeconds(props.startingDeadline ?? '300s'),
      successfulJobsHistoryLimit: succeeded,
      failedJobsHistoryLimit: failed,
      suspend: props.suspend ?? this.environment.preview !== undefined,
      jobTemplate: { metadata: { labels: { ...this.labels } }, spec: jobSpec(props, this.template()) },
    };
  }
}
