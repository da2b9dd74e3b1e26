import { isRecord } from '../platform/rule';

/** The fields of an object whose form nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

const none: Fields = {};
const nothing: readonly Fields[] = [];

/** A value's fields; none when it is no object, which the schema reports. */
export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : none;
}

/** The objects of a list; none when the value is no list. */
export function objectsOf(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) return nothing;
  return value.every(isRecord) ? value : value.filter(isRecord);
}

/** A value that is text and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value below a chain of fields, or undefined where the chain ends. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const field of path) at = isRecord(at) ? at[field] : undefined;
  return at;
}
