import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';

/**
 * Where a field of an object is in its document: the offset of its key, or of the nearest one above when the field is absent.
 *
 * @param object the object's own node
 * @param field as findings name it: `spec.containers[api].image`; what is in brackets is a name or a number
 */
export function offsetOf(document: Document, object: Node, field: string): number {
  const steps = [...field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([text, item]) => ({ text, item }));
  let node: unknown = object;
  let offset = object.range?.[0] ?? 0;
  for (let i = 0; i < steps.length; ) {
    const value = isAlias(node) ? node.resolve(document) : node;
    const found = steps[i].item === undefined ? memberOf(value, steps, i) : itemOf(value, steps[i].item);
    if (!found) return offset;
    node = found.node;
    offset = found.offset ?? offset;
    i += found.steps;
  }
  return offset;
}

interface Found {
  readonly node: unknown;
  readonly offset: number | undefined;
  /** How many steps of the field the key took: keys of labels have dots. */
  readonly steps: number;
}

function memberOf(node: unknown, steps: readonly { text: string; item?: string }[], from: number): Found | undefined {
  if (!isMap(node)) return undefined;
  let name = '';
  for (let to = from; to < steps.length && steps[to].item === undefined; to++) {
    name += to > from ? `.${steps[to].text}` : steps[to].text;
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    if (pair) return { node: pair.value, offset: (pair.key as Node).range?.[0], steps: to - from + 1 };
  }
  return undefined;
}

function itemOf(node: unknown, name: string): Found | undefined {
  if (!isSeq(node)) return undefined;
  const named = node.items.find((item) => isMap(item) && item.get('name') === name);
  const item = named ?? (/^\d+$/.test(name) ? node.items[Number(name)] : undefined);
  return item ? { node: item, offset: (item as Node).range?.[0], steps: 1 } : undefined;
}
