import { oneOf, show } from './rule';

/** A length of time with its unit: `'300ms'`, `'30s'`, `'5m'`, `'1h'`, `'7d'`. A number without a unit is refused. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration in milliseconds, or undefined when the text is none. */
export function toMilliseconds(duration: unknown): number | undefined {
  const match = typeof duration === 'string' ? /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(duration) : null;
  return match ? Number(match[1]) * milliseconds[match[2] as keyof typeof milliseconds] : undefined;
}

/** A duration in whole seconds. Only for durations that {@link durationProblem} has accepted. */
export function toSeconds(duration: Duration): number {
  return Math.round((toMilliseconds(duration) ?? Number.NaN) / 1000);
}

/**
 * What is wrong with a duration that Kubernetes takes in whole seconds, or undefined.
 *
 * @param min the shortest allowed, in seconds
 * @param max the longest allowed, in seconds
 */
export function durationProblem(what: string, duration: unknown, min = 0, max = 315_360_000): string | undefined {
  const ms = toMilliseconds(duration);
  if (ms === undefined) {
    return `${what} ${show(duration)} is no duration; write a number with its unit ${oneOf(Object.keys(milliseconds))}, like "30s"`;
  }
  if (ms % 1000 !== 0)
    return `${what} ${show(duration)} is no whole number of seconds; Kubernetes counts in seconds here`;
  if (ms < min * 1000 || ms > max * 1000) return `${what} ${show(duration)} is out of range; use ${min}s to ${max}s`;
  return undefined;
}
