import { table } from '../../src/cli/table';

test('texts stand left, numbers right, and no line ends in blanks', () => {
  expect(
    table(
      ['APP', 'N', 'END'],
      [
        ['orders', 5, 'x'],
        ['a', 12, 'yy'],
      ],
    ).split('\n'),
  ).toEqual(['APP      N  END', 'orders   5  x', 'a       12  yy']);
});

test('no rows leave the headings', () => {
  expect(table(['A', 'B'], [])).toBe('A  B');
});
