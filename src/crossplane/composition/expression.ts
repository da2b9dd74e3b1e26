import { fieldPath, type Path } from './field-path';
import type { Transform } from './patch-and-transform';
import type { ValueType } from './value-type';

/** Whose field a value comes from. */
export type Origin =
  | { readonly of: 'request'; readonly composition: object }
  | { readonly of: 'environment'; readonly composition: object }
  | { readonly of: 'resource'; readonly composition: object; readonly resource: string };

/** What every value that is only known in the cluster has. */
interface Value {
  readonly type: ValueType;
  readonly transforms: readonly Transform[];
  /** What a field holds while the value is not there; undefined leaves it out. @default - a value that will come is waited for */
  readonly fallback?: { readonly value: unknown };
}

/** A field, and what is done to its value. */
export interface FieldValue extends Value {
  readonly of: 'field';
  readonly origin: Origin;
  readonly path: Path;
  /** Whether the schema promises that the field is there: required or defaulted, all the way down. */
  readonly always: boolean;
  /** What stands in while the field is missing. @default - nothing */
  readonly instead?: StandIn;
}

/** A field of the same request that stands in for another, and what is done to its value. */
export interface StandIn {
  readonly path: Path;
  readonly transforms: readonly Transform[];
}

/** A text with values in it, and what is done to it. */
export interface TextValue extends Value {
  readonly of: 'text';
  readonly parts: readonly (string | Expression)[];
}

/** What a reference stands for. */
export type Expression = FieldValue | TextValue;

const expressions = new WeakMap<object, Expression>();

/** Says what a reference stands for. */
export function bindExpression<R extends object>(reference: R, expression: Expression): R {
  expressions.set(reference, expression);
  return reference;
}

/** What a reference stands for, or undefined when the value is none. */
export function expressionOf(value: unknown): Expression | undefined {
  return typeof value === 'object' && value !== null ? expressions.get(value) : undefined;
}

/** Every field that a value is made from. */
export function fieldsOf(expression: Expression): FieldValue[] {
  if (expression.of === 'field') return [expression];
  return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : fieldsOf(part)));
}

/**
 * Whether a resource waits for a field: for everything that is only there after something else has happened, unlike what a
 * request may leave out for good.
 */
export function isAwaited({ origin, path }: FieldValue): boolean {
  return origin.of !== 'request' || path[0] === 'status';
}

/** Whether a value is there whenever the composition runs. */
export function isAlwaysThere(expression: Expression): boolean {
  if (expression.fallback) return expression.fallback.value !== undefined;
  return fieldsOf(expression).every((field) => field.always);
}

/** Whether a field is left out while its value is missing: nothing waits for it, and nothing stands in for it. */
export function isLeftOut(expression: Expression): boolean {
  if (isAlwaysThere(expression)) return false;
  return expression.fallback !== undefined || !fieldsOf(expression).some(isAwaited);
}

/** The place of a value, as an error names it. */
export function where(expression: Expression): string {
  if (expression.of === 'text') return 'the text';
  const { origin, path } = expression;
  const owner = origin.of === 'resource' ? origin.resource : origin.of === 'request' ? 'xr' : 'environment';
  const text = fieldPath(path);
  return text === '' ? owner : `${owner}.${text}`;
}
