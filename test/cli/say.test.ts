import { say } from '../../src/cli/say';

test('what strangers wrote is shown to a terminal and not obeyed', () => {
  const lines: string[] = [];
  const error = jest.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
  say('error', [{ path: 'a\u001b]0;mine\u0007/b', message: "no such file\nerror in 'other.ts'\u001b[2J" }]);
  error.mockRestore();
  expect(lines.join('\n')).toBe(
    "error in a\\u001b]0;mine\\u0007/b\n  - no such file\n    error in 'other.ts'\\u001b[2J",
  );
});
