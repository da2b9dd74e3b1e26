import { isConditionTrue, statusOf } from './conditions';
import { getValue } from './fields';
import type { ReadinessCheck } from './patch-and-transform-input';
import { at, NotFoundError } from './render-error';
import type { Value, ValueObject } from './value';

/**
 * Whether an observed resource is ready: all of its checks hold, or its condition `Ready` is `True` when it has none.
 * A field that is not there is not ready.
 *
 * @throws Error for a field of another type than the check reads
 */
export function isReady(resource: ValueObject, checks: readonly ReadinessCheck[]): boolean {
  if (checks.length === 0) return isConditionTrue(resource, 'Ready');
  return checks.every((check, index) =>
    at(`cannot run readiness check at index ${index}`, () => holds(check, resource)),
  );
}

function holds(check: ReadinessCheck, resource: ValueObject): boolean {
  const path = check.fieldPath as string;
  switch (check.type) {
    case 'None':
      return true;
    case 'NonEmpty':
      // A null is there, and so is an empty string.
      return read(resource, path) !== undefined;
    case 'MatchString':
      return read(resource, path, 'string', 'a string') === check.matchString;
    case 'MatchInteger':
      // What is observed came as a float64, and the check reads int64 only: it never holds.
      read(resource, path, 'bigint', 'a (int64) number');
      return false;
    case 'MatchTrue':
      return read(resource, path, 'boolean', 'a bool') === true;
    case 'MatchFalse':
      return read(resource, path, 'boolean', 'a bool') === false;
    case 'MatchCondition': {
      const { type, status } = check.matchCondition as NonNullable<ReadinessCheck['matchCondition']>;
      return statusOf(resource, type) === status;
    }
  }
}

function read(resource: ValueObject, path: string, type?: string, name?: string): Value | undefined {
  let value: Value;
  try {
    value = getValue(resource, path);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
  if (type !== undefined && typeof value !== type) throw new Error(`${path}: not ${name}`);
  return value;
}
