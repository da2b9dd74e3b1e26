import { textOptions } from '../../src/cli/text-options';

const { isTTY, columns } = process.stdout;
const before = { ...process.env };

afterEach(() => {
  Object.assign(process.stdout, { isTTY, columns });
  process.env = { ...before };
});

test.each<[string, boolean, NodeJS.ProcessEnv, boolean]>([
  ['a terminal', true, {}, true],
  ['a terminal that knows no orders', true, { TERM: 'dumb' }, false],
  ['somebody who wants none', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['a file', false, {}, false],
  ['a log that shows them', false, { FORCE_COLOR: '1' }, true],
  ['a terminal that is asked for none', true, { FORCE_COLOR: '0' }, false],
])('colours for %s', (_, isTerminal, environment, color) => {
  const { NO_COLOR, FORCE_COLOR, ...rest } = before;
  process.env = { ...rest, TERM: 'xterm', ...environment };
  Object.assign(process.stdout, { isTTY: isTerminal });
  expect(textOptions().color).toBe(color);
});

test.each([
  [20, 40],
  [100, 100],
  [300, 120],
])('a terminal of %i columns is written to with %i', (wide, width) => {
  Object.assign(process.stdout, { isTTY: true, columns: wide });
  expect(textOptions().width).toBe(width);
});
