import { isObject, type Value, type ValueObject } from './value';

/** A condition as Crossplane writes it. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message?: string;
}

/** The time that `crossplane render` gives every condition, so that output is stable. */
export const conditionTime = '2024-01-01T00:00:00Z';

/**
 * The status of an observed resource's condition: `Unknown` when it is not there, and nothing when `status.conditions`
 * cannot be read as conditions.
 */
export function statusOf(resource: ValueObject, type: string): string {
  const { status } = resource;
  if (status === undefined || status === null) return status === undefined ? '' : 'Unknown';
  if (!isObject(status)) return '';
  const conditions = readConditions(status.conditions);
  if (conditions === undefined) return '';
  const found = conditions.find((condition) => condition.type === type);
  return found === undefined ? 'Unknown' : String(found.status ?? '');
}

/** Whether a condition is `True`. */
export function isConditionTrue(resource: ValueObject, type: string): boolean {
  return statusOf(resource, type) === 'True';
}

/** Conditions of a list, or undefined when it holds something that is none. */
export function readConditions(value: Value | undefined): ValueObject[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const texts = ['type', 'status', 'reason', 'message', 'lastTransitionTime'];
  const readable = value.every(
    (item) =>
      isObject(item) &&
      texts.every((text) => item[text] === undefined || item[text] === null || typeof item[text] === 'string'),
  );
  return readable ? (value as ValueObject[]) : undefined;
}

/** Sets a condition on the request as it should be: the one of its type is replaced, others stay. */
export function setCondition(composite: ValueObject, { type, status, reason, message }: Condition): void {
  const holder = isObject(composite.status) ? composite.status : {};
  const conditions = readConditions(holder.conditions) ?? [];
  const condition: ValueObject = { lastTransitionTime: conditionTime, reason, status, type };
  if (message) condition.message = message;
  const index = conditions.findIndex((present) => present.type === type);
  holder.conditions = index < 0 ? [...conditions, condition] : conditions.with(index, condition);
  composite.status = holder;
}
