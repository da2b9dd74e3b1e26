import { table } from '../../src/platform/table';

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

test('named columns stand right, whatever is in them', () => {
  expect(table(['NAME', 'CPU'], [['api', '250m']], ['CPU']).split('\n')).toEqual(['NAME   CPU', 'api   250m']);
});
