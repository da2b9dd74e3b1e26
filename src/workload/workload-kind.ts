import type { Rule } from '../platform/rule';
import type { RolloutProps } from './rollout';
import type { ListeningProps, WorkloadProps } from './workload-props';

/** All props that a workload's pods may depend on. */
export type PodProps = WorkloadProps & ListeningProps & RolloutProps;

/** What kind of workload it is, as `app.kubernetes.io/component` says it. */
export type Component = 'service' | 'worker' | 'cron-job' | 'job' | 'stateful-service';

/** What a kind of workload decides about its pods. */
export interface WorkloadKind {
  readonly component: Component;
  /** Longest name, in characters. */
  readonly maxName: number;
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
  /** Whether the controller makes the claims of its own volumes. */
  readonly controllerMakesClaims?: boolean;
  /**
   * Annotations of every object of the workload.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Rules beside those of every workload. */
  readonly rules: readonly Rule<never>[];
}
