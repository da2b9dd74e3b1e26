import { exactQuantity } from '../platform/quantity';
import { isRecord } from '../platform/rule';
import type { SchemaNode } from '../schema/schema-node';
import type { FieldChange } from './field-change';
import { isNoise } from './noise';
import { pairItems } from './pair-items';
import type { Shape } from './shapes/shape';

/** How a value is read: by the schema of its kind, by what is known beyond it, or as it stands. */
export interface Reading {
  readonly node?: SchemaNode;
  readonly shape: Shape;
  /** Whether null, an empty list and an empty map are the same as nothing. */
  readonly isOwn: boolean;
}

type JsonRecord = Readonly<Record<string, unknown>>;

/** Adds every difference of two values that counts. */
export function compareValues(
  before: unknown,
  after: unknown,
  reading: Reading,
  path: readonly string[],
  changes: FieldChange[],
): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) compareFields(before, after, reading, path, changes);
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, reading, path, changes);
  else if (!isSameQuantity(before, after, reading)) changes.push({ path, before, after });
}

/** Whether two values are one to a cluster. */
function isSame(before: unknown, after: unknown, reading: Reading): boolean {
  if (before === after) return true;
  const changes: FieldChange[] = [];
  compareValues(before, after, reading, [], changes);
  return changes.length === 0;
}

/** A field as the API server has it: with its default where it is not there. */
function effective(record: JsonRecord, name: string, reading: Reading): unknown {
  const given = Object.hasOwn(record, name) ? record[name] : undefined;
  const { node, shape } = fieldReading(name, reading);
  const schema = node?.schema;
  const isAbsent = given === undefined || (given === null && (reading.isOwn || !schema?.nullable));
  const value = isAbsent ? schema?.default : given;
  return shape.complete ? shape.complete(value, record) : value;
}

/** How a field of an object is read. */
function fieldReading(name: string, { node, shape, isOwn }: Reading): Reading {
  const field = node?.field(name) ?? node?.additional;
  return { node: field === true ? undefined : field, shape: shape.fields?.[name] ?? shape.items ?? {}, isOwn };
}

function compareFields(
  before: JsonRecord,
  after: JsonRecord,
  reading: Reading,
  path: readonly string[],
  changes: FieldChange[],
): void {
  const isMetadata = emptyMap(path[path.length - 1]) !== undefined;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isMetadata && isNoise(name)) continue;
    const [was, is] = [before, after].map((record) => effective(record, name, reading) ?? emptyMap(name));
    if (was === is) continue;
    const inner = fieldReading(name, reading);
    const at = [...path, name];
    if (was === undefined || is === undefined) {
      if (!isNothing(was ?? is, inner)) changes.push({ path: at, before: was, after: is });
    } else compareValues(was, is, inner, at, changes);
  }
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  reading: Reading,
  path: readonly string[],
  changes: FieldChange[],
): void {
  const items: Reading = { ...reading, node: reading.node?.items, shape: reading.shape.items ?? {} };
  const { pairs, order, whole } = pairItems(before, after, {
    ...reading,
    isSame: (was, is) => isSame(was, is, items),
    fieldOf: (item, name) => effective(item, name, items),
  });
  if (whole) changes.push({ path, before, after });
  for (const { at, inBoth, ...pair } of pairs) {
    if (inBoth) compareValues(pair.before, pair.after, items, [...path, at], changes);
    else changes.push({ path: [...path, at], ...pair });
  }
  if (order) changes.push({ path: [...path, '[order]'], ...order });
}

/** Maps of which nobody says whether they are empty or not there. */
function emptyMap(name: string | undefined): JsonRecord | undefined {
  return name === 'annotations' || name === 'labels' ? {} : undefined;
}

/** Whether a value says the same as none. */
function isNothing(value: unknown, { isOwn, node, shape }: Reading): boolean {
  if (value === undefined || value === null) return true;
  if (!isOwn) return false;
  if (Array.isArray(value)) return value.length === 0;
  // An empty selector selects all; an empty map of labels is none.
  return isRecord(value) && Object.keys(value).length === 0 && node?.additional !== undefined && !shape.complete;
}

function isSameQuantity(before: unknown, after: unknown, { node }: Reading): boolean {
  if (node === undefined || !(node.schema.format === 'quantity' || isQuantityOfCrd(node))) return false;
  const was = exactQuantity(before);
  return was !== undefined && was === exactQuantity(after);
}

/** The pattern that controller-gen gives to quantities. */
function isQuantityOfCrd({ schema }: SchemaNode): boolean {
  return schema['x-kubernetes-int-or-string'] === true && schema.pattern?.startsWith('^(\\+|-)?(([0-9]+') === true;
}
