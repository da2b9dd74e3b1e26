import * as fc from 'fast-check';

/** What kind of value a path of the generated objects holds; `absent` is not there at all. */
export type ValueKind = 'string' | 'number' | 'boolean' | 'object' | 'list' | 'null' | 'absent';

/** Where values of each kind are, below the root of requests (`spec`), composed resources (`status`) and environments. */
export const valuePaths: Readonly<Record<ValueKind, readonly string[]>> = {
  string: ['text', 'size', 'nested.text', "dotted['a.b/c']", 'texts[0]', 'quantity', 'encoded', 'json', 'digits'],
  number: ['count', 'ratio', 'nested.count', 'numbers[1]', 'large', 'negative'],
  boolean: ['enabled', 'nested.enabled'],
  object: ['nested', 'tags', 'dotted', 'rows[0]'],
  list: ['texts', 'numbers', 'rows'],
  null: ['nothing'],
  absent: ['missing', 'nested.missing', 'texts[9]', 'missing.below', 'nothing.below'],
};

const text = fc.oneof(
  fc.constantFrom('small', 'large', 'eu-west-1', '', 'ÄÖ ß', 'a<b>&c', '10.0.0.0/16', '{"a":1}', 'x-y-z', '%d'),
  fc.string({ maxLength: 12 }),
);
const number = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }),
  fc.constantFrom(0, 1, 20, 1_000_000, 123_456_789, 2 ** 53, 2 ** 63, 1e21, 0.5, -2.75, 1 / 3, 1e-7, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);
const tags = fc.dictionary(fc.constantFrom('owner', 'cost', 'env', 'a.b'), fc.oneof(text, number), { maxKeys: 3 });

/** The values that `valuePaths` lead to, some of them with other members on the side. */
export const values: fc.Arbitrary<Record<string, unknown>> = fc.record({
  text,
  size: fc.constantFrom('small', 'medium', 'large'),
  quantity: fc.constantFrom('10Gi', '1.5Gi', '250m', '3', '1e3', '0.1', '20M', '5Ti'),
  encoded: fc.constantFrom('aGVsbG8=', 'eyJhIjoxfQ==', ''),
  json: fc.constantFrom('{"a":[1,2.5,"x"],"b":null}', '{"count":3}', '{}'),
  digits: fc.constantFrom('42', '-7', '0', '9007199254740993', '3.25', 'true'),
  count: number,
  ratio: number,
  large: number,
  negative: number,
  enabled: fc.boolean(),
  nested: fc.record({ text, count: number, enabled: fc.boolean(), tags, list: fc.array(number, { maxLength: 3 }) }),
  dotted: fc.record({ 'a.b/c': text, plain: number }),
  tags,
  texts: fc.array(text, { minLength: 1, maxLength: 3 }),
  numbers: fc.array(number, { minLength: 2, maxLength: 4 }),
  rows: fc.array(fc.record({ name: text, count: number }), { minLength: 1, maxLength: 3 }),
  nothing: fc.constant(null),
});
