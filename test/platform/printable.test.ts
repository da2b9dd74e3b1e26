import * as fc from 'fast-check';
import { printable, printableLines } from '../../src/platform/printable';
import { table } from '../../src/platform/table';

test.each([
  ['an order to the terminal', 'red \u001b[31m', 'red \\u001b[31m'],
  ['one of eight bits', 'red \u009b31m', 'red \\u009b31m'],
  ['a return to the beginning of the line', 'no\rok', 'no\\u000dok'],
  ['a line of its own', 'x\nerror in y', 'x\\u000aerror in y'],
  ['letters from right to left', 'a\u202egnp', 'a\\u202egnp'],
  ['half of a character', 'a\ud83d', 'a\\ud83d'],
])('%s is shown and not obeyed', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('words of any language stay as they are', () => {
  expect(printable('naïve café 日本 עברית 🚢')).toBe('naïve café 日本 עברית 🚢');
});

test('several lines stay lines, and none looks like one of ours', () => {
  expect(printableLines("can't find './x'  \r\n\n- \u001b[2Japp.ts\n", '    ')).toBe(
    "can't find './x'\n    - \\u001b[2Japp.ts",
  );
});

test('no text gets a row of its own in a table, nor an order through it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), (names) => {
      const text = table(
        ['NAME', 'OBJECTS'],
        names.map((name) => [name, 1]),
      );
      expect(text.split('\n')).toHaveLength(names.length + 1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});
