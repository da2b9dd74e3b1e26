import { show } from './rule';

/** What is wrong with a time zone, or undefined. */
export function timeZoneProblem(timeZone: unknown): string | undefined {
  if (timeZone === 'Local' || typeof timeZone !== 'string' || timeZone === '') {
    return `timeZone ${show(timeZone)} is no IANA time zone; write it like "Europe/Berlin"`;
  }
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return undefined;
  } catch {
    return `timeZone ${show(timeZone)} is no IANA time zone; write it like "Europe/Berlin"`;
  }
}
