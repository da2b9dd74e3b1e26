import { define, FunctionError, type Library, namespace } from './library';

type Comparable = string | number | bigint | boolean;

/** Equality as CEL has it: numbers by value whatever their type, lists and maps by their parts. */
export function celEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    // biome-ignore lint/suspicious/noDoubleEquals: 1 and 1n are equal in CEL
    return isNumber(a) && isNumber(b) && a == b;
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => celEquals(item, b[i]));
  }
  if (a.constructor !== b.constructor) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && celEquals(left[key], right[key]))
  );
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';
const has = (list: readonly unknown[], item: unknown): boolean => list.some((other) => celEquals(other, item));

function ends<T extends Comparable>(list: readonly T[], better: (a: T, b: T) => boolean, name: string): T {
  if (list.length === 0) throw new FunctionError(`${name}() of an empty list`);
  return list.reduce((best, item) => (better(item, best) ? item : best));
}

function flatten(list: readonly unknown[], depth: number): unknown[] {
  return list.flatMap((item) => (Array.isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

function distinct(list: readonly unknown[]): unknown[] {
  const kept: unknown[] = [];
  for (const item of list) if (!has(kept, item)) kept.push(item);
  return kept;
}

/** Lists of Kubernetes and of CEL's extensions, `sets`, and `lists.range`. */
export const collectionLibrary: Library = (env) => {
  define(env, {
    'list<T>.isSorted(): bool': (list: Comparable[]) => list.every((item, i) => i === 0 || list[i - 1] <= item),
    'list<int>.sum(): int': (list: bigint[]) => list.reduce((sum, item) => sum + item, 0n),
    'list<double>.sum(): double': (list: number[]) => list.reduce((sum, item) => sum + item, 0),
    'list<T>.min(): T': (list: Comparable[]) => ends(list, (a, b) => a < b, 'min'),
    'list<T>.max(): T': (list: Comparable[]) => ends(list, (a, b) => a > b, 'max'),
    'list<T>.indexOf(T): int': (list: unknown[], item: unknown) =>
      BigInt(list.findIndex((other) => celEquals(other, item))),
    'list<T>.lastIndexOf(T): int': (list: unknown[], item: unknown) =>
      BigInt(list.findLastIndex((other) => celEquals(other, item))),
    'list<T>.distinct(): list<T>': distinct,
    'list<T>.reverse(): list<T>': (list: unknown[]) => list.toReversed(),
    'list<T>.sort(): list<T>': (list: Comparable[]) => list.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    'list.flatten(): list': (list: unknown[]) => flatten(list, 1),
    'list.flatten(int): list': (list: unknown[], depth: bigint) => flatten(list, Number(depth)),
    'list<T>.slice(int, int): list<T>': (list: unknown[], start: bigint, end: bigint) => {
      if (start < 0n || end < start || end > list.length) {
        throw new FunctionError(`slice(${start}, ${end}) of a list of ${list.length}`);
      }
      return list.slice(Number(start), Number(end));
    },
  });
  namespace(env, 'sets', {
    'contains(list, list): bool': (list: unknown[], part: unknown[]) => part.every((item) => has(list, item)),
    'equivalent(list, list): bool': (a: unknown[], b: unknown[]) =>
      a.every((item) => has(b, item)) && b.every((item) => has(a, item)),
    'intersects(list, list): bool': (a: unknown[], b: unknown[]) => a.some((item) => has(b, item)),
  });
  namespace(env, 'lists', {
    'range(int): list<int>': (length: bigint) => Array.from({ length: Number(length) }, (_, i) => BigInt(i)),
  });
};
