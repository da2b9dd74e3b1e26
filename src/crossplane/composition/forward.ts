import { isRecord } from '../../platform/rule';
import { bindExpression, type Expression, expressionOf, type FieldValue } from './expression';
import type { Path } from './field-path';

/**
 * An object with the references to other resources replaced by what these resources are given, where the composition itself
 * says so: nobody has to wait for a resource to exist to know the name that it was told to have.
 *
 * @param bodyOf the object that a resource is made from
 */
export function forwarded(value: unknown, bodyOf: (resource: string) => unknown): unknown {
  const expression = expressionOf(value);
  if (expression) return resolve(expression, bodyOf);
  if (Array.isArray(value)) return value.map((item) => forwarded(item, bodyOf));
  if (!isRecord(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, forwarded(item, bodyOf)]));
}

/** A reference, or the value that it turns out to be. */
function resolve(expression: Expression, bodyOf: (resource: string) => unknown): unknown {
  if (expression.of === 'text') {
    const parts = expression.parts.map((part) => {
      const known = typeof part === 'string' ? part : resolve(part, bodyOf);
      return typeof known === 'string' ? known : (expressionOf(known) ?? String(known));
    });
    if (parts.every((part) => typeof part === 'string') && expression.transforms.length === 0) return parts.join('');
    return bindExpression({}, { ...expression, parts });
  }
  const found = definitionOf(expression, bodyOf);
  if (found === undefined) return bindExpression({}, expression);
  const source = expressionOf(found);
  return source ? resolve(source, bodyOf) : found;
}

/** What a field of a resource is set to; undefined when only the cluster knows, or no transform could be applied here. */
function definitionOf(value: FieldValue, bodyOf: (resource: string) => unknown): unknown {
  const { origin, path, transforms } = value;
  if (origin.of !== 'resource' || path[0] === 'status') return undefined;
  const { at, rest } = follow(bodyOf(origin.resource), path);
  const source = expressionOf(at);
  if (!source) {
    const isKnown = rest.length === 0 && transforms.length === 0 && at !== undefined && !holdsReference(at);
    return isKnown ? at : undefined;
  }
  if (rest.length > 0 || (source.fallback && transforms.length > 0)) return undefined;
  const own = { ...source, type: value.type, transforms: [...source.transforms, ...transforms] };
  return bindExpression({}, value.fallback ? { ...own, fallback: value.fallback } : own);
}

/** As far as a path leads before it ends or comes to a reference. */
function follow(object: unknown, path: Path): { readonly at: unknown; readonly rest: Path } {
  let at = object;
  for (const [i, step] of path.entries()) {
    if (expressionOf(at) || typeof at !== 'object' || at === null)
      return { at: expressionOf(at) ? at : undefined, rest: path.slice(i) };
    at = (at as Record<string | number, unknown>)[step];
  }
  return { at, rest: [] };
}

function holdsReference(value: unknown): boolean {
  if (expressionOf(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsReference);
}
