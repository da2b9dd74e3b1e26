import { isRecord } from '../platform/rule';

/** What differs between two pieces of data, a line each: `+` what is new, `-` what is gone, `~` what is another value. */
export function changedLeaves(before: unknown, after: unknown, path = ''): string[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => {
      const at = path === '' ? key : `${path}.${key}`;
      if (!Object.hasOwn(before, key)) return [`+ ${at}: ${text(after[key])}`];
      if (!Object.hasOwn(after, key)) return [`- ${at}: ${text(before[key])}`];
      return changedLeaves(before[key], after[key], at);
    });
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [`~ ${path}: ${text(before)} is ${text(after)}`];
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
