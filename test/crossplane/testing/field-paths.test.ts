import { renderComposition } from '../../../src/crossplane/testing';
import { parseFieldPath } from '../../../src/crossplane/testing/field-path';
import type { Patch } from '../../../src/crossplane/testing/patch-and-transform-input';
import { queueWith, requestOf } from './compositions';

const spec = { text: 'x', tags: { 'acme.io/owner': 'orders' }, rows: [{ name: 'a' }, { name: 'b' }], nothing: null };

function patched(patch: Patch, base: Record<string, unknown> = {}): unknown {
  return renderComposition(queueWith([patch], base), requestOf(spec)).resources[0].spec;
}

test.each([
  ['spec.a', ['spec', 'a']],
  ['spec.list[0].b', ['spec', 'list', 0, 'b']],
  ['metadata.labels[acme.io/x]', ['metadata', 'labels', 'acme.io/x']],
  ["metadata.labels['acme.io/x']", ['metadata', 'labels', 'acme.io/x']],
  ['spec[4294967295]', ['spec', 4294967295]],
  ['spec[4294967296]', ['spec', '4294967296']],
  ['spec.0', ['spec', '0']],
  ['spec.list[*].b', ['spec', 'list', '*', 'b']],
])('%s is %j', (path, segments) => {
  expect(parseFieldPath(path)).toEqual(segments);
});

test.each([
  ['.a', "unexpected '.' at position 0"],
  ['a.', "unexpected '.' at position 1"],
  ['a..b', "unexpected '.' at position 2"],
  ['a.[b]', "unexpected '[' at position 2"],
  ['a[]', "unexpected ']' at position 2"],
  ['a]', "unexpected ']' at position 1"],
  ['a[b', "unterminated '[' at position 1"],
  ['a[b[c]]', "unexpected '[' at position 3"],
])('%s is no path: %s', (path, message) => {
  expect(() => parseFieldPath(path)).toThrow(message);
});

test('what is missing on the way is made', () => {
  expect(patched({ fromFieldPath: 'spec.text', toFieldPath: 'spec.deep[1].name' })).toEqual({
    deep: [null, { name: 'x' }],
  });
});

test('dots in brackets belong to the key', () => {
  expect(patched({ fromFieldPath: 'spec.tags[acme.io/owner]', toFieldPath: 'spec.by[a.b]' })).toEqual({
    by: { 'a.b': 'orders' },
  });
});

test('a null is there: it is copied, and nothing can be set below it', () => {
  expect(patched({ fromFieldPath: 'spec.nothing', toFieldPath: 'spec.cleared' })).toEqual({ cleared: null });
  expect(() => patched({ fromFieldPath: 'spec.text', toFieldPath: 'spec.cleared.x' }, { cleared: null })).toThrow(
    'cannot patch to object: spec.cleared is not an object',
  );
});

test('a wildcard reaches only fields that are there', () => {
  const rows = [{ name: 1 }, { name: 2 }];
  expect(patched({ fromFieldPath: 'spec.text', toFieldPath: 'spec.rows[*].name' }, { rows })).toEqual({
    rows: [{ name: 'x' }, { name: 'x' }],
  });
  expect(() => patched({ fromFieldPath: 'spec.text', toFieldPath: 'spec.rows[*].fresh' }, { rows })).toThrow(
    'cannot expand ToFieldPath spec.rows[*].fresh',
  );
});

test.each([
  ['Replace', { a: { x: 1 }, list: [2], n: 0, s: '' }],
  ['MergeObjects', { a: { x: 9, y: 1 }, list: [1], n: 5, s: 't', kept: true }],
  ['MergeObjectsAppendArrays', { a: { x: 9, y: 1 }, list: [1, 2], n: 5, s: 't', kept: true }],
  ['ForceMergeObjects', { a: { x: 1, y: 1 }, list: [2], n: 0, s: '', kept: true }],
  ['ForceMergeObjectsAppendArrays', { a: { x: 1, y: 1 }, list: [1, 2], n: 0, s: '', kept: true }],
] as const)('%s', (toFieldPath, expected) => {
  const composition = queueWith([{ fromFieldPath: 'spec.from', toFieldPath: 'spec.into', policy: { toFieldPath } }], {
    into: { a: { x: 9, y: 1 }, list: [1], n: 5, s: 't', kept: true },
  });
  const request = requestOf({ from: { a: { x: 1 }, list: [2], n: 0, s: '' } });
  expect(renderComposition(composition, request).resources[0].spec.into).toEqual(expected);
});

test('lists that are joined leave out what is there already', () => {
  const composition = queueWith(
    [{ fromFieldPath: 'spec.from', toFieldPath: 'spec.into', policy: { toFieldPath: 'AppendArray' } }],
    {
      into: [1, { a: 1 }],
    },
  );
  const { resources } = renderComposition(composition, requestOf({ from: [{ a: 1 }, 1, 2] }));
  expect(resources[0].spec.into).toEqual([1, { a: 1 }, 2]);
});
