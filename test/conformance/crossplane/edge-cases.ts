import type {
  Patch,
  PatchAndTransformInput,
  Transform,
} from '../../../src/crossplane/testing/patch-and-transform-input';
import { composition, type RenderCase } from './composition-arbitraries';

/** Values of the request's `spec` that edge cases read. */
const spec = {
  crossplane: {},
  text: 'small',
  empty: '',
  upper: 'ÄÖ ß ﬀ',
  spaced: '  x  ',
  count: 5,
  zero: 0,
  half: 0.5,
  twoAndMore: 2.9,
  million: 1_000_000,
  safe: 2 ** 53,
  beyondSafe: 3119847754351536000,
  beyondInt: 2 ** 63,
  huge: 1e21,
  tiny: 1e-7,
  negative: -3,
  yes: true,
  no: false,
  nothing: null,
  words: ['a', 'b', 'c'],
  mixed: [1, 'x', true, null, 2.5, { a: 1 }, [1]],
  matrix: [
    [1, 2],
    [3, 4],
  ],
  rows: [{ name: 'a' }, { name: 'b', extra: 1 }],
  object: { z: 1, a: { c: '<&>', b: [1, 2] } },
  'dotted.key': 'dotted',
  annotations: { 'acme.io/size': 'large', '0': 'digit', 'a b': 'space' },
  json: '{"b":1,"a":[true,null],"n":12345678901234567890}',
  badJson: '{"b":',
  list: '[1,"two",null]',
  base64: 'aMOkbGxv',
  notBase64: 'a$b',
  truths: 'T',
  integer: '9223372036854775807',
  tooLarge: '9223372036854775808',
  octal: '010',
  float: '1e3',
  hexFloat: '0x1p4',
  infinite: 'Inf',
};

type Read = keyof typeof spec | `${keyof typeof spec}${'.' | '['}${string}`;

/** A copy of `spec.<from>` through transforms, and where it goes when that matters. */
type Copy = readonly [Read | (string & {}), readonly Transform[], Partial<Patch>?];

const format = (fmt: string): Transform => ({ type: 'string', string: { type: 'Format', fmt } });
const text = (convert: string): Transform => ({
  type: 'string',
  string: { type: 'Convert', convert: convert as 'ToJson' },
});
const to = (toType: string, form?: string): Transform => ({
  type: 'convert',
  convert: { toType: toType as 'int', ...(form && { format: form as 'json' }) },
});
const join = (separator: string): Transform => ({ type: 'string', string: { type: 'Join', join: { separator } } });
const regexp = (match: string, group?: number): Transform => ({
  type: 'string',
  string: { type: 'Regexp', regexp: { match, ...(group !== undefined && { group }) } },
});
const map = (pairs: Record<string, unknown>): Transform => ({ type: 'map', map: pairs as never });
const math = (step: Transform['math']): Transform => ({ type: 'math', math: step });
const match = (step: Transform['match']): Transform => ({ type: 'match', match: step });
const literal = (value: string, result: unknown) => ({ type: 'literal' as const, literal: value, result });

const conversions = ['ToUpper', 'ToLower', 'ToJson', 'ToBase64', 'ToSha1', 'ToSha256', 'ToSha512', 'ToAdler32'];
const everyValue = Object.keys(spec).filter((key) => key !== 'crossplane' && !key.includes('.'));

/** Copies that are made, all of them in one composition. */
const made: readonly Copy[] = [
  ...everyValue.map((key): Copy => [key, []]),
  ...everyValue.map((key): Copy => [key, [format('%v|%s|%d|%q|%t|%5v|%-5v|%05v|%x')]]),
  ...everyValue.flatMap((key) => conversions.map((name): Copy => [key, [text(name)]])),
  ...everyValue.map((key): Copy => [key, [regexp('^(.)(x)?(.*)$', 3)]]).filter(([key]) => key !== 'empty'),
  ...[
    'count',
    'half',
    'million',
    'safe',
    'huge',
    'tiny',
    'negative',
    'zero',
    'beyondSafe',
    'beyondInt',
    'twoAndMore',
  ].flatMap((key): Copy[] => [
    [key, [to('string')]],
    [key, [to('int64')]],
    [key, [to('bool')]],
    [key, [to('float64')]],
    [key, [to('int64'), format('%d %x %o %b %c %U %08d %+d %q %e')]],
    [key, [to('int'), to('string')]],
    [key, [to('int64'), to('bool')]],
    [key, [to('int64'), to('float64'), format('%v %.3f %e %g %8.2f %G')]],
    [key, [math({ type: 'Multiply', multiply: 3 })]],
    [key, [to('int64'), math({ type: 'Multiply', multiply: -7 })]],
    [key, [math({ type: 'ClampMin', clampMin: 2 })]],
    [key, [math({ type: 'ClampMax', clampMax: 2 })]],
    [key, [to('int64'), math({ type: 'ClampMax', clampMax: 2 }), format('%d')]],
  ]),
  ['yes', [to('string')]],
  ['yes', [to('int64')]],
  ['no', [to('float64'), format('%v')]],
  ['yes', [format('%t %5t %v %d')]],
  ['truths', [to('bool')]],
  ['integer', [to('int64')]],
  ['integer', [to('int64'), format('%d')]],
  ['octal', [to('int64')]],
  ['float', [to('float64')]],
  ['hexFloat', [to('float64')]],
  ['text', [to('string', 'json')]],
  ['json', [to('object', 'json')]],
  ['json', [to('object', 'json'), text('ToJson')]],
  ['list', [to('array', 'json')]],
  ['base64', [text('FromBase64')]],
  ['words', [join(',')]],
  ['words', [join(', ')]],
  ['words', [join('')]],
  ['words', [join('·')]],
  ['mixed', [join('-')]],
  ['words[1]', []],
  ['matrix[1][0]', []],
  ['rows[1].name', []],
  ['annotations[acme.io/size]', []],
  ["annotations['acme.io/size']", []],
  ['annotations["a b"]', []],
  ['object.a.b[1]', []],
  ['text', [map({ small: { nested: [1, 2.5, null, 'x'] } })]],
  ['text', [map({ small: 12345678901234567000 }), format('%v')]],
  ['text', [map({ small: 20 }), math({ type: 'Multiply', multiply: 2 })]],
  ['text', [match({ patterns: [literal('small', { a: 1 })] })]],
  ['text', [match({ patterns: [literal('large', 1)] })]],
  ['text', [match({ patterns: [literal('large', 1)], fallbackTo: 'Input' })]],
  ['text', [match({ patterns: [literal('large', 1)], fallbackValue: [1, 'x'] })]],
  ['text', [match({ patterns: [{ type: 'regexp', regexp: '(?i)^SM', result: 'it' }], fallbackValue: 'no' })]],
  ['text', [match({ patterns: [{ type: 'regexp', regexp: '^[[:alpha:]]{5}$', result: 'it' }], fallbackValue: 'no' })]],
  [
    'text',
    [match({ patterns: [{ type: 'regexp', regexp: '\\Asm(?P<rest>\\pL+)\\z', result: null }], fallbackValue: 'no' })],
  ],
  ['text', [regexp('m(.)l', 1)]],
  ['text', [regexp('(x)?small', 1)]],
  ['spaced', [{ type: 'string', string: { type: 'TrimPrefix', trim: ' ' } }]],
  ['spaced', [{ type: 'string', string: { type: 'TrimSuffix', trim: '  ' } }]],
  ['million', [{ type: 'string', string: { type: 'TrimSuffix', trim: '06' } }]],
  ['words', [{ type: 'string', string: { type: 'Replace', replace: { search: ' ', replace: '$&' } } }]],
  ['count', [format('%!')]],
  ['count', [format('%')]],
  ['count', [format('%[1]v %[1]v %[2]v')]],
  ['count', [format('%*d %.*f')]],
  ['count', [format('%z %w %p'.replace(' %p', ''))]],
  ['text', [], { toFieldPath: 'spec.list[3]' }],
  ['text', [], { toFieldPath: 'spec.deep[1].a[0].b' }],
  ['text', [], { toFieldPath: 'spec.rows[*].name' }],
  ['text', [], { toFieldPath: 'spec.map[*]' }],
  ['text', [], { toFieldPath: 'spec[dotted.key].inner' }],
  ['text', [], { toFieldPath: 'spec.grid[*][*]' }],
  ['nothing', [], { toFieldPath: 'spec.cleared' }],
  ['rows[5].name', []],
  ['missing.below', []],
  ['nothing.below', []],
  ['missing', [map({})].slice(1)],
];

/** Copies that the function calls fatal, each with a composition of its own. */
const fatal: readonly Copy[] = [
  ['text', [map({ large: 1 })]],
  ['count', [map({ 5: 1 })]],
  ['text', [map({ small: null })]],
  ['text', [map({})]],
  ['count', [match({ patterns: [literal('5', 1)] })]],
  ['nothing', [match({ patterns: [{ type: 'regexp', regexp: '.', result: 1 }] })]],
  ['text', [match({ patterns: [{ literal: 'small', result: 1 } as never] })]],
  ['text', [match({ patterns: [literal('x', 1)], fallbackTo: 'Input', fallbackValue: 1 })]],
  ['text', [match({ patterns: [{ type: 'regexp', regexp: '(?=x)', result: 1 }] })]],
  ['text', [match({ patterns: [{ type: 'regexp', regexp: '[a', result: 1 }] })]],
  ['text', [match({ patterns: [] })]],
  ['text', [math({ type: 'Multiply', multiply: 2 })]],
  ['nothing', [math({ type: 'ClampMin', clampMin: 2 })]],
  ['count', [math({ multiply: 2 })]],
  ['count', [math({ type: 'ClampMax' })]],
  ['count', [math({ type: 'Multiply', multiply: 1.5 })]],
  ['text', [to('int64')]],
  ['tooLarge', [to('int64')]],
  ['twoAndMore', [to('object', 'json')]],
  ['float', [to('int64')]],
  ['text', [to('bool')]],
  ['text', [to('float64')]],
  ['text', [to('float64', 'quantity')]],
  ['infinite', [to('float64')]],
  ['text', [to('object')]],
  ['nothing', [to('string')]],
  ['words', [to('string')]],
  ['object', [to('array', 'json')]],
  ['json', [to('array', 'json')]],
  ['list', [to('object', 'json')]],
  ['badJson', [to('object', 'json')]],
  ['text', [to('text')]],
  ['text', [to('int', 'yaml')]],
  ['notBase64', [text('FromBase64')]],
  ['text', [text('ToKebab')]],
  ['text', [join(',')]],
  ['text', [regexp('z')]],
  ['text', [regexp('s', 1)]],
  ['text', [regexp('(')]],
  ['text', [regexp('\\1')]],
  ['text', [{ type: 'string', string: { type: 'Format' } }]],
  ['text', [{ type: 'string', string: { fmt: '%s' } as never }]],
  ['text', [{ type: 'string', string: { type: 'Replace', replace: { search: '', replace: 'x' } } }]],
  ['text', [{ type: 'string' }]],
  ['text', [{ type: 'reverse' as 'map' }]],
  ['text', [], { toFieldPath: 'spec.list[1025]' }],
  ['text', [], { toFieldPath: 'spec.text.inner' }],
  ['text', [], { toFieldPath: 'spec.cleared.inner' }],
  ['text', [], { toFieldPath: 'spec.map[0]' }],
  ['text', [], { toFieldPath: 'spec.rows[*].fresh' }],
  ['text', [], { toFieldPath: 'spec.text[*]' }],
  ['text', [], { toFieldPath: 'spec..a' }],
  ['text', [], { toFieldPath: 'spec.a.' }],
  ['text', [], { toFieldPath: '.spec' }],
  ['text', [], { toFieldPath: 'spec.a[' }],
  ['text', [], { toFieldPath: 'spec.a[]' }],
  ['text', [], { toFieldPath: 'spec.a]' }],
  ['text', [], { toFieldPath: 'spec.a.[b]' }],
  ['text', [], { toFieldPath: 'kind', transforms: [map({ small: '' })] }],
  ['text.inner', []],
  ['text[0]', []],
  ['words.a', []],
  ['words', [], { toFieldPath: 'spec.text', policy: { toFieldPath: 'AppendArray' } }],
  ['text', [], { policy: { toFieldPath: 'Merge' as 'Replace' } }],
  ['text', [], { policy: { fromFieldPath: 'Always' as 'Required' } }],
  ['text', [], { type: 'FromNowhere' as 'PatchSet' }],
  ['text', [], { type: 'PatchSet' }],
  ['text', [], { type: 'PatchSet', patchSetName: 'absent' }],
  ['text', [], { type: 'CombineFromComposite', toFieldPath: 'spec.a' }],
  ['text', [], { type: 'CombineFromComposite', combine: { strategy: 'string', variables: [], string: { fmt: '%s' } } }],
  ['text', [], { unknownMember: 1 } as never],
  ['text', [], { toFieldPath: 5 as never }],
];

const base = {
  apiVersion: 'acme.io/v1',
  kind: 'Thing',
  spec: {
    text: 'there',
    cleared: null,
    list: ['x'],
    rows: [{ name: 'one' }, { name: 'two' }],
    map: { a: 1, 'b.c': 2 },
    grid: [[1], [2, 3]],
  },
};

function patchOf([from, transforms, more = {}]: Copy, index: number): Patch {
  return { fromFieldPath: `spec.${from}`, toFieldPath: `spec.results.r${index}`, transforms, ...more };
}

const request = {
  apiVersion: 'acme.io/v1alpha1',
  kind: 'MessageQueue',
  metadata: { name: 'orders', namespace: 'shop' },
  spec,
};

function edgeCase(name: string, patches: readonly Patch[]): RenderCase {
  const input: PatchAndTransformInput = { resources: [{ name: 'thing', base: base as never, patches }] };
  return { name, composition: composition([input]), request, observed: [] };
}

/** Numbers, formats, paths and mistakes that random cases seldom hit. */
export const edgeCases: readonly RenderCase[] = [
  // In slices, so that a difference is not hidden behind another.
  ...Array.from({ length: Math.ceil(made.length / 60) }, (_, slice) => {
    const start = slice * 60;
    const patches = made.slice(start, start + 60).map((copy, index) => patchOf(copy, start + index));
    return edgeCase(`copies from ${start}`, patches);
  }),
  ...fatal.map((copy, index) => edgeCase(`fatal ${JSON.stringify(copy)}`, [patchOf(copy, index)])),
];

/** How many copies the edge cases make or see refused. */
export const edgeCopies = made.length + fatal.length;
