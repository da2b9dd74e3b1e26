import { oneOf, show, suggestion } from '../platform/rule';
import { branchesProblem } from './branches';
import { duplicates } from './duplicates';
import { jsonType, type SchemaNode } from './schema-node';
import { pathText, type Violation } from './violation';

/** A JSON object, as manifests are made of. */
export type JsonObject = Record<string, unknown>;

/** What a check collects, and where it is. */
export interface Check {
  readonly violations: Violation[];
  /** The way from the object to the value at hand; pushed and popped while walking, turned into text only for a problem. */
  readonly path: (string | number)[];
}

/**
 * Checks a value against a schema, all the way down.
 *
 * @param structural the node that names the value's fields and their defaults, when `node` is a branch of `allOf`, `anyOf`,
 * `oneOf` or `not`: a branch constrains fields and never adds one. @default - `node` itself
 */
export function checkValue(value: unknown, node: SchemaNode, check: Check, structural?: SchemaNode): void {
  const type = typeOf(value);
  if (node.types !== 0 && (node.types & type) === 0) {
    if (value !== null || !node.schema.nullable) report(check, 'type', typeProblem(value, node));
    return;
  }
  if (value === null || value === undefined) return;
  if (!node.isPlain) {
    checkKeywords(value, type, node, check);
    checkBranches(value, node, check, structural ?? node);
  }
  if (type === jsonType.object) checkObject(value as JsonObject, node, check, structural);
  else if (type === jsonType.array) checkItems(value as unknown[], node, check, structural);
}

/** Notes a violation at the place where the check is. */
export function report(check: Check, keyword: string, problem: string): void {
  check.violations.push({ path: pathText(check.path), problem, keyword });
}

function checkObject(object: JsonObject, node: SchemaNode, check: Check, branchOf: SchemaNode | undefined): void {
  const structural = branchOf ?? node;
  for (const name of node.required) {
    if (effective(object, name, structural) === undefined) {
      check.path.push(name);
      report(check, 'required', 'is missing; it is required');
      check.path.pop();
    }
  }
  for (const name in object) {
    const value = object[name];
    // What is undefined is not written.
    if (value === undefined) continue;
    const field = node.field(name) ?? node.additional;
    if (field === undefined) {
      if (node.closed && branchOf === undefined) unknownField(name, node, check);
    } else if (field !== true) checkField(name, value === null ? effective(object, name, structural) : value, field);
  }
  if (branchOf === undefined) return;
  for (const name of node.fieldNames()) {
    if (!Object.hasOwn(object, name))
      checkField(name, effective(object, name, branchOf), node.field(name) as SchemaNode);
  }

  function checkField(name: string, value: unknown, field: SchemaNode): void {
    if (value === undefined) return;
    check.path.push(name);
    checkValue(value, field, check, branchOf && (branchOf.field(name) ?? field));
    check.path.pop();
  }
}

/** The value of a field as the server sees it: its default when it is absent or a null that says nothing. */
function effective(object: JsonObject, name: string, structural: SchemaNode): unknown {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (value !== undefined && value !== null) return value;
  if (structural.nullIsAbsent) return undefined;
  const field = structural.field(name)?.schema;
  return value === null && (field?.nullable || field?.default === undefined) ? null : field?.default;
}

function checkItems(list: unknown[], node: SchemaNode, check: Check, branchOf: SchemaNode | undefined): void {
  const { items } = node;
  if (items === undefined) return;
  for (let i = 0; i < list.length; i++) {
    check.path.push(i);
    checkValue(list[i], items, check, branchOf && (branchOf.items ?? items));
    check.path.pop();
  }
}

function unknownField(name: string, node: SchemaNode, check: Check): void {
  check.path.push(name);
  report(check, 'unknown-field', `is not a known field${suggestion(name, node.fieldNames())}`);
  check.path.pop();
}

function checkBranches(value: unknown, node: SchemaNode, check: Check, structural: SchemaNode): void {
  for (const branch of node.allOf ?? []) checkValue(value, branch, check, structural);
  const violationsOf = (branch: SchemaNode): Violation[] => {
    const violations: Violation[] = [];
    checkValue(value, branch, { violations, path: [...check.path] }, structural);
    return violations;
  };
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const branches = node[keyword];
    if (!branches) continue;
    const problem = branchesProblem(keyword, branches, branches.map(violationsOf), value);
    if (problem !== undefined) report(check, keyword, problem);
  }
  if (node.not && violationsOf(node.not).length === 0) {
    report(check, 'not', branchesProblem('not', [node.not], [[]], value) ?? 'is a combination that is not allowed');
  }
}

/** The keywords that look at the value itself, each only at values of its own type. */
function checkKeywords(value: unknown, type: number, node: SchemaNode, check: Check): void {
  const { schema, format } = node;
  if (schema.enum && !schema.enum.includes(value)) {
    const literals = schema.enum.map((literal) => JSON.stringify(literal));
    const near = typeof value === 'string' ? suggestion(value, schema.enum.map(String)) : '';
    report(check, 'enum', `${show(value)} is not allowed; use ${oneOf(literals)}${near}`);
  }
  if (format && (format.of === 'any' || format.of === typeof value) && !format.accepts(value as never)) {
    report(check, 'format', `${show(value)} must be ${format.words}`);
  }
  if (typeof value === 'string') checkString(value, node, check);
  else if (typeof value === 'number') checkNumber(value, node, check);
  else if (type === jsonType.array) checkList(value as unknown[], node, check);
  else if (type === jsonType.object) checkKeys(value as JsonObject, node, check);
}

function checkString(text: string, { schema, pattern }: SchemaNode, check: Check): void {
  if (pattern && !pattern.test(text)) report(check, 'pattern', `${show(text)} must match ${schema.pattern}`);
  const { minLength, maxLength } = schema;
  if (minLength === undefined && maxLength === undefined) return;
  // The server counts characters, not UTF-16 units.
  const length = text.length > 0 && /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
  if (minLength !== undefined && length < minLength) {
    report(check, 'minLength', `${show(text)} has ${length} characters; use ${minLength} at least`);
  }
  if (maxLength !== undefined && length > maxLength) {
    report(check, 'maxLength', `${show(text)} has ${length} characters; use ${maxLength} at most`);
  }
}

function checkNumber(value: number, { schema }: SchemaNode, check: Check): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    report(
      check,
      'minimum',
      `${value} is too low; use ${exclusiveMinimum ? 'more than ' : ''}${range(minimum, maximum)}`,
    );
  }
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    const allowed = exclusiveMaximum
      ? `less than ${maximum}`
      : minimum === undefined
        ? `${maximum} at most`
        : range(minimum, maximum);
    report(check, 'maximum', `${value} is too high; use ${allowed}`);
  }
  if (multipleOf !== undefined && value % multipleOf !== 0) {
    report(check, 'multipleOf', `${value} must be a multiple of ${multipleOf}`);
  }
}

function range(minimum: number, maximum: number | undefined): string {
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
}

function checkList(list: unknown[], node: SchemaNode, check: Check): void {
  const { minItems, maxItems } = node.schema;
  if (minItems !== undefined && list.length < minItems) {
    report(check, 'minItems', `has ${list.length} items; use ${minItems} at least`);
  }
  if (maxItems !== undefined && list.length > maxItems) {
    report(check, 'maxItems', `has ${list.length} items; use ${maxItems} at most`);
  }
  for (const { index, problem } of duplicates(list, node)) {
    check.path.push(index);
    report(check, 'duplicate', problem);
    check.path.pop();
  }
}

function checkKeys(object: JsonObject, node: SchemaNode, check: Check): void {
  const { minProperties, maxProperties } = node.schema;
  if (minProperties !== undefined || maxProperties !== undefined) {
    const count = Object.keys(object).filter((name) => object[name] !== undefined).length;
    if (minProperties !== undefined && count < minProperties) {
      report(check, 'minProperties', `has ${count} fields; use ${minProperties} at least`);
    }
    if (maxProperties !== undefined && count > maxProperties) {
      report(check, 'maxProperties', `has ${count} fields; use ${maxProperties} at most`);
    }
  }
  const { keyFormat } = node;
  if (!keyFormat) return;
  for (const name in object) {
    if (keyFormat.accepts(name as never)) continue;
    check.path.push(name);
    report(check, 'propertyNames', `is not a valid key; it must be ${keyFormat.words}`);
    check.path.pop();
  }
}

/** The type of a value as a bit of {@link jsonType}; 0 for null and what JSON cannot hold. */
function typeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return jsonType.string;
    case 'number':
      return Number.isInteger(value) ? jsonType.integer : Number.isFinite(value) ? jsonType.number : 0;
    case 'boolean':
      return jsonType.boolean;
    case 'object':
      return value === null ? 0 : Array.isArray(value) ? jsonType.array : jsonType.object;
    default:
      return 0;
  }
}

function typeProblem(value: unknown, node: SchemaNode): string {
  const words: Readonly<Record<string, string>> = { array: 'a list', integer: 'an integer', object: 'an object' };
  const { type } = node.schema;
  const allowed = type === undefined ? 'an integer or a string' : (words[type] ?? `a ${type}`);
  return `${show(value)} must be ${allowed}`;
}
