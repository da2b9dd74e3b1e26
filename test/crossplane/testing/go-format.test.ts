import { sprintf } from '../../../src/crossplane/testing/go-format';
import type { Value } from '../../../src/crossplane/testing/value';

// What Go 1.26 prints; a number here is a float64, a bigint an int64.
test.each<[string, readonly Value[], string]>([
  ['%v', [1e6], '1e+06'],
  ['%v', [100000], '100000'],
  ['%v', [0.0001], '0.0001'],
  ['%v', [0.00001], '1e-05'],
  ['%v', [123456789], '1.23456789e+08'],
  ['%v', [1000000n], '1000000'],
  ['%d', [5], '%!d(float64=5)'],
  ['%d', [5n], '5'],
  ['%d', ['x'], '%!d(string=x)'],
  ['%s', [5], '%!s(float64=5)'],
  ['%s', [true], '%!s(bool=true)'],
  ['%s', [null], '%!s(<nil>)'],
  ['%v', [null], '<nil>'],
  ['%s', [['a', 5, null]], '[a %!s(float64=5) <nil>]'],
  ['%v', [{ b: 1, a: [true] }], 'map[a:[true] b:1]'],
  ['%.2f', [2.5], '2.50'],
  ['%.0f', [2.5], '2'],
  ['%.0f', [3.5], '4'],
  ['%.3g', [1234.5678], '1.23e+03'],
  ['%e', [0], '0.000000e+00'],
  ['%x', [1], '0x1p+00'],
  ['%08.3f', [-2.5], '-002.500'],
  ['%+d', [5n], '+5'],
  ['%05d', [-42n], '-0042'],
  ['%x', [255n], 'ff'],
  ['%#X', [255n], '0XFF'],
  ['%x', ['ä'], 'c3a4'],
  ['%q', ['a"b\n'], '"a\\"b\\n"'],
  ['%5s|%-5s|%.2s', ['ab', 'ab', 'abc'], '   ab|ab   |ab'],
  ['%t', [false], 'false'],
  ['%T', [[]], '[]interface {}'],
  ['%c', [0x1f372n], '🍲'],
  ['%U', [0x1f372n], 'U+1F372'],
  ['%[2]s %[1]s', ['a', 'b'], 'b a'],
  ['%*d', [4n, 7n], '   7'],
  ['%s %s', ['a'], 'a %!s(MISSING)'],
  ['none', ['a', 5], 'none%!(EXTRA string=a, float64=5)'],
  ['%', [1], '%!(NOVERB)%!(EXTRA float64=1)'],
  ['%z', ['a'], '%!z(string=a)'],
  ['100%%', [], '100%'],
  ['%[3]s', ['a'], '%!s(BADINDEX)'],
])('%s of %p is %s', (format, args, expected) => {
  expect(sprintf(format, args)).toBe(expected);
});

test.each([
  ['%#v', ['x']],
  ['%b', [1.5]],
])('%s is refused rather than printed wrong', (format, args) => {
  expect(() => sprintf(format, args)).toThrow('this renderer does not know');
});
