import { Re2Error, re2 } from '../../src/cel/re2';

test.each([
  ['^a.c$', 'a\rc', true],
  ['^a.c$', 'a\nc', false],
  ['(?s)^a.c$', 'a\nc', true],
  ['(?i)SMALL', 'small', true],
  ['(?m)^b', 'a\nb', true],
  ['^b', 'a\nb', false],
  ['\\Ab\\z', 'b', true],
  ['^\\s$', '\u00a0', false],
  ['^[\\S]$', '\u00a0', true],
  ['^[\\S]$', '\t', false],
  ['^[^\\S]$', '\t', true],
  ['^[\\W]$', 'ſ', true],
  ['(?i)^[\\W]$', 'ſ', false],
  ['(?i)^\\w$', 'ſ', true],
  ['^[\\D]$', '1', false],
  ['^[[:alpha:]-]+$', 'a-b', true],
  ['^[\\d-x]$', '-', true],
  ['^[\\d-x]$', 'a', false],
  ['^[]a]+$', ']a', true],
  ['^[^]a]$', 'b', true],
  ['a{1,2}', 'aa', true],
  ['^{a}$', '{a}', true],
  ['\\Qa.b\\E', 'a.b', true],
  ['\\Qa.b\\E', 'axb', false],
  ['^(?P<first>a)(?<second>b)$', 'ab', true],
  ['^\\pL+$', 'äö', true],
  ['^\\p{Greek}$', 'α', true],
  ['^\\x{1F372}$', '🍲', true],
  ['^\\101[\\060]$', 'A0', true],
  ['^\\-\\_\\"$', '-_"', true],
])('%j on %j: %s', (pattern, text, expected) => {
  expect(re2(pattern).test(text)).toBe(expected);
});

test.each(['(?=a)', '(?!a)', '(?<=a)', '(a)\\1', '[a', '(', 'a)', '*a', '\\y', '\\é', '\\', '[\\Qa\\E]'])(
  'RE2 has no %s',
  (pattern) => {
    expect(() => re2(pattern)).toThrow(Re2Error);
  },
);

test.each(['(?i)\\P{Lu}', '(?U)a', 'a(?i)b', '[[:^alpha:]]'])(
  '%s, which RE2 reads otherwise, is not run',
  (pattern) => {
    expect(() => re2(pattern)).toThrow(/cannot be run/);
  },
);
