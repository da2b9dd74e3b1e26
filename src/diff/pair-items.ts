import { isRecord, show } from '../platform/rule';
import type { SchemaNode } from '../schema/schema-node';
import type { Shape } from './shapes/shape';

type List = readonly unknown[];

/** How a list is read. */
export interface ListReading {
  readonly node?: SchemaNode;
  readonly shape: Shape;
  readonly isOwn: boolean;
  /** Whether two of its items are one to a cluster. */
  readonly isSame: (before: unknown, after: unknown) => boolean;
  /** A field of one of its items, with its default. */
  readonly fieldOf: (item: Readonly<Record<string, unknown>>, name: string) => unknown;
}

/** An item of one list or of both, and where it stands: `[api]`, `[2]`. */
export interface Pair {
  readonly at: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Whether both lists have it. */
  readonly inBoth: boolean;
}

/** What two lists are to each other. */
export interface PairedItems {
  /** Items to compare; those that are the same without doubt are left out. */
  readonly pairs: readonly Pair[];
  /** What tells the items apart, in both orders, when the order counts and is another. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Whether the lists are to be read as a whole, like the words of a command line. */
  readonly whole: boolean;
}

/** Finds which items of two lists are each other: by what tells them apart, as sets, or by their place. */
export function pairItems(before: List, after: List, reading: ListReading): PairedItems {
  const keys = keysOf(before, after, reading);
  if (keys) {
    const order = isOrdered(before, after, reading) ? otherOrder([...keys[0].keys()], [...keys[1].keys()]) : undefined;
    return { pairs: byKey(...keys), order, whole: false };
  }
  if (isUnordered(reading)) return { pairs: asSets(before, after, reading), whole: false };
  return inSequence(before, after, reading);
}

type Keyed = ReadonlyMap<string, unknown>;

/** The items of both lists by what tells them apart; undefined when nothing does. */
function keysOf(before: List, after: List, reading: ListReading): [Keyed, Keyed] | undefined {
  const { node, shape } = reading;
  const schemaKeys =
    node?.schema['x-kubernetes-list-type'] === 'map' ? node.schema['x-kubernetes-list-map-keys'] : undefined;
  const fields = shape.keys ?? schemaKeys ?? (isUnordered(reading) ? undefined : ['name']);
  if (!fields) return undefined;
  const [was, is] = [keyed(before, fields, reading), keyed(after, fields, reading)];
  return was && is && [was, is];
}

function keyed(list: List, fields: readonly string[], { fieldOf }: ListReading): Keyed | undefined {
  const found = new Map<string, unknown>();
  const valueAt = (value: unknown, name: string) => (isRecord(value) ? fieldOf(value, name) : undefined);
  for (const item of list) {
    if (!isRecord(item)) return undefined;
    const values = fields.map((field) => field.split('.').reduce<unknown>(valueAt, item));
    if (values.every((value) => value === undefined)) return undefined;
    const key = values.map((value) => (value === undefined ? '' : String(value))).join('/');
    if (found.has(key)) return undefined;
    found.set(key, item);
  }
  return found;
}

function byKey(before: Keyed, after: Keyed): Pair[] {
  const kept = [...before].map(([key, item]) => ({
    at: `[${key}]`,
    before: item,
    after: after.get(key),
    inBoth: after.has(key),
  }));
  const added = [...after].filter(([key]) => !before.has(key));
  return [...kept, ...added.map(([key, item]) => ({ at: `[${key}]`, after: item, inBoth: false }))];
}

/** Whether items that are told apart have an order that counts: as far as is known, or where nothing is. */
function isOrdered(before: List, after: List, { node, shape, isOwn }: ListReading): boolean {
  if (shape.ordered) return shape.ordered(before) || shape.ordered(after);
  if (shape.keys || isOwn) return false;
  return node?.schema['x-kubernetes-list-type'] !== 'map';
}

function otherOrder(before: readonly string[], after: readonly string[]): PairedItems['order'] {
  const [were, are] = [new Set(before), new Set(after)];
  const was = before.filter((key) => are.has(key));
  const is = after.filter((key) => were.has(key));
  return was.some((key, n) => key !== is[n]) ? { before: was, after: is } : undefined;
}

function isUnordered({ node, shape }: ListReading): boolean {
  return shape.unordered === true || node?.schema['x-kubernetes-list-type'] === 'set';
}

/** Items that are in both lists are passed over; what is left is held against each other where it can be. */
function asSets(before: List, after: List, { isSame }: ListReading): Pair[] {
  const added = [...after];
  const removed = before.filter((item) => {
    const twin = added.findIndex((other) => isSame(item, other));
    if (twin >= 0) added.splice(twin, 1);
    return twin < 0;
  });
  return byPlace(removed, added, 0);
}

/** What two lists begin and end with alike is passed over, so that one item that is put in does not change all behind it. */
function inSequence(before: List, after: List, { isSame }: ListReading): PairedItems {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
  const was = before.slice(start, before.length - end);
  const is = after.slice(start, after.length - end);
  if (was.length + is.length === 0) return { pairs: [], whole: false };
  if (![...before, ...after].some(isRecord)) return { pairs: [], whole: true };
  return { pairs: byPlace(was, is, start), whole: false };
}

function byPlace(before: List, after: List, first: number): Pair[] {
  const inBoth = before.length === after.length && before.every(isRecord) && after.every(isRecord);
  if (inBoth) return before.map((item, n) => ({ at: `[${first + n}]`, before: item, after: after[n], inBoth }));
  return [
    ...before.map((item, n) => ({ at: labelOf(item, first + n), before: item, inBoth })),
    ...after.map((item, n) => ({ at: labelOf(item, first + n), after: item, inBoth })),
  ];
}

/** An item of a set says what it is; others have a place. */
function labelOf(item: unknown, place: number): string {
  return typeof item === 'string' || typeof item === 'number' ? `[${show(item).replace(/^"|"$/g, '')}]` : `[${place}]`;
}
