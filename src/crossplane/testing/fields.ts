import { maxIndex, parseFieldPath, type Segment, showPath } from './field-path';
import { type MergeOptions, merge } from './merge';
import { NotFoundError, within } from './render-error';
import { isObject, type Value, type ValueObject, withIntegers } from './value';

/**
 * The value at a path.
 *
 * @throws NotFoundError when a field or element is not there
 * @throws Error when the path goes through something that is neither object nor list
 */
export function getValue(object: ValueObject, path: string): Value {
  return valueAt(object, parseFieldPath(path));
}

function valueAt(object: Value, segments: readonly Segment[]): Value {
  let value = object;
  for (const [index, segment] of segments.entries()) {
    if (typeof segment === 'number') {
      if (!Array.isArray(value)) throw new Error(`${showPath(segments.slice(0, index))}: not an array`);
      if (segment >= value.length) {
        throw new NotFoundError(`${showPath(segments.slice(0, index + 1))}: no such element`);
      }
      value = value[segment];
    } else if (isObject(value)) {
      if (!Object.hasOwn(value, segment)) {
        throw new NotFoundError(`${showPath(segments.slice(0, index + 1))}: no such field`);
      }
      value = value[segment];
    } else if (value === null) {
      throw new NotFoundError(`${showPath(segments.slice(0, index))}: expected map, got nil`);
    } else {
      throw new Error(`${showPath(segments.slice(0, index))}: not an object`);
    }
  }
  // A path without segments leads nowhere.
  return segments.length === 0 ? null : value;
}

/**
 * Sets the value at a path, and makes the objects and lists on the way that are not there. A null on the way is not
 * replaced: it is no object.
 *
 * @throws Error when something on the way is neither object nor list, or an index is above 1024
 */
export function setValue(object: ValueObject, path: string, value: Value): void {
  const segments = parseFieldPath(path);
  const tooLarge = segments.find((segment) => typeof segment === 'number' && segment > maxIndex);
  if (tooLarge !== undefined) throw new Error(`index ${tooLarge} is greater than max allowed index ${maxIndex}`);
  let into: Value = object;
  for (const [index, segment] of segments.entries()) {
    const holder = holderOf(into, segment, segments.slice(0, index));
    if (index === segments.length - 1) {
      holder[segment] = withIntegers(value);
      return;
    }
    makeRoom(holder, segment, segments[index + 1]);
    into = holder[segment];
  }
}

/** An object or a list by its keys. */
type Holder = Record<Segment, Value>;

function holderOf(value: Value, segment: Segment, path: readonly Segment[]): Holder {
  if (typeof segment === 'number') {
    if (!Array.isArray(value)) throw new Error(`${showPath(path)} is not an array`);
    return value as unknown as Holder;
  }
  if (!isObject(value)) throw new Error(`${showPath(path)} is not an object`);
  return value;
}

/** Sees to it that the next segment has an object, or a list that is long enough, to be set in. */
function makeRoom(holder: Holder, segment: Segment, next: Segment): void {
  const present = typeof segment === 'number' ? holder[segment] !== null : Object.hasOwn(holder, segment);
  if (!present) {
    holder[segment] = typeof next === 'number' ? new Array<Value>(next + 1).fill(null) : {};
    return;
  }
  const list = holder[segment];
  if (typeof next === 'number' && Array.isArray(list)) {
    while (list.length <= next) list.push(null);
  }
}

/** Sets the value at a path, merged with what is there when there are options, as P&T's policies do. */
export function mergeValue(object: ValueObject, path: string, value: Value, options: MergeOptions | undefined): void {
  let present: Value = null;
  if (options !== undefined) {
    try {
      present = getValue(object, path);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
  setValue(object, path, options === undefined ? value : merge(present, value, options));
}

/**
 * The paths that a path with `[*]` stands for; none when something on the way is missing.
 *
 * @throws NotFoundError when the wildcard stands for the members of null
 */
export function expandWildcards(object: ValueObject, path: string): string[] {
  const segments = parseFieldPath(path);
  try {
    return expand(object, segments).map(showPath);
  } catch (error) {
    throw within(`cannot expand wildcards for segments: ${JSON.stringify(showPath(segments))}`, error);
  }
}

function expand(object: ValueObject, segments: readonly Segment[]): Segment[][] {
  const star = segments.indexOf('*');
  const until = star < 0 ? segments.length : star;
  let value: Value;
  try {
    value = until === 0 ? object : valueAt(object, segments.slice(0, until));
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
  if (star < 0) return [[...segments]];
  const path = JSON.stringify(showPath(segments.slice(0, star)));
  if (value === null) throw new NotFoundError(`wildcard field ${path} is not found in the path`);
  if (!Array.isArray(value) && !isObject(value)) throw new Error(`${path}: unexpected wildcard usage`);
  const members: Segment[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return members.flatMap((member) => expand(object, [...segments.slice(0, star), member, ...segments.slice(star + 1)]));
}
