import fc from 'fast-check';
import { exactQuantity, quantityValue, showQuantity } from '../../src/platform/quantity';

test.each([
  ['250m', 250_000_000n],
  [0.1, 100_000_000n],
  ['1Gi', 1024n ** 3n * 10n ** 9n],
  ['1.5Gi', 3n * 512n * 1024n ** 2n * 10n ** 9n],
  ['1e3', 1000n * 10n ** 9n],
  ['1E3', 1000n * 10n ** 9n],
  ['1E', 10n ** 18n * 10n ** 9n],
  ['.5', 500_000_000n],
  ['5.', 5_000_000_000n],
  ['0', 0n],
])('%p is exact', (quantity, value) => {
  expect(exactQuantity(quantity)).toBe(value);
});

test.each([
  ['0.1n', 1n],
  ['1e-30', 1n],
  ['0.00000000011', 1n],
])('%p is rounded up to a billionth, as Kubernetes does', (quantity, value) => {
  expect(exactQuantity(quantity)).toBe(value);
});

test.each(['1e9999', '9Ei', '99999999999999999999'])('%p is cut to what Kubernetes can hold', (quantity) => {
  expect(exactQuantity(quantity)).toBe((2n ** 63n - 1n) * 10n ** 9n);
});

test.each([
  '',
  '.',
  'm',
  '1 Gi',
  '-1',
  '+1',
  '1GiB',
  '1e',
  '1e99999',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  {},
  true,
])('%p is no quantity', (quantity) => {
  expect(exactQuantity(quantity)).toBeUndefined();
});

test.each([
  ['1536Mi', 'binary'],
  ['1Gi', 'binary'],
  ['1000', 'binary'],
  ['1500m', 'decimal'],
  ['2k', 'decimal'],
  ['1100', 'decimal'],
  ['7n', 'decimal'],
  ['0', 'decimal'],
] as const)('%s is written as the API server writes it', (text, form) => {
  expect(showQuantity(exactQuantity(text) ?? -1n, form)).toBe(text);
});

test('a part of a byte is not lost', () => {
  expect(showQuantity(1_500_000_000n, 'binary')).toBe('1500m');
});

test('what is written is read as the same amount, whatever the amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 90n }), fc.constantFrom('decimal', 'binary'), (value, form) => {
      expect(exactQuantity(showQuantity(value, form as 'decimal'))).toBe(value);
    }),
  );
});

test('it is near the value in floating point, wherever there is one', () => {
  const unit = fc.constantFrom('', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi', 'e2', 'e-2');
  fc.assert(
    fc.property(fc.nat(), fc.nat(999), unit, (whole, decimals, suffix) => {
      const text = `${whole}.${decimals}${suffix}`;
      const near = quantityValue(text) ?? Number.NaN;
      expect(Math.abs(Number(exactQuantity(text)) / 1e9 - near)).toBeLessThanOrEqual(1e-9 + near * 1e-12);
    }),
  );
});
