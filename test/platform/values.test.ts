import { durationProblem, toSeconds } from '../../src/platform/duration';
import { imageVersion, parseImage } from '../../src/platform/image';
import { labelValue, suffixed } from '../../src/platform/names';
import { quantityValue } from '../../src/platform/quantity';
import { suggestion } from '../../src/platform/rule';

test.each([
  ['1s', 1],
  ['5m', 300],
  ['1h', 3600],
  ['2d', 172_800],
  ['2000ms', 2],
  ['1.5m', 90],
] as const)('%s is %d seconds', (duration, seconds) => {
  expect(toSeconds(duration)).toBe(seconds);
});

test.each(['5', 5, '', 's', '-1s', '1 s', '1e3s', null, '1w'])('%p is no duration', (duration) => {
  expect(durationProblem('timeout', duration)).toContain('is no duration');
});

test.each([
  ['250m', 0.25],
  ['1Gi', 2 ** 30],
  ['1.5G', 1.5e9],
  ['1e3', 1000],
  ['.5', 0.5],
  [2, 2],
  ['1 Gi', undefined],
  ['-1', undefined],
  ['1GiB', undefined],
  [Number.NaN, undefined],
])('the quantity %p is %p', (quantity, value) => {
  expect(quantityValue(quantity)).toBe(value);
});

test('a port of a registry is no tag', () => {
  expect(parseImage('localhost:5000/api')).toEqual({
    repository: 'localhost:5000/api',
    tag: undefined,
    digest: undefined,
  });
});

test.each(['', 'a b:1', 'api:', 'api@sha256:12', 'API:1', '../api:1', '-a/api:1', 'a..b/api:1'])(
  '%p is no image',
  (image) => {
    expect(parseImage(image)).toBeUndefined();
  },
);

test('the version of no image is empty', () => {
  expect(imageVersion('')).toBe('');
});

test('a name that overflows with its suffix is cut and marked, differently for each', () => {
  const names = ['x', 'y'].map((end) => suffixed('a'.repeat(62) + end, 'before-deploy'));
  for (const name of names) expect(name).toHaveLength(63);
  expect(names[0]).not.toBe(names[1]);
  expect(names[0]).toMatch(/-before-deploy$/);
});

test('a name that fits stays as it is', () => {
  expect(suffixed('api', 'tls')).toBe('api-tls');
});

test.each([
  ['feature/x', 'feature-x'],
  ['-a-', 'a'],
  ['a'.repeat(70), 'a'.repeat(63)],
  ['***', ''],
])('%s as a label value is %s', (text, value) => {
  expect(labelValue(text)).toBe(value);
});

test.each([
  ['prodution', ' (did you mean "production"?)'],
  ['xyz', ''],
])('near %s there is%s', (name, expected) => {
  expect(suggestion(name, ['dev', 'production'])).toBe(expected);
});
