import { imageProblem } from './image';
import { isRecord, show, unknownSettingProblems } from './rule';
import { timeZoneProblem } from './time-zone';

/** When a workload sleeps. */
export interface HibernationHours {
  /** When it goes to sleep, on a clock of 24 hours: `20:00`. */
  readonly from: string;
  /** When it is woken up: `06:00`. */
  readonly to: string;
  /**
   * Days on which it is woken up: `MON-FRI`, `SUN-THU`, `MON,WED`. It sleeps through the others.
   * @default 'MON-FRI'
   */
  readonly days?: string;
  /**
   * IANA time zone of the hours: `Europe/Berlin`.
   * @default - the platform's `hibernation.timeZone`
   */
  readonly timeZone?: string;
}

/** When a workload sleeps; `nights` are those from 20:00 to 06:00, and the weekend. */
export type Hibernation = 'nights' | HibernationHours;

/** How a platform lets workloads sleep. */
export interface HibernationSettings {
  /**
   * Image with `kubectl` 1.27 or newer, which scales workloads where KEDA does not, with tag or digest.
   * @default - none: without KEDA no workload can sleep
   */
  readonly image?: string;
  /**
   * IANA time zone of hours that name none.
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
}

/** What scales workloads beside the autoscaler that every cluster has. */
export interface AutoscalingSettings {
  /**
   * Whether all clusters have KEDA, 2.11 or newer: then it lets workloads sleep. Triggers that a workload's own `scale` names
   * are rendered for KEDA in any case.
   * @default false
   */
  readonly keda?: boolean;
}

/** Hours in which a workload is awake, as two cron expressions. */
export interface WorkingHours {
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

const nights: HibernationHours = { from: '20:00', to: '06:00' };
/** As cron counts them. */
const week = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const keys = ['from', 'to', 'days', 'timeZone'];
const time = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** The hours in which a workload is awake. Only for what {@link hibernationProblems} has accepted. */
export function workingHours(hibernation: Hibernation, defaultTimeZone: string): WorkingHours {
  const { from, to, days = 'MON-FRI', timeZone = defaultTimeZone } = hibernation === 'nights' ? nights : hibernation;
  const awake = daysOf(days) as ReadonlySet<number>;
  // Who sleeps from 01:00 to 05:00 goes to sleep on the day after the one on which it was woken up.
  const asleep = from > to ? awake : new Set([...awake].map((day) => (day + 1) % week.length));
  return { start: cron(to, awake), end: cron(from, asleep), timeZone };
}

/** Times are times, days are days, and the two times differ. */
export function hibernationProblems(what: string, hibernation: unknown): string[] {
  if (hibernation === 'nights') return [];
  if (!isRecord(hibernation)) {
    return [`${what} ${show(hibernation)} is no hibernation; write "nights", or { from: "20:00", to: "06:00" }`];
  }
  const { from, to, days, timeZone } = hibernation;
  const problems = unknownSettingProblems(what, hibernation, keys);
  for (const [key, value] of Object.entries({ from, to })) {
    if (typeof value !== 'string' || !time.test(value))
      problems.push(`${what}.${key} ${show(value)} is no time; write it like "20:00"`);
  }
  if (from === to && from !== undefined) {
    problems.push(`${what}.from and ${what}.to are both ${show(from)}; name two times of the day`);
  }
  if (days !== undefined && (typeof days !== 'string' || daysOf(days) === undefined)) {
    problems.push(`${what}.days ${show(days)} are no days; write them like "MON-FRI" or "MON,WED"`);
  }
  const zone = timeZone === undefined ? undefined : timeZoneProblem(timeZone);
  return zone ? [...problems, `${what}.${zone}`] : problems;
}

/** Everything that is wrong with how a platform scales workloads and lets them sleep. */
export function hibernationSettingsProblems(
  hibernation: HibernationSettings,
  autoscaling: AutoscalingSettings,
  registries: readonly string[],
): string[] {
  const { image, timeZone } = hibernation;
  const problems = [
    image === undefined ? undefined : imageProblem(image, registries),
    timeZone === undefined ? undefined : timeZoneProblem(timeZone),
  ];
  return [
    ...unknownSettingProblems('hibernation', hibernation, ['image', 'timeZone']),
    ...problems.flatMap((problem) => (problem === undefined ? [] : [`hibernation.${problem}`])),
    ...unknownSettingProblems('autoscaling', autoscaling, ['keda']),
    ...(autoscaling.keda === undefined || typeof autoscaling.keda === 'boolean'
      ? []
      : [`autoscaling.keda ${show(autoscaling.keda)} is neither true nor false`]),
  ];
}

/** Days by their number in the week; a range may lead over its end. Undefined when the text names none. */
function daysOf(text: string): ReadonlySet<number> | undefined {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [first, last = first, ...rest] = part.split('-').map((name) => week.indexOf(name));
    if (first < 0 || last < 0 || rest.length > 0) return undefined;
    for (let day = first; ; day = (day + 1) % week.length) {
      days.add(day);
      if (day === last) break;
    }
  }
  return days;
}

function cron(at: string, days: ReadonlySet<number>): string {
  const [hour, minute] = at.split(':').map(Number);
  const names = week.filter((_, day) => days.has(day));
  return `${minute} ${hour} * * ${names.length === week.length ? '*' : names.join(',')}`;
}
