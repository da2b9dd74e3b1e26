import * as fc from 'fast-check';
import type {
  ConvertTransform,
  StringTransform,
  Transform,
} from '../../../src/crossplane/testing/patch-and-transform-input';
import type { ValueKind } from './value-arbitraries';

/** A transform and the kind of what comes out of it. */
type Typed = readonly [Transform, ValueKind];

const result: fc.Arbitrary<readonly [unknown, ValueKind]> = fc.constantFrom(
  ['db.t3.small', 'string'] as const,
  [20, 'number'] as const,
  [0.5, 'number'] as const,
  [true, 'boolean'] as const,
  [{ cpu: 1, labels: ['a'] }, 'object'] as const,
  [['a', 2], 'list'] as const,
);

const string = (step: StringTransform): Typed => [{ type: 'string', string: step }, 'string'];
const convert = (toType: ConvertTransform['toType'], kind: ValueKind, format?: ConvertTransform['format']): Typed => [
  { type: 'convert', convert: { toType, ...(format && { format }) } },
  kind,
];

const map: fc.Arbitrary<Typed> = result.map(([value, kind]) => [
  { type: 'map', map: { small: value, medium: value, large: value, '': value } as never },
  kind,
]);

const match: fc.Arbitrary<Typed> = fc
  .tuple(
    result,
    fc.constantFrom('^s', '(?i)LARGE$', '[[:alpha:]]+-\\w', '^\\d{1,3}\\.', '\\Aeu-(west|east)'),
    fc.boolean(),
  )
  .map(([[value, kind], regexp, toInput]) => {
    const patterns = [
      { type: 'literal' as const, literal: 'medium', result: value },
      { type: 'regexp' as const, regexp, result: value },
    ];
    // What falls back to its input may have either kind; taken for a string, a later transform may find another.
    return toInput
      ? [{ type: 'match', match: { patterns, fallbackTo: 'Input' } }, 'string']
      : [{ type: 'match', match: { patterns, fallbackTo: 'Value', fallbackValue: value } }, kind];
  });

const anyFormat = fc.constantFrom(
  '%s',
  '%v',
  '%q',
  'a-%s-b',
  '%5v|',
  '%-8v|',
  '%s %s',
  'none',
  '%T',
  '%x',
  '%%%v',
  '%+v',
);
const numberFormat = fc.constantFrom('%d', '%f', '%.2f', '%g', '%e', '%v', '%s', '%08.3f', '%+v', '%6.1f|', '%t');
const conversion = fc.constantFrom(
  'ToUpper',
  'ToLower',
  'ToJson',
  'ToBase64',
  'ToSha1',
  'ToSha256',
  'ToSha512',
  'ToAdler32',
);

const forAny: fc.Arbitrary<Typed> = fc.oneof(
  anyFormat.map((fmt) => string({ type: 'Format', fmt })),
  conversion.map((name) => string({ type: 'Convert', convert: name as 'ToJson' })),
  fc.constantFrom('eu', '1', 'map', '').map((trim) => string({ type: 'TrimPrefix', trim })),
  fc.constantFrom('1', '0', ']', 'ge').map((trim) => string({ type: 'TrimSuffix', trim })),
  fc
    .constantFrom({ search: 'e', replace: '<$&>' }, { search: '1', replace: '' }, { search: '.', replace: '-' })
    .map((replace) => string({ type: 'Replace', replace })),
  fc
    .constantFrom({ match: '.*' }, { match: '^(.*?)(\\d*)$', group: 1 }, { match: '(x)?', group: 1 })
    .map((regexp) => string({ type: 'Regexp', regexp })),
);

const transformsOf: Readonly<Record<ValueKind, fc.Arbitrary<Typed>>> = {
  string: fc.oneof({ weight: 3, arbitrary: forAny }, match, fc.constant(convert('string', 'string'))),
  number: fc.oneof(
    { weight: 2, arbitrary: forAny },
    numberFormat.map((fmt) => string({ type: 'Format', fmt })),
    fc
      .constantFrom(2, 0, -3, 1024)
      .map((multiply): Typed => [{ type: 'math', math: { type: 'Multiply', multiply } }, 'number']),
    fc
      .constantFrom(0, 5, 100)
      .map((clampMin): Typed => [{ type: 'math', math: { type: 'ClampMin', clampMin } }, 'number']),
    fc
      .constantFrom(0, 5, 100)
      .map((clampMax): Typed => [{ type: 'math', math: { type: 'ClampMax', clampMax } }, 'number']),
    fc.constantFrom(
      convert('string', 'string'),
      convert('int64', 'number'),
      convert('int', 'number'),
      convert('bool', 'boolean'),
      convert('float64', 'number', 'quantity'),
    ),
  ),
  boolean: fc.oneof(
    forAny,
    fc.constantFrom(
      convert('string', 'string'),
      convert('int64', 'number'),
      convert('float64', 'number'),
      convert('bool', 'boolean'),
    ),
  ),
  object: forAny,
  list: fc.oneof(
    forAny,
    fc.constantFrom(',', ', ', '', '; ').map((separator) => string({ type: 'Join', join: { separator } })),
  ),
  null: forAny,
  absent: forAny,
};

/** Transforms for the paths whose values are made for them. */
const transformsAt: Readonly<Record<string, fc.Arbitrary<Typed>>> = {
  size: map,
  quantity: fc.constant(convert('float64', 'number', 'quantity')),
  encoded: fc.constant(string({ type: 'Convert', convert: 'FromBase64' })),
  json: fc.constant(convert('object', 'object', 'json')),
  digits: fc.constantFrom(convert('int64', 'number'), convert('float64', 'number'), convert('bool', 'boolean')),
};

const anything = fc.oneof(...Object.values(transformsOf), ...Object.values(transformsAt));

/** Up to three transforms that fit the value they start from; one in thirty fits by chance only. */
export function transformsFor(kind: ValueKind, path: string): fc.Arbitrary<readonly Transform[] | undefined> {
  const first = fc.oneof(
    { weight: 29, arbitrary: transformsAt[path] ?? transformsOf[kind] },
    { weight: 1, arbitrary: anything },
  );
  const chain = first.chain(([one, then]) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([one]) },
      { weight: 1, arbitrary: transformsOf[then].map(([two]) => [one, two]) },
      {
        weight: 1,
        arbitrary: transformsOf[then].chain(([two, last]) => transformsOf[last].map(([three]) => [one, two, three])),
      },
    ),
  );
  return fc.option(chain, { nil: undefined, freq: 3 });
}
