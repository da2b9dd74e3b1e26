import { re2 } from '../../cel/re2';
import { show } from '../../platform/rule';
import { jsonType } from '../../schema/schema-node';
import type { Expression } from './expression';
import type { StringTransform, Transform } from './patch-and-transform';
import { isString, misfit, needsInteger, possibilities, type ScalarType, typesOf, type ValueType } from './value-type';

/** The same value after one more transform. */
export function transformed(expression: Expression, type: ValueType, ...transforms: Transform[]): Expression {
  return { ...expression, type, transforms: [...expression.transforms, ...transforms] };
}

/** The value as a string that is written out in full: a number of the request is a float in the function, `1e+06` in a text. */
export function asString(expression: Expression): Expression {
  return isString(expression.type)
    ? expression
    : transformed(expression, scalar('string'), { type: 'convert', convert: { toType: 'string' } });
}

/** A string transform; numbers and booleans become strings first. */
export function stringTransform(expression: Expression, string: StringTransform): Expression {
  return transformed(asString(expression), scalar('string'), { type: 'string', string });
}

/** A value within a format of one `%s`. */
export function formatted(expression: Expression, pattern: string): Expression {
  if (/^(?:[^%]|%%)*%0?[1-9]?d(?:[^%]|%%)*$/.test(pattern) && (typesOf(expression.type) & jsonType.integer) !== 0) {
    // A number of the request is a float in the function, which %d does not take.
    const whole = converted(expression, 'int64');
    return transformed(whole, scalar('string'), { type: 'string', string: { type: 'Format', fmt: pattern } });
  }
  if (!/^(?:[^%]|%%)*%[sv](?:[^%]|%%)*$/.test(pattern)) {
    throw new Error(
      `format ${show(pattern)} must hold %s once, or %02d and the like for a number; write %% for a percent sign`,
    );
  }
  return stringTransform(expression, { type: 'Format', fmt: pattern.replace('%v', '%s') });
}

/** A value by table: the keys are what the value can be, and all of them. */
export function mapped(expression: Expression, table: Readonly<Record<string, unknown>>): Expression {
  const known = possibilities(expression.type)?.map(String);
  const keys = Object.keys(table);
  if (!known) throw new Error('a map needs a value of few possibilities, an enum or a boolean; use match instead');
  const missing = known.filter((key) => !keys.includes(key));
  if (missing.length > 0) {
    throw new Error(
      `the map lacks ${missing.map(show).join(', ')}; a key that is missing stops the whole composition, so add it`,
    );
  }
  const unknown = keys.filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new Error(`the map has ${unknown.map(show).join(', ')}, which the value never is; it is ${known.join(', ')}`);
  }
  const literals = known.map((key) => table[key]);
  return transformed(asString(expression), { of: 'literals', literals }, { type: 'map', map: { ...table } });
}

/** A value by patterns. */
export function matched(
  expression: Expression,
  cases: readonly { readonly equals?: string; readonly like?: string; readonly then: unknown }[],
  otherwise: unknown,
): Expression {
  if (cases.length === 0) throw new Error('a match needs one case at least');
  const patterns = cases.map(({ equals, like, then }) =>
    like === undefined
      ? { type: 'literal' as const, literal: equals as string, result: then }
      : { type: 'regexp' as const, regexp: re2Pattern(like), result: then },
  );
  const literals = [...cases.map(({ then }) => then), otherwise];
  return transformed(
    asString(expression),
    { of: 'literals', literals },
    { type: 'match', match: { patterns, fallbackTo: 'Value', fallbackValue: otherwise } },
  );
}

/** Arithmetic. The function only knows whole numbers. */
export function calculated(
  expression: Expression,
  type: 'Multiply' | 'ClampMin' | 'ClampMax',
  number: number,
): Expression {
  if (!Number.isSafeInteger(number)) {
    throw new Error(`${show(number)} must be a whole number; the function has no other arithmetic`);
  }
  const math =
    type === 'Multiply'
      ? { type, multiply: number }
      : type === 'ClampMin'
        ? { type, clampMin: number }
        : { type, clampMax: number };
  const whole = typesOf(expression.type) === jsonType.integer;
  return transformed(expression, scalar(whole ? 'integer' : 'number'), { type: 'math', math });
}

/** The same constant whatever the value is, as long as there is one. */
export function constant(expression: Expression, literal: unknown): Expression {
  return transformed(
    expression,
    { of: 'literals', literals: [literal] },
    // A match takes strings only, and every value has a form in JSON.
    { type: 'string', string: { type: 'Convert', convert: 'ToJson' } },
    { type: 'match', match: { patterns: [{ type: 'regexp', regexp: '.*', result: literal }] } },
  );
}

/** A list of one item, made by way of JSON: pieces of the item as JSON, with the values between them. */
export function asListOf(pieces: readonly (string | Expression)[]): Expression {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? piece : asJson(piece)));
  const text: Expression = { of: 'text', parts: ['[', ...parts, ']'], type: scalar('string'), transforms: [] };
  return jsonList(text);
}

/** The list that a text of JSON stands for. */
export function jsonList(text: Expression): Expression {
  return transformed(text, { of: 'anything' }, { type: 'convert', convert: { toType: 'array', format: 'json' } });
}

/** The object that a text of JSON stands for. */
export function jsonObject(text: Expression): Expression {
  return transformed(text, { of: 'anything' }, { type: 'convert', convert: { toType: 'object', format: 'json' } });
}

function asJson(expression: Expression): Expression {
  return transformed(expression, scalar('string'), { type: 'string', string: { type: 'Convert', convert: 'ToJson' } });
}

/** A value as another type. */
export function converted(expression: Expression, to: 'string' | 'int64' | 'float64' | 'bool'): Expression {
  if (to === 'string') return asString(expression);
  const type = ({ int64: 'integer', float64: 'number', bool: 'boolean' } as const)[to];
  return transformed(expression, scalar(type), { type: 'convert', convert: { toType: to } });
}

/** A value made to fit a field where that loses nothing, or what keeps it from fitting. */
export function fitted(
  expression: Expression,
  target: Parameters<typeof misfit>[1],
): { readonly expression: Expression } | { readonly problem: string } {
  const problem = misfit(expression.type, target);
  if (problem !== undefined) return { problem };
  return { expression: needsInteger(expression.type, target) ? converted(expression, 'int64') : expression };
}

/** The regular expression as it is. @throws Re2Error when the function could not run it, or this library not in tests */
export function re2Pattern(pattern: string): string {
  re2(pattern);
  return pattern;
}

function scalar(type: ScalarType): ValueType {
  return { of: 'scalar', scalar: type };
}
