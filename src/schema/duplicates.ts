import { show } from '../platform/rule';
import type { SchemaNode } from './schema-node';

/** An item that a list already has. */
interface Duplicate {
  readonly index: number;
  readonly problem: string;
}

/**
 * The items that repeat an earlier one, in a list that the server merges as a set or by keys, or whose items must be
 * unique. A key that an item leaves out counts as its default, as it does on the server.
 */
export function duplicates(list: readonly unknown[], node: SchemaNode): Duplicate[] {
  const { uniqueItems, 'x-kubernetes-list-type': listType, 'x-kubernetes-list-map-keys': keys } = node.schema;
  const byKeys = listType === 'map' && keys !== undefined;
  if ((!byKeys && listType !== 'set' && !uniqueItems) || list.length < 2) return [];
  const seen = new Map<string, number>();
  const found: Duplicate[] = [];
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (byKeys && (typeof item !== 'object' || item === null)) continue;
    const identity = byKeys ? keyText(item as Record<string, unknown>, keys, node.items) : canonical(item);
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, index);
    else found.push({ index, problem: `repeats item ${first}: ${byKeys ? identity : show(item)}; keep one` });
  }
  return found;
}

/** The keys of an item as text: `containerPort 80, protocol "TCP"`. */
function keyText(item: Record<string, unknown>, keys: readonly string[], items: SchemaNode | undefined): string {
  return keys.map((key) => `${key} ${canonical(item[key] ?? items?.field(key)?.schema.default ?? null)}`).join(', ');
}

/** JSON with the keys of objects in one order, so that equal values read the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, nested) =>
    typeof nested === 'object' && nested !== null && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
      : nested,
  );
}
