import { Cron } from 'croner';
import { show } from '../platform/rule';

/** The beginning of the year that schedules are tried from: any fixed day does, and no clock may be read. */
const from = new Date(Date.UTC(2024, 0, 1));

/**
 * What is wrong with a cron schedule, or undefined.
 *
 * Kubernetes takes five fields, or one of `@hourly @daily @midnight @weekly @monthly @yearly @annually` (its parser is
 * robfig/cron's standard one). A schedule whose day never comes, like 30 February, would be accepted there and never run.
 */
export function scheduleProblem(schedule: unknown): string | undefined {
  if (typeof schedule !== 'string' || schedule.trim() === '') {
    return `schedule ${show(schedule)} is no cron expression; write five fields, like "0 3 * * *"`;
  }
  if (/(^|\s)(CRON_)?TZ=/.test(schedule)) return `schedule ${show(schedule)} names a time zone; set timeZone instead`;
  const macro = /^@(hourly|daily|midnight|weekly|monthly|yearly|annually)$/.test(schedule);
  const fields = schedule.trim().split(/\s+/);
  if (
    !macro &&
    (fields.length !== 5 ||
      fields.some((field) => !/^[\dA-Za-z*?,/-]+$/.test(field) || /[LW#]/.test(field.replace(/[A-Za-z]{3}/g, ''))))
  ) {
    return `schedule ${show(schedule)} is no cron expression that Kubernetes takes; write minute, hour, day, month and weekday, like "0 3 * * *"`;
  }
  let next: Date | null;
  try {
    next = new Cron(schedule, { timezone: 'UTC', paused: true }).nextRun(from);
  } catch (error) {
    return `schedule ${show(schedule)} is no cron expression: ${(error as Error).message.replace(/^CronPattern: /, '').toLowerCase()}`;
  }
  return next ? undefined : `schedule ${show(schedule)} never comes; choose a day that exists in its month`;
}
