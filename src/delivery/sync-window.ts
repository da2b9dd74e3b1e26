import type { AppProjectSpecSyncWindows } from '../../imports/argoproj.io';
import { type Duration, durationProblem } from '../platform/duration';
import { isRecord, show, suggestion } from '../platform/rule';
import { timeZoneProblem } from '../platform/time-zone';
import { scheduleProblem } from '../workload/schedule';

/** A time at which apps may be synced, or may not. */
export interface SyncWindow {
  /** Whether syncs are allowed only in it, or not in it. A window that denies is stronger than one that allows. */
  readonly kind: 'allow' | 'deny';
  /** When it begins, as a cron expression: `0 9 * * 1-5`. */
  readonly schedule: string;
  /** How long it stays open, up to a week. */
  readonly duration: Duration;
  /**
   * The zone that the schedule is meant in.
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
  /**
   * Whether somebody may sync by hand at any time.
   * @default false
   */
  readonly manualSync?: boolean;
}

/** The windows as a project has them, for every app in it. */
export function syncWindows(windows: readonly SyncWindow[] = []): AppProjectSpecSyncWindows[] {
  return windows.map(({ kind, schedule, duration, timeZone = 'Etc/UTC', manualSync = false }) => ({
    kind,
    schedule,
    // Go knows no days.
    duration: duration.endsWith('d') ? `${Number(duration.slice(0, -1)) * 24}h` : duration,
    timeZone,
    manualSync,
    applications: ['*'],
  }));
}

const keys = ['kind', 'schedule', 'duration', 'timeZone', 'manualSync'];

/** Kind, schedule and duration of each are there and work. */
export function syncWindowProblems(windows: unknown): string[] {
  if (windows === undefined) return [];
  if (!Array.isArray(windows)) return [`syncWindows ${show(windows)} is no list of windows`];
  return windows.flatMap((window: unknown, index) => {
    const what = `syncWindows[${index}]`;
    if (!isRecord(window)) return [`${what} ${show(window)} is no record; write kind, schedule and duration`];
    const problems = Object.keys(window)
      .filter((key) => !keys.includes(key))
      .map((key) => `${what} has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
    if (window.kind !== 'allow' && window.kind !== 'deny') {
      problems.push(`${what}.kind ${show(window.kind)} is unknown; use allow or deny`);
    }
    const schedule = scheduleProblem(window.schedule);
    if (schedule) problems.push(`${what}.${schedule}`);
    const duration = durationProblem(`${what}.duration`, window.duration, 60, 604_800);
    if (duration) problems.push(duration);
    const timeZone = window.timeZone === undefined ? undefined : timeZoneProblem(window.timeZone);
    if (timeZone) problems.push(`${what}.${timeZone}`);
    if (window.manualSync !== undefined && typeof window.manualSync !== 'boolean') {
      problems.push(`${what}.manualSync ${show(window.manualSync)} is no switch; use true or false`);
    }
    return problems;
  });
}
