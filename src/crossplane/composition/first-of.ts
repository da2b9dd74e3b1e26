import { GoldenError } from '../../platform/golden-error';
import { show } from '../../platform/rule';
import { type Expression, expressionOf, type FieldValue, type StandIn } from './expression';
import { reference } from './reference';
import type { StrRef } from './reference-types';
import { constant } from './transform';

/**
 * A text of the request, or another one or a constant while the first is missing:
 * firstOf(annotations['acme.io/name'], metadata.name). Unlike what `orElse` gives, it can stand in a text beside other values.
 *
 * @throws GoldenError when one of them is no plain field of the request
 */
export function firstOf(one: StrRef, otherwise: StrRef | string): StrRef {
  const value = plainField(expressionOf(one));
  const instead = typeof otherwise === 'string' ? constantOf(value, otherwise) : plainField(expressionOf(otherwise));
  const standIn: StandIn = { path: instead.path, transforms: instead.transforms };
  return reference({ ...value, instead: standIn, always: value.always || instead.always }, (message) => {
    throw new GoldenError([{ path: '', message }]);
  }) as StrRef;
}

/** A constant in the place of a field. Every request has a name, which a patch can make into anything. */
function constantOf(value: FieldValue, literal: string): FieldValue {
  const name: FieldValue = { ...value, path: ['metadata', 'name'], always: true };
  return constant(name, literal) as FieldValue;
}

function plainField(expression: Expression | undefined): FieldValue {
  if (expression?.of === 'field' && expression.origin.of === 'request' && expression.transforms.length === 0) {
    return expression;
  }
  const message = `firstOf takes two plain fields of the request, not ${show(expression?.of ?? 'a constant')}; transform its result instead`;
  throw new GoldenError([{ path: '', message }]);
}
