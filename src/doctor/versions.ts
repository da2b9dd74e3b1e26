/** Whether a version is at least another one, by their numbers. */
export function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map(numbers);
  const at = [0, 1, 2].find((n) => a[n] !== b[n]);
  return at === undefined || a[at] > b[at];
}

/** Whether a version is what a range like `^2.70.0` takes. */
export function isWithin(version: string, range: string): boolean {
  const least = range.replace(/^[\^>=~\s]+/, '');
  const isSameMajor = !range.startsWith('^') || numbers(version)[0] === numbers(least)[0];
  return isSameMajor && isAtLeast(version, least);
}

function numbers(version: string): number[] {
  const match = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version);
  return [1, 2, 3].map((n) => Number(match?.[n] ?? 0));
}
