import { oneOf, show } from '../../platform/rule';
import { checkValue } from '../../schema/check-value';
import { jsonType, type SchemaNode } from '../../schema/schema-node';
import type { Violation } from '../../schema/violation';

/** The scalar types, where nothing more is known about a value. */
export type ScalarType = 'string' | 'integer' | 'number' | 'boolean';

/**
 * What is known about a value that only exists in the cluster: the schema of the field it comes from, the few values a
 * table can give, or its bare type. Nothing is known about a value of a field that its schema leaves open.
 */
export type ValueType =
  | { readonly of: 'schema'; readonly node: SchemaNode }
  | { readonly of: 'literals'; readonly literals: readonly unknown[] }
  | { readonly of: 'scalar'; readonly scalar: ScalarType }
  | { readonly of: 'anything' };

/** The type of what a field holds; `true` is a field that its schema leaves open. */
export function typeOfNode(node: SchemaNode | true): ValueType {
  return node === true ? { of: 'anything' } : { of: 'schema', node };
}

/** The JSON types that a value can have, as bits; 0 when any is possible. */
export function typesOf(type: ValueType): number {
  switch (type.of) {
    case 'schema':
      return type.node.types;
    case 'scalar':
      return scalarTypes(type.scalar);
    case 'literals':
      return type.literals.reduce((bits: number, literal) => bits | typeBit(literal), 0);
    default:
      return 0;
  }
}

/** Whether a value is a string, whatever happens. */
export function isString(type: ValueType): boolean {
  return typesOf(type) === jsonType.string;
}

/** All values that are possible, where they can be counted. */
export function possibilities(type: ValueType): readonly unknown[] | undefined {
  if (type.of === 'literals') return type.literals;
  if (typesOf(type) === jsonType.boolean) return [true, false];
  return type.of === 'schema' ? type.node.schema.enum : undefined;
}

/** Whether a number of this type has to be rounded down before it fits a field. */
export function needsInteger(type: ValueType, target: SchemaNode | true): boolean {
  if (target === true || target.types !== jsonType.integer) return false;
  const isNumber = (typesOf(type) & jsonType.number) !== 0;
  // Of literals each is checked by itself.
  return isNumber && type.of !== 'literals';
}

/** What keeps a value of this type from fitting a field, completing a sentence that begins with the field; or undefined. */
export function misfit(type: ValueType, target: SchemaNode | true): string | undefined {
  if (target === true || type.of === 'anything') return undefined;
  if (type.of === 'schema') return schemaMisfit(type.node, target);
  if (type.of === 'scalar') return scalarMisfit(scalarTypes(type.scalar), target, `a ${type.scalar}`);
  for (const literal of type.literals) {
    const violations: Violation[] = [];
    checkValue(literal, target, { violations, path: [] });
    if (violations.length > 0) return `can become ${show(literal)}: ${violations[0].path} ${violations[0].problem}`;
  }
  return undefined;
}

function schemaMisfit(source: SchemaNode, target: SchemaNode): string | undefined {
  if (source === target || target.types === 0) return undefined;
  const bare = scalarMisfit(source.types, target, words(source.types), source.schema.enum);
  if (bare !== undefined) return bare;
  if (target.types === jsonType.array && source.items && target.items) {
    const problem = schemaMisfit(source.items, target.items);
    return problem && `takes a list of other items: one ${problem}`;
  }
  return target.types === jsonType.object ? objectMisfit(source, target) : undefined;
}

function objectMisfit(source: SchemaNode, target: SchemaNode): string | undefined {
  for (const name of source.fieldNames()) {
    const field = target.field(name) ?? target.additional;
    if (field === undefined && target.closed) return `has no field ${show(name)}, which the value brings`;
    const problem = field && field !== true ? schemaMisfit(source.field(name) as SchemaNode, field) : undefined;
    if (problem !== undefined) return `differs in ${name}, which ${problem}`;
  }
  const missing = target.required.find((name) => !source.required.includes(name));
  if (missing !== undefined && target.field(missing)?.schema.default === undefined) {
    return `needs ${missing}, which the value may lack`;
  }
  if (source.additional && source.additional !== true && target.additional && target.additional !== true) {
    return schemaMisfit(source.additional, target.additional);
  }
  return source.additional && !target.additional && target.closed ? 'takes no fields of other names' : undefined;
}

function scalarMisfit(
  types: number,
  target: SchemaNode,
  what: string,
  literals?: readonly unknown[],
): string | undefined {
  const number = jsonType.integer | jsonType.number;
  // A number is rounded down where an integer belongs.
  const accepted = (target.types & number) !== 0 ? target.types | number : target.types;
  if (target.types !== 0 && types !== 0 && (types & ~accepted) !== 0) return `is ${words(target.types)}, not ${what}`;
  const allowed = target.schema.enum;
  if (!allowed) return undefined;
  const foreign = literals?.find((literal) => !allowed.includes(literal));
  if (literals && foreign === undefined) return undefined;
  const listed = oneOf(allowed.map((literal) => JSON.stringify(literal)));
  return literals ? `is ${listed}, never ${show(foreign)}` : `is ${listed}, not any ${what.replace(/^an? /, '')}`;
}

function scalarTypes(scalar: ScalarType): number {
  return scalar === 'number' ? jsonType.number | jsonType.integer : jsonType[scalar];
}

function typeBit(literal: unknown): number {
  if (Array.isArray(literal)) return jsonType.array;
  if (typeof literal === 'number') return Number.isInteger(literal) ? jsonType.integer : jsonType.number;
  if (typeof literal === 'string' || typeof literal === 'boolean') return jsonType[typeof literal as 'string'];
  return literal === null ? 0 : jsonType.object;
}

/** Types as a sentence names them. */
export function words(types: number): string {
  if ((types & jsonType.number) !== 0) return 'a number';
  const named = Object.entries(jsonType)
    .filter(([, bit]) => (types & bit) !== 0)
    .map(([name]) => (/^[aio]/.test(name) ? `an ${name}` : `a ${name}`));
  return named.length === 0 ? 'anything' : oneOf(named);
}
