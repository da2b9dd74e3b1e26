// Written by hand, unlike its neighbours: how a rendered object is changed.

/** The way to a field: `['spec', 'containers', 0, 'image']`. */
export type FieldPath = readonly (string | number)[];

type Tree = Record<string, unknown>;

/** Applies a JSON merge patch (RFC 7396) in place, and notes each field that it wrote. */
export function mergeInto(target: Tree, change: Readonly<Tree>, touched: FieldPath[], at: FieldPath = []): void {
  for (const [key, value] of Object.entries(change)) {
    const path = [...at, key];
    if (value === null) delete target[key];
    else if (isTree(value)) {
      if (!isTree(target[key])) target[key] = {};
      mergeInto(target[key] as Tree, value, touched, path);
    } else if (value !== undefined) {
      target[key] = structuredClone(value);
      touched.push(path);
    }
  }
}

/**
 * Sets the field at a JSON pointer (RFC 6901) in place and notes it. What is missing on the way is created: a list where
 * the next step is `0` or `-`, else a record. Without a value the field is removed, and nothing is created.
 *
 * @throws Error when the pointer is none, leads through a value, or beyond the end of a list.
 */
export function setAt(target: Tree, pointer: string, value: unknown, touched: FieldPath[]): void {
  if (!pointer.startsWith('/') || pointer === '/') {
    throw new Error(
      `patch path ${JSON.stringify(pointer)} is no JSON pointer; start it with "/", like "/spec/replicas"`,
    );
  }
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path: (string | number)[] = [];
  let parent: unknown = target;
  for (const [i, step] of steps.entries()) {
    const key = keyIn(parent, step, pointer);
    const last = i === steps.length - 1;
    const holder = parent as Record<string | number, unknown>;
    path.push(key);
    if (last && value === undefined) remove(parent, key);
    else if (last) holder[key] = structuredClone(value);
    else if (value === undefined && holder[key] === undefined) return;
    else holder[key] ??= /^(-|0)$/.test(steps[i + 1]) ? [] : {};
    parent = holder[key];
  }
  if (value !== undefined) touched.push(path);
}

function keyIn(parent: unknown, step: string, pointer: string): string | number {
  if (Array.isArray(parent)) {
    const index = step === '-' ? parent.length : Number(step);
    if (/^(-|0|[1-9]\d*)$/.test(step) && index <= parent.length) return index;
    throw new Error(`patch path ${JSON.stringify(pointer)} leads to item ${step} of a list of ${parent.length}`);
  }
  if (isTree(parent)) return step;
  throw new Error(`patch path ${JSON.stringify(pointer)} leads through ${JSON.stringify(parent)}, which has no fields`);
}

function remove(parent: unknown, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(key as number, 1);
  else delete (parent as Tree)[key];
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
