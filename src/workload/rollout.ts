import { type Duration, durationProblem, toSeconds } from '../platform/duration';
import { isRecord, show, suggestion } from '../platform/rule';
import { namedPorts, type PortProps } from './ports';

/** How a new version replaces the old one. */
export interface RolloutOptions {
  /**
   * Pods above the wanted number while rolling, as a count or a percentage.
   * @default 1
   */
  readonly maxSurge?: number | string;
  /**
   * Pods below the wanted number while rolling, as a count or a percentage.
   * @default 0, so that a rollout never takes capacity away
   */
  readonly maxUnavailable?: number | string;
  /**
   * How long a pod must be ready before it counts.
   * @default '0s', as Kubernetes
   */
  readonly minReady?: Duration;
  /**
   * How long a rollout may stand still before it counts as failed.
   * @default '600s', as Kubernetes
   */
  readonly deadline?: Duration;
  /**
   * Old revisions that are kept for a quick way back.
   * @default 3: the tree in git is the history
   */
  readonly history?: number;
}

/** How pods start and stop as versions change. */
export interface RolloutProps {
  /**
   * How a new version replaces the old one.
   * @default - one pod more at a time, never one less; all at once where a volume can be held by one node only
   */
  readonly rollout?: RolloutOptions;
  /**
   * Time between the decision to stop a pod and the signal to its process, while load balancers stop sending to it.
   * @default '5s' with a port, none without one
   */
  readonly stopDelay?: Duration;
  /**
   * Time that a pod has to stop, `stopDelay` included.
   * @default '30s', as Kubernetes
   */
  readonly stopTimeout?: Duration;
}

/** How long a pod waits before its process is told to stop, in seconds: a pod that nobody calls need not wait. */
export function stopDelaySeconds(props: RolloutProps & PortProps): number {
  return toSeconds(props.stopDelay ?? (namedPorts(props).length > 0 ? '5s' : '0s'));
}

const keys = ['maxSurge', 'maxUnavailable', 'minReady', 'deadline', 'history'];

/** Steps are counts or percentages that make progress, and the delay leaves time to stop. */
export function rolloutProblems(props: RolloutProps & PortProps): string[] {
  const problems: (string | undefined)[] = [
    props.stopDelay === undefined ? undefined : durationProblem('stopDelay', props.stopDelay, 0, 180),
    props.stopTimeout === undefined ? undefined : durationProblem('stopTimeout', props.stopTimeout, 1, 3600),
  ];
  const { stopTimeout = '30s' } = props;
  // The API server refuses a longer delay; an equal one would kill the process at once.
  const readable = !problems.some((problem) => problem !== undefined);
  if (readable && stopDelaySeconds(props) >= toSeconds(stopTimeout)) {
    problems.push(
      `stopDelay ${stopDelaySeconds(props)}s leaves no time to stop within stopTimeout ${stopTimeout}; raise stopTimeout or lower stopDelay`,
    );
  }
  const { rollout } = props;
  if (rollout !== undefined) {
    if (!isRecord(rollout)) return [`rollout ${show(rollout)} is no record of settings`];
    for (const key of Object.keys(rollout).filter((k) => !keys.includes(k))) {
      problems.push(`rollout has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
    }
    const { maxSurge = 1, maxUnavailable = 0, history } = rollout as RolloutOptions;
    for (const [key, value] of Object.entries({ maxSurge, maxUnavailable })) {
      if (!(Number.isInteger(value) && (value as number) >= 0) && !/^(100|[1-9]?\d)%$/.test(String(value))) {
        problems.push(`rollout.${key} ${show(value)} is neither a count nor a percentage; write 1 or "25%"`);
      }
    }
    if (/^0%?$/.test(String(maxSurge)) && /^0%?$/.test(String(maxUnavailable))) {
      problems.push(
        'rollout.maxSurge and rollout.maxUnavailable are both 0, so no pod could ever be replaced; raise one',
      );
    }
    if (history !== undefined && !(Number.isInteger(history) && history >= 0 && history <= 100)) {
      problems.push(`rollout.history ${show(history)} is no count; use 0 to 100`);
    }
    for (const key of ['minReady', 'deadline'] as const) {
      const value = (rollout as RolloutOptions)[key];
      if (value !== undefined)
        problems.push(durationProblem(`rollout.${key}`, value, key === 'deadline' ? 1 : 0, 86_400));
    }
    const { minReady = '0s', deadline = '600s' } = rollout as RolloutOptions;
    if (toSeconds(minReady) >= toSeconds(deadline)) {
      problems.push(
        `rollout.minReady ${show(minReady)} is not below rollout.deadline ${show(deadline)}, so every rollout would fail; raise the deadline`,
      );
    }
  }
  return problems.filter((problem) => problem !== undefined);
}
