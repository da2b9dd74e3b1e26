import type { PlainObject } from '../platform/placed-object';
import { isRecord } from '../platform/rule';
import { type FieldSet, fieldsOf } from './live-object';

/**
 * The part of a live object that a render is about: fields that it states, and those that whoever delivers it has set before and
 * would take back. What controllers and the API server wrote is left out. Items of lists stay whole.
 *
 * It stands for the live object where the API server does not say what an apply would make of it.
 */
export function statedPart(live: PlainObject, rendered: PlainObject, deliverer: string): PlainObject {
  return partOf(live, rendered, fieldsOf(live, deliverer)) as PlainObject;
}

function partOf(live: unknown, rendered: unknown, owned: readonly FieldSet[]): unknown {
  // A field without fields below it is owned with all that it holds.
  if (!isRecord(live) || owned.some((fields) => Object.keys(fields).length === 0)) return live;
  const stated = isRecord(rendered) ? rendered : {};
  return Object.fromEntries(
    Object.entries(live).flatMap(([name, value]) => {
      const within = owned.map((fields) => fields[`f:${name}`]).filter(isRecord);
      return name in stated || within.length > 0 ? [[name, partOf(value, stated[name], within)]] : [];
    }),
  );
}
