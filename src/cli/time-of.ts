import { InvalidArgumentError } from 'commander';

/**
 * The time that an option names, a day in UTC or an instant of RFC 3339, in milliseconds since 1970.
 *
 * @throws InvalidArgumentError when it names none.
 */
export function timeOf(text: string): number {
  const time = instantOf(text);
  if (time === undefined)
    throw new InvalidArgumentError('write a day like 2027-01-31, or an instant like 2027-01-31T12:00:00Z.');
  return time;
}

/** The time of a day in UTC, or of an instant; undefined when the text is neither. */
export function instantOf(text: string): number | undefined {
  const form = /^(\d{4}-\d{2}-\d{2})(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/.exec(text);
  const time = form ? Date.parse(text.toUpperCase()) : Number.NaN;
  if (!form || Number.isNaN(time)) return undefined;
  // A 31st of February would be taken for a day of March.
  const day = new Date(`${form[1]}T00:00:00Z`).toISOString().slice(0, 10);
  return day === form[1] ? time : undefined;
}
