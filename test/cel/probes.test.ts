import { compileCel } from '../../src/cel/cel';
import { celValue } from '../../src/cel/cel-value';
import { Re2Error, re2 } from '../../src/cel/re2';
import { probes, refusedPatterns } from './probes';

const object = celValue({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe', namespace: 'shop' } });

test.each(probes)('%s', (expression) => {
  expect(compileCel(expression, { object: 'dyn' }, 'bool').evaluate({ object })).toBe(true);
});

test.each(refusedPatterns)('the pattern %s is refused, as RE2 does', (pattern) => {
  expect(() => re2(pattern)).toThrow(Re2Error);
});
