import type { Assignment } from './assignment';
import { type Expression, type FieldValue, isAwaited, type TextValue, where } from './expression';
import { fieldPath } from './field-path';
import type { HandOver } from './hand-over';
import type { Patch, PatchType, Transform } from './patch-and-transform';
import { asString } from './transform';
import { isString } from './value-type';

/** A value as the patches of one place can take it: one field, or a text of several. */
export type Flat = FieldValue | (Omit<TextValue, 'parts'> & { readonly parts: readonly (string | FieldValue)[] });

/**
 * A value without texts inside texts; a text of one value is that value with a format.
 *
 * @throws Error for what neither is
 */
export function flat(expression: Expression): Flat {
  if (expression.of === 'field') return expression;
  const parts = spliced(expression);
  const values = parts.filter((part) => typeof part !== 'string');
  if (values.length !== 1) return { ...expression, parts };
  const [value] = values;
  const fmt = formatOf(parts);
  const format: Transform[] = fmt === '%s' ? [] : [{ type: 'string', string: { type: 'Format', fmt } }];
  return {
    ...asString(value),
    type: expression.type,
    transforms: [...asString(value).transforms, ...format, ...expression.transforms],
    fallback: expression.fallback ?? (parts.length === 1 ? value.fallback : undefined),
  } as FieldValue;
}

/** The parts of a text, with those of the texts in it. */
function spliced({ parts }: TextValue): (string | FieldValue)[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string' || part.of === 'field') return [part];
    if (part.transforms.length > 0) {
      throw new Error('a text that was transformed cannot stand in another text; write one text and transform it');
    }
    return spliced(part);
  });
}

/** The fields that a value is made from. */
export function valuesOf(value: Flat): FieldValue[] {
  return value.of === 'field' ? [value] : value.parts.filter((part) => typeof part !== 'string');
}

/** The format of a text: `%s` for each value. */
function formatOf(parts: readonly (string | FieldValue)[]): string {
  return parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : '%s')).join('');
}

/** The patch that puts a value into a field of a resource. */
export function patchInto({ path, expression, appends }: Assignment, handOver: HandOver): Patch {
  const value = flat(expression);
  const waits = value.fallback === undefined && valuesOf(value).some(isAwaited);
  const end = {
    toFieldPath: fieldPath(path),
    ...(value.transforms.length > 0 && { transforms: value.transforms }),
    ...(waits && { policy: { fromFieldPath: 'Required' as const } }),
    ...(appends && { policy: { toFieldPath: 'ForceMergeObjectsAppendArrays' as const } }),
  };
  if (value.of === 'field') {
    if (value.origin.of === 'request' && !value.instead) {
      return { type: 'FromCompositeFieldPath', fromFieldPath: fieldPath(value.path), ...end };
    }
    return { type: 'FromEnvironmentFieldPath', fromFieldPath: handOver.of({ ...value, transforms: [] }), ...end };
  }
  const values = valuesOf(value);
  const ofRequest = values.every((part) => part.origin.of === 'request' && isPlainString(part));
  const type: PatchType = ofRequest ? 'CombineFromComposite' : 'CombineFromEnvironment';
  const from = ofRequest
    ? values.map(({ path }) => fieldPath(path))
    : values.map((part) => inEnvironment(part, handOver));
  return { type, combine: combine(value.parts, from), ...end };
}

/** What combines values that stand in one place; there they are strings, because a number would be written as `1e+06`. */
export function combine(
  parts: readonly (string | FieldValue)[],
  from: readonly string[],
): NonNullable<Patch['combine']> {
  return {
    strategy: 'string',
    string: { fmt: formatOf(parts) },
    variables: from.map((fromFieldPath) => ({ fromFieldPath })),
  };
}

/** Whether a value can be combined where it stands. */
export function isPlainString(value: FieldValue): boolean {
  return value.transforms.length === 0 && !value.instead && isString(value.type);
}

/** @throws Error for environment data that is no string: only the request and resources can put one there. */
export function inEnvironment(value: FieldValue, handOver: HandOver): string {
  if (value.origin.of === 'environment' && !isPlainString(value)) {
    throw new Error(
      `${where(value)} has to be a string, without transforms, to stand in a text beside other values; ` +
        'store it as a string in the EnvironmentConfig',
    );
  }
  return handOver.ofText(value);
}
