import { GoldenError } from '../../platform/golden-error';
import { show } from '../../platform/rule';
import { type Expression, expressionOf, type FieldValue } from './expression';
import { reference } from './reference';
import type { StrRef } from './reference-types';

/**
 * A text of the request, or another one while the first is missing: firstOf(annotations['acme.io/name'], metadata.name).
 *
 * @throws GoldenError when one of them is no plain field of the request
 */
export function firstOf(one: StrRef, otherwise: StrRef): StrRef {
  const [value, instead] = [one, otherwise].map((ref) => plainField(expressionOf(ref)));
  return reference({ ...value, instead: instead.path, always: value.always || instead.always }, (message) => {
    throw new GoldenError([{ path: '', message }]);
  }) as StrRef;
}

function plainField(expression: Expression | undefined): FieldValue {
  if (expression?.of === 'field' && expression.origin.of === 'request' && expression.transforms.length === 0) {
    return expression;
  }
  const message = `firstOf takes two plain fields of the request, not ${show(expression?.of ?? 'a constant')}; transform its result instead`;
  throw new GoldenError([{ path: '', message }]);
}
