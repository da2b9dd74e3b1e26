import { re2 } from '../../cel/re2';
import { convert } from './convert-transform';
import { truncate } from './go-number';
import type { MatchTransform, MathTransform, Transform } from './patch-and-transform-input';
import { at } from './render-error';
import { transformString } from './string-transform';
import { validateTransform } from './validate-transform';
import { fromJson, typeName, type Value, type ValueObject } from './value';

/**
 * Runs a value through transforms, one after the other.
 *
 * @throws Error naming the transform that cannot take what it is given
 */
export function transform(transforms: readonly Transform[], input: Value): Value {
  return transforms.reduce(
    (value, step, index) =>
      at(`transform at index ${index} returned error: ${step.type} transform could not resolve`, () =>
        run(step, value),
      ),
    input,
  );
}

function run(step: Transform, input: Value): Value {
  // The transforms of a combine patch were not validated with the rest of the input.
  const problem = validateTransform(step);
  if (problem !== undefined) throw new Error(`${problem.field}: ${problem.message}`);
  switch (step.type) {
    case 'map':
      return lookUp(step.map as ValueObject, input);
    case 'match':
      return match(step.match as MatchTransform, input);
    case 'math':
      return calculate(step.math as MathTransform, input);
    case 'string':
      return transformString(step.string as NonNullable<Transform['string']>, input);
    case 'convert':
      return convert(step.convert as NonNullable<Transform['convert']>, input);
  }
}

function lookUp(pairs: ValueObject, input: Value): Value {
  if (typeof input !== 'string') throw new Error(`type ${typeName(input)} is not supported for map transform`);
  if (!Object.hasOwn(pairs, input)) throw new Error(`key ${input} is not found in map`);
  if (pairs[input] === null) throw new Error(`value for key ${input} is not valid JSON: unexpected end of JSON input`);
  return fromJson(pairs[input]);
}

function match({ patterns = [], fallbackTo, fallbackValue }: MatchTransform, input: Value): Value {
  for (const [index, pattern] of patterns.entries()) {
    const matches = at(`cannot match pattern at index ${index}`, () => matchesPattern(pattern, input));
    if (matches) return fromJson(pattern.result ?? null);
  }
  if (fallbackTo !== 'Input') return fromJson(fallbackValue ?? null);
  if (fallbackValue !== undefined && fallbackValue !== null) {
    throw new Error('cannot set both a fallback value and the fallback to input flag');
  }
  return input;
}

function matchesPattern(pattern: NonNullable<MatchTransform['patterns']>[number], input: Value): boolean {
  // Validation lets a pattern without a type pass, and then no pattern of it is run.
  if (pattern.type !== 'literal' && pattern.type !== 'regexp') {
    throw new Error(`unsupported pattern type '${pattern.type ?? ''}'`);
  }
  const regexp = pattern.type === 'regexp' ? re2(pattern.regexp as string) : undefined;
  if (typeof input !== 'string') {
    const type = input === null && regexp !== undefined ? 'null' : typeName(input);
    throw new Error(`unsupported input type '${type}'`);
  }
  return regexp === undefined ? input === pattern.literal : regexp.test(input);
}

function calculate({ type, multiply, clampMin, clampMax }: MathTransform, input: Value): Value {
  if (typeof input !== 'number' && typeof input !== 'bigint') {
    throw new Error(`input is required to be a number for math transformer, got ${typeName(input)}`);
  }
  if (type === 'Multiply') {
    const factor = multiply as number;
    return typeof input === 'bigint' ? BigInt.asIntN(64, input * BigInt(factor)) : input * factor;
  }
  // The comparison cuts the fraction off, and the input comes through with it: 2.9 is not above a clampMax of 2.
  const whole = typeof input === 'bigint' ? input : truncate(input);
  const limit = BigInt((type === 'ClampMin' ? clampMin : clampMax) as number);
  return (type === 'ClampMin' ? whole < limit : whole > limit) ? limit : input;
}
