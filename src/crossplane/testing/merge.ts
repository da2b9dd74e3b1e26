import { deepEqual, isObject, typeName, type Value, type ValueObject } from './value';

/** How a `toFieldPath` policy merges. */
export interface MergeOptions {
  /** What is there and not empty stays. */
  readonly keep: boolean;
  /** Lists are joined; items that are there already are left out, but only when the two lists are what is merged. */
  readonly append: boolean;
}

const empty = (value: Value | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  value === 0 ||
  value === 0n ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/**
 * Merges a value into what is there, as the library does that Crossplane uses (dario.cat/mergo): without `append`, a
 * list that is there and not empty is kept or replaced as a whole.
 *
 * @throws Error when a list is to be appended to something that is none
 */
export function merge(present: Value, value: Value, options: MergeOptions): Value {
  if (present === null || value === null) return value;
  let source = value;
  if (options.append && Array.isArray(present) && Array.isArray(source)) {
    source = source.filter((item) => !present.some((known) => deepEqual(known, item)));
    // An empty list that is joined with nothing becomes Go's nil list, which is null.
    if (source.length === 0 && present.length === 0) return null;
  }
  const holder: ValueObject = { value: present };
  mergeObjects(holder, { value: source }, options);
  return holder.value;
}

function mergeObjects(into: ValueObject, from: ValueObject, options: MergeOptions): void {
  for (const [key, value] of Object.entries(from)) {
    const present = Object.hasOwn(into, key) ? into[key] : undefined;
    if (value === null) {
      if (!options.keep) into[key] = null;
    } else if (Array.isArray(value)) {
      into[key] = mergedList(present, value, options);
    } else if (isObject(value) && isObject(present)) {
      mergeObjects(present, value, options);
      if (empty(present)) into[key] = value;
    } else if (!options.keep || empty(present)) {
      into[key] = value;
    }
  }
}

function mergedList(present: Value | undefined, list: Value[], { keep, append }: MergeOptions): Value {
  if (append) {
    if (present !== undefined && present !== null && !Array.isArray(present)) {
      const types = `([]interface {}, ${typeName(present)})`;
      throw new Error(`failed to merge values: cannot append two slices with different type ${types}`);
    }
    return empty(present) ? list : [...(present as Value[]), ...list];
  }
  return keep && !empty(present) ? (present as Value) : list;
}
