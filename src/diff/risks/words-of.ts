/** The items of a list as text; none when the value is no list. */
export function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
