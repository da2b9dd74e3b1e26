import { differences } from '../conformance/differences';

test('what only the server has is a default and no difference', () => {
  expect(differences({ spec: { a: 1 } }, { spec: { a: 1, b: 2 }, status: {} })).toEqual([]);
});

test.each([
  ['a changed value', { a: 'x' }, { a: 'y' }, 'a: rendered "x", live "y"'],
  ['a dropped field', { a: { b: 1 } }, { a: {} }, 'a.b: rendered 1, live undefined'],
  ['a dropped empty map', { a: {} }, {}, 'a: rendered {}, live undefined'],
  ['a null that became a value', { a: null }, { a: 1 }, 'a: rendered null, live 1'],
  ['another type', { a: '1' }, { a: 1 }, 'a: rendered "1", live 1'],
  ['another order', { a: [1, 2] }, { a: [2, 1] }, 'a.0: rendered 1, live 2'],
  ['an added item', { a: [1] }, { a: [1, 2] }, 'a: rendered [1], live [1,2]'],
  ['a list that became a map', { a: [] }, { a: {} }, 'a: rendered [], live {}'],
])('%s is a difference', (_, rendered, live, first) => {
  expect(differences(rendered, live)[0]).toBe(first);
});

test.each([
  [{ resources: { requests: { cpu: 0.5 } } }, { resources: { requests: { cpu: '500m' } } }],
  [{ resources: { limits: { memory: '1024Mi' } } }, { resources: { limits: { memory: '1Gi' } } }],
  [{ emptyDir: { sizeLimit: '0.5Gi' } }, { emptyDir: { sizeLimit: '512Mi' } }],
])('a quantity written in another way is the same: %j', (rendered, live) => {
  expect(differences(rendered, live)).toEqual([]);
});

test('text that reads like a quantity is only text outside of quantity fields', () => {
  expect(differences({ data: { size: '1024Mi' } }, { data: { size: '1Gi' } })).toHaveLength(1);
});
