import type { EnvironmentValue } from 'cdk8s-golden-path';
import { GoldenError } from 'cdk8s-golden-path';
import { furnished, service, variableOf } from './workloads';

test.each([
  ['text', 'a', { value: 'a' }],
  ['a number', 1.5, { value: '1.5' }],
  ['a boolean', false, { value: 'false' }],
  ['empty text', '', {}],
  ['a field', { field: 'spec.nodeName' }, { valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
  ['a key of a Secret', { fromSecret: 's', key: 'k' }, { valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
  [
    'an optional key of a Secret',
    { fromSecret: 's', key: 'k', optional: true },
    { valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
  ],
  ['a key of a ConfigMap', { fromConfig: 'c', key: 'k' }, { valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
] as [string, EnvironmentValue, object][])('a variable can be %s', (_, value, expected) => {
  expect(variableOf(service({ env: { X: value } }, furnished('Secret', 'ConfigMap')), 'X')).toEqual({
    name: 'X',
    ...expected,
  });
});

test('a variable can be set after the workload was made', () => {
  const api = service({ env: { X: 'props' } });
  api.env('X', 'later');
  api.env('Y', 2);
  expect([variableOf(api, 'X').value, variableOf(api, 'Y').value]).toEqual(['later', '2']);
});

test('a variable that can not be one is refused where it is set', () => {
  expect(() => service().env('1X', 'a')).toThrow(GoldenError);
});

test('a variable of the library can be replaced', () => {
  expect(variableOf(service({ env: { PORT: '9999' } }), 'PORT').value).toBe('9999');
});
