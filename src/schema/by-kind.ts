/** Something known about kinds: by apiVersion, then by kind. */
export type ByKind<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** What is known about a kind, or undefined; a kind that is called `constructor` is not found by accident. */
export function entryOf<T>(index: ByKind<T>, apiVersion: string, kind: string): T | undefined {
  if (!Object.hasOwn(index, apiVersion)) return undefined;
  const kinds = index[apiVersion];
  return Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
}
