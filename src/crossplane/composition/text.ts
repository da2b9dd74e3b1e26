import { GoldenError } from '../../platform/golden-error';
import { expressionOf } from './expression';
import { reference } from './reference';
import type { Ref, StrRef } from './reference-types';

/**
 * A string with values in it: text`{"deadLetterTargetArn":"${dlq.status.atProvider.arn}","maxReceiveCount":${xr.spec.tries}}`.
 * The values may come from the request, from several resources and from environment data at once.
 *
 * @throws GoldenError when a value is an object or a list
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (Ref<string> | Ref<number> | Ref<boolean> | string | number | boolean)[]
): StrRef {
  const parts = strings.flatMap((string, i) => {
    if (i === strings.length - 1) return [string];
    const value = values[i];
    return [string, expressionOf(value) ?? String(value)];
  });
  return reference(
    {
      of: 'text',
      parts: parts.filter((part) => part !== ''),
      type: { of: 'scalar', scalar: 'string' },
      transforms: [],
    },
    (message) => {
      throw new GoldenError([{ path: '', message }]);
    },
  ) as StrRef;
}
