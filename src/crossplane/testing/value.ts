/**
 * A value as the Go functions hold it. Objects that cross the wire are protobuf structs, where every number is a float64
 * (`number` here); what a function decoded with Kubernetes' own JSON decoder has int64 (`bigint` here) for whole numbers.
 * The difference shows: `%d` of a float64 prints `%!d(float64=5)`.
 */
export type Value = null | boolean | string | number | bigint | Value[] | ValueObject;

/** A JSON object of {@link Value}s. */
export interface ValueObject {
  [key: string]: Value;
}

const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/** Whether a value is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of plain data as a protobuf struct holds it: numbers are float64, `undefined` members are left out. */
export function fromJson(data: unknown): Value {
  if (Array.isArray(data)) return data.map((item) => (item === undefined ? null : fromJson(item)));
  if (typeof data === 'bigint') return Number(data);
  if (isObject(data)) {
    const copy: ValueObject = {};
    for (const key of Object.keys(data)) {
      if (data[key] !== undefined) copy[key] = fromJson(data[key]);
    }
    return copy;
  }
  return data as Value;
}

/** A copy as Kubernetes' JSON decoder reads it: whole numbers that fit are int64, `undefined` members are left out. */
export function withIntegers(value: Value): Value {
  if (Array.isArray(value)) return value.map(withIntegers);
  if (isObject(value)) {
    const copy: ValueObject = {};
    for (const key of Object.keys(value)) {
      if (value[key] !== undefined) copy[key] = withIntegers(value[key]);
    }
    return copy;
  }
  // From 1e21 on a float64 is written with an exponent, which the decoder takes for a float.
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21) {
    // The decoder reads what was written, and beyond 2^53 the shortest digits are not the exact ones.
    const whole = Number.isSafeInteger(value) ? BigInt(value) : BigInt(String(value));
    return minInt64 <= whole && whole <= maxInt64 ? whole : value;
  }
  return value;
}

/** A copy with the numbers of JavaScript, as it leaves the renderer. */
export function toJson(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (isObject(value)) {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) copy[key] = toJson(value[key]);
    return copy;
  }
  return value;
}

/** Whether two values are the same in Go: an int64 never equals a float64. */
export function deepEqual(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
    );
  }
  return a === b;
}

/** The name of a value's Go type, as error messages give it. */
export function typeName(value: Value): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int64';
    case 'number':
      return 'float64';
    default:
      return 'map[string]interface {}';
  }
}

/** Keys in the order of their bytes, as Go prints and encodes maps. */
export function sortedKeys(object: ValueObject): string[] {
  return Object.keys(object).sort();
}
