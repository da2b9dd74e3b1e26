import { sortedKeys, type Value } from './value';

/** Encodes as Go's `encoding/json`: keys in byte order, and `<`, `>`, `&` and the line separators escaped. */
export function encodeJson(value: Value): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return encodeString(value);
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  if (value === null || typeof value === 'boolean') return String(value);
  return `{${sortedKeys(value)
    .map((key) => `${encodeString(key)}:${encodeJson(value[key])}`)
    .join(',')}}`;
}

function encodeNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new Error(`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`);
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function encodeString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
