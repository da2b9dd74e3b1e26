import { isRecord } from '../../platform/rule';
import { pathText, type Violation } from '../../schema/violation';
import { reasonOf, rulesOf, type SchemaRule } from './rule-evaluator';
import type { StructuralSchema } from './structural-schema';

type Path = readonly (string | number)[];

/**
 * What the CEL rules of a schema have against a value, as an API server finds it. Defaults must be filled in.
 *
 * @param previous the value before an update: rules that name `oldSelf` are asked where it was there. @default - none: the
 * value is created
 */
export function ruleProblems(
  schema: StructuralSchema,
  value: unknown,
  path: Path,
  previous: unknown = undefined,
): Violation[] {
  const problems = rulesOf(schema).flatMap((rule) =>
    rule.isTransition && previous === undefined ? [] : (ruleProblem(rule, schema, value, path, previous) ?? []),
  );
  for (const { key, field, nested, before } of children(schema, value, previous)) {
    problems.push(...ruleProblems(nested, field, [...path, key], before));
  }
  return problems;
}

function ruleProblem(
  compiled: SchemaRule,
  schema: StructuralSchema,
  value: unknown,
  path: Path,
  previous: unknown,
): Violation | undefined {
  const { message, fieldPath } = compiled.rule;
  const at = `${pathText(path)}${fieldPath ?? ''}`;
  try {
    const holds = compiled.isTransition
      ? compiled.holds(unordered(value, schema), unordered(previous, schema))
      : compiled.holds(value);
    return holds ? undefined : { path: at, problem: message, keyword: 'cel' };
  } catch (error) {
    const problem = `${message} (the rule could not be evaluated: ${reasonOf(error)})`;
    return { path: at, problem, keyword: 'cel' };
  }
}

interface Child {
  readonly key: string | number;
  readonly field: unknown;
  readonly nested: StructuralSchema;
  readonly before: unknown;
}

/** The values inside of a value, each with what it was before: items are told apart only in a list that is a map. */
function children(schema: StructuralSchema, value: unknown, previous: unknown): Child[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return [];
    const keys = schema['x-kubernetes-list-map-keys'];
    return value.map((field, key) => ({ key, field, nested: items, before: keys && twin(field, previous, keys) }));
  }
  if (!isRecord(value)) return [];
  const { properties = {}, additionalProperties } = schema;
  return Object.entries(value).flatMap(([key, field]) => {
    const nested = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (typeof nested !== 'object' || field === undefined || field === null) return [];
    const before = isRecord(previous) && Object.hasOwn(previous, key) ? (previous[key] ?? undefined) : undefined;
    return [{ key, field, nested, before }];
  });
}

function twin(item: unknown, previous: unknown, keys: readonly string[]): unknown {
  if (!Array.isArray(previous) || !isRecord(item)) return undefined;
  return previous.find((other) => isRecord(other) && keys.every((key) => other[key] === item[key]));
}

/** A value with its sets in one order, because the API server compares them without. */
function unordered(value: unknown, schema: StructuralSchema): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => (schema.items ? unordered(item, schema.items) : item));
    const type = schema['x-kubernetes-list-type'];
    if (type !== 'set' && type !== 'map') return items;
    const keys = schema['x-kubernetes-list-map-keys'];
    const rank = (item: unknown) => JSON.stringify(keys && isRecord(item) ? keys.map((key) => item[key]) : item) ?? '';
    return items.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
  }
  if (!isRecord(value)) return value;
  const { properties = {}, additionalProperties } = schema;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const nested = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      return [key, typeof nested === 'object' ? unordered(field, nested) : field];
    }),
  );
}
