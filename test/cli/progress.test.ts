import { Progress } from '../../src/cli/progress';

const written: string[] = [];
const terminal = { isTTY: true, columns: 20, write: (text: string) => written.push(text) };

beforeEach(() => {
  written.length = 0;
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

test('a command that ends within a second says nothing', () => {
  const progress = new Progress(terminal, true);
  progress.step('rendering');
  jest.advanceTimersByTime(900);
  progress.end();
  expect(written).toEqual([]);
});

test('one that takes longer says what it is at, in one line that fits, and leaves none behind', () => {
  const progress = new Progress(terminal, true);
  progress.step('installing the packages');
  jest.advanceTimersByTime(2100);
  expect(written).toEqual(['\r\u001b[Kinstalling the pack', '\r\u001b[Kinstalling the pack']);
  progress.step('pushing');
  expect(written.at(-1)).toBe('\r\u001b[Kpushing (2 s)');
  progress.end();
  expect(written.at(-1)).toBe('\r\u001b[K');
  jest.advanceTimersByTime(5000);
  expect(written).toHaveLength(4);
});

test('what is no terminal is left alone', () => {
  const progress = new Progress({ ...terminal, isTTY: false });
  progress.step('rendering');
  jest.advanceTimersByTime(5000);
  progress.end();
  expect(written).toEqual([]);
});
