import { compileRegexp } from '../../../src/crossplane/testing/go-regexp';

test.each([
  ['^a.c$', 'a\rc', true],
  ['^a.c$', 'a\nc', false],
  ['(?s)^a.c$', 'a\nc', true],
  ['(?i)SMALL', 'small', true],
  ['(?m)^b', 'a\nb', true],
  ['^b', 'a\nb', false],
  ['\\Ab\\z', 'b', true],
  ['^\\s$', '\u00a0', false],
  ['^[[:alpha:]-]+$', 'a-b', true],
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
  ['^\\-\\_\\"$', '-_"', true],
])('%j on %j: %s', (pattern, text, expected) => {
  expect(compileRegexp(pattern).test(text)).toBe(expected);
});

test.each(['(?=a)', '(?!a)', '(?<=a)', '(a)\\1', '[a', '(', 'a)', '*a', '\\y', '\\'])('RE2 has no %s', (pattern) => {
  expect(() => compileRegexp(pattern)).toThrow('error parsing regexp');
});
