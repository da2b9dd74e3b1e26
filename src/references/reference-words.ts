import { oneOf, show, suggestion } from '../platform/rule';

/** Names that a suggestion is looked for among: comparing with all of many would make an app full of errors slow. */
const suggested = 100;

/** The known name nearest to a mistyped one, as {@link suggestion} says it, in bounded time. */
export function nearMiss(name: string, known: readonly string[]): string {
  return suggestion(name, known.length > suggested ? known.filter((k) => k[0] === name[0]).slice(0, suggested) : known);
}

/** The first few of what exists, as an error lists them. */
export function fewOf(names: readonly string[], shown = 5): string {
  const few = names.slice(0, shown).map(show);
  return names.length > shown ? `${few.join(', ')} or ${names.length - shown} more` : oneOf(few);
}

/** A namespace as an error names it. */
export function placeText(namespace: string): string {
  return namespace === '' ? 'the namespace of the app' : `namespace ${show(namespace)}`;
}

/** How to say that something is there without the app. */
export function declareExternal(kind: string, name: string): string {
  return `declare it on the app: external: [{ kind: '${kind}', name: '${name}' }]`;
}

/**
 * A name that leads to nothing, what there is instead, and what to change.
 *
 * @param what the kind as the message calls it, where the kind alone would not tell it from another
 */
export function namesMissing(
  field: string,
  kind: string,
  name: string,
  namespace: string,
  known: readonly string[],
  what = kind,
): string {
  const wrong = `${field} names ${what} ${show(name)}, which the app does not make in ${placeText(namespace)}`;
  const made = known.length === 0 ? `it makes no ${what} there` : `it makes ${fewOf(known)}`;
  return `${wrong}${nearMiss(name, known)}; ${made}; correct the name, make it, or ${declareExternal(kind, name)}`;
}

/** A key that a ConfigMap or Secret has not. */
export function lacksKey(field: string, what: string, key: string, known: readonly string[]): string {
  return `${field} names the key ${show(key)} of ${what}${nearMiss(key, known)}, which has ${fewOf(known)}; correct the key or add it`;
}
