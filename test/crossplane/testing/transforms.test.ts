import { renderComposition } from '../../../src/crossplane/testing';
import type { Transform } from '../../../src/crossplane/testing/patch-and-transform-input';
import { compositionOf, patchStep, queueWith, requestOf, through } from './compositions';

const format = (fmt: string): Transform => ({ type: 'string', string: { type: 'Format', fmt } });
const to = (toType: string, form?: string): Transform => ({
  type: 'convert',
  convert: { toType: toType as 'int', ...(form && { format: form as 'json' }) },
});
const math = (step: Transform['math']): Transform => ({ type: 'math', math: step });
const text = (step: Transform['string']): Transform => ({ type: 'string', string: step });
const match = (step: Transform['match']): Transform => ({ type: 'match', match: step });

function result(value: unknown, ...transforms: readonly Transform[]): unknown {
  return renderComposition(queueWith([through(...transforms)]), requestOf({ value })).resources[0].spec.result;
}

test.each<[unknown, readonly Transform[], unknown]>([
  ['small', [{ type: 'map', map: { small: 20 } }], 20],
  ['small', [{ type: 'map', map: { small: { cpu: 1 } } }], { cpu: 1 }],
  [5, [math({ type: 'Multiply', multiply: 1024 })], 5120],
  [0.5, [math({ type: 'Multiply', multiply: 3 })], 1.5],
  [1, [math({ type: 'ClampMin', clampMin: 2 })], 2],
  [3, [math({ type: 'ClampMax', clampMax: 2 })], 2],
  [7, [to('string')], '7'],
  ['7', [to('int64')], 7],
  ['true', [to('bool')], true],
  [true, [to('int')], 1],
  ['1.5Gi', [to('float64', 'quantity')], 1.5 * 2 ** 30],
  ['250m', [to('float64', 'quantity')], 0.25],
  ['{"a":[1]}', [to('object', 'json')], { a: [1] }],
  ['[1,"x"]', [to('array', 'json')], [1, 'x']],
  ['orders', [format('%s-dlq')], 'orders-dlq'],
  ['Orders', [text({ type: 'Convert', convert: 'ToUpper' })], 'ORDERS'],
  [{ b: '<', a: 1 }, [text({ type: 'Convert', convert: 'ToJson' })], '{"a":1,"b":"\\u003c"}'],
  ['a', [text({ type: 'Convert', convert: 'ToBase64' })], 'YQ=='],
  ['a-b', [text({ type: 'TrimPrefix', trim: 'a-' })], 'b'],
  ['a-b', [text({ type: 'Regexp', regexp: { match: '(\\w)-(\\w)', group: 2 } })], 'b'],
  ['a.b.c', [text({ type: 'Replace', replace: { search: '.', replace: '-' } })], 'a-b-c'],
  [['a', 'b'], [text({ type: 'Join', join: { separator: ',' } })], 'a,b'],
  ['x', [match({ patterns: [{ type: 'literal', literal: 'x', result: 1 }], fallbackValue: 2 })], 1],
  ['y', [match({ patterns: [{ type: 'literal', literal: 'x', result: 1 }], fallbackValue: 2 })], 2],
  ['y', [match({ patterns: [{ type: 'regexp', regexp: '^x', result: 1 }], fallbackTo: 'Input' })], 'y'],
])('%j through %j is %j', (value, transforms, expected) => {
  expect(result(value, ...transforms)).toEqual(expected);
});

describe('numbers of objects are floats in transforms', () => {
  test.each<[string, readonly Transform[], unknown]>([
    ['%d does not fit them', [format('%d')], '%!d(float64=1e+06)'],
    ['%v writes large ones with an exponent', [format('%v')], '1e+06'],
    ['so does what trims, replaces or changes case', [text({ type: 'Convert', convert: 'ToLower' })], '1e+06'],
    ['a convert to string does not', [to('string')], '1000000'],
    ['after a convert to int64, %d fits', [to('int64'), format('%d')], '1000000'],
  ])('%s', (_, transforms, expected) => {
    expect(result(1_000_000, ...transforms)).toBe(expected);
  });

  test('a clamp compares what is before the point, and lets the rest through', () => {
    expect(result(2.9, math({ type: 'ClampMax', clampMax: 2 }))).toBe(2.9);
  });

  test('beyond 2^53 they are rounded before anything sees them', () => {
    expect(result('9007199254740993', to('int64'), to('string'))).toBe('9007199254740993');
    expect(result('9007199254740993', to('int64'))).toBe(9007199254740992);
  });
});

test('a join cuts one character off the end, not one separator', () => {
  expect(result(['a', 'b'], text({ type: 'Join', join: { separator: ', ' } }))).toBe('a, b,');
});

test.each<[string, unknown, readonly Transform[], string]>([
  ['a key that a map lacks', 'large', [{ type: 'map', map: { small: 1 } }], 'key large is not found in map'],
  ['a number in a map', 5, [{ type: 'map', map: { 5: 1 } }], 'type float64 is not supported for map transform'],
  ['a text in a sum', 'x', [math({ type: 'Multiply', multiply: 2 })], 'input is required to be a number'],
  [
    'a pattern without type',
    'x',
    [match({ patterns: [{ literal: 'x', result: 1 } as never] })],
    "unsupported pattern type ''",
  ],
  [
    'a number in a pattern',
    5,
    [match({ patterns: [{ type: 'literal', literal: '5' }] })],
    "unsupported input type 'float64'",
  ],
  ['a list made a string', ['a'], [to('string')], 'invalid input type []interface {}'],
  ['a text made an object', 'x', [to('object')], 'conversion from string to object is not supported with format none'],
  ['no base64', '%', [text({ type: 'Convert', convert: 'FromBase64' })], 'string is not valid base64'],
  ['no match', 'x', [text({ type: 'Regexp', regexp: { match: 'y' } })], 'regexp "y" had no matches for group 0'],
  ['a look-ahead, which RE2 lacks', 'x', [text({ type: 'Regexp', regexp: { match: '(?=x)' } })], 'invalid regexp'],
  ['a transform that is missing', 'x', [{ type: 'math' }], 'given transform type math requires configuration'],
])('%s is refused', (_, value, transforms, message) => {
  expect(() => result(value, ...transforms)).toThrow(message);
});

test('the second transform gets what the first made, and errors say which it was', () => {
  expect(() => result('small', { type: 'map', map: { small: 5 } }, { type: 'map', map: { a: 1 } })).toThrow(
    'transform at index 1 returned error: map transform could not resolve: type float64 is not supported',
  );
});

test('an integer handed on by the environment has the digits that JSON writes, not its exact value', () => {
  const composition = compositionOf(
    patchStep({
      environment: { patches: [{ fromFieldPath: 'spec.value', toFieldPath: 'value' }] },
      resources: [
        {
          name: 'queue',
          base: { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue' },
          patches: [
            {
              type: 'FromEnvironmentFieldPath',
              fromFieldPath: 'value',
              toFieldPath: 'spec.result',
              transforms: [format('%d')],
            },
          ],
        },
      ],
    }),
  );
  const { resources } = renderComposition(composition, requestOf({ value: 3119847754351536000 }));
  expect(BigInt(3119847754351536000)).toBe(3119847754351536128n);
  expect(resources[0].spec.result).toBe('3119847754351536000');
});
