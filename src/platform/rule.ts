import type { IConstruct } from 'constructs';
import { GoldenError, pathOf } from './golden-error';

/**
 * One rule about props. It answers with a sentence for each violation: lower-case, with the value, what is allowed and
 * what to change. No sentence means the rule holds.
 */
export type Rule<P> = (props: P) => string | readonly string[] | undefined;

/** What every rule of a table has to say about the props. */
export function violations<P>(props: P, rules: readonly Rule<P>[]): string[] {
  return rules.flatMap((rule) => rule(props) ?? []);
}

/**
 * Checks props against a table of rules, before anything is built from them.
 *
 * @throws GoldenError with every violation of every rule, at the path of `scope`.
 */
export function check<P>(scope: IConstruct, props: P, rules: readonly Rule<P>[]): void {
  const messages = violations(props, rules);
  if (messages.length > 0) throw new GoldenError(messages.map((message) => ({ path: pathOf(scope), message })));
}

/** A value as an error shows it: strings quoted, everything else as JSON, cut at 80 characters. */
export function show(value: unknown): string {
  let text: string | undefined;
  try {
    text = typeof value === 'function' ? 'a function' : JSON.stringify(value);
  } catch {
    text = undefined;
  }
  text ??= String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Words as an error lists them: `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

/** The known name nearest to a mistyped one, as ` (did you mean "x"?)`, or nothing when none is near. */
export function suggestion(name: string, known: readonly string[]): string {
  let best: string | undefined;
  let distance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const d = editDistance(name, candidate);
    if (d < distance) [best, distance] = [candidate, d];
  }
  return best === undefined ? '' : ` (did you mean ${JSON.stringify(best)}?)`;
}

/** Every key of some data that nobody reads, with the one that was probably meant. */
export function unknownKeyProblems(what: string, data: object, known: readonly string[]): string[] {
  return unknownKeys(data, known).map(
    (key) => `${what} has the unknown key ${show(key)}${suggestion(key, known)}; it knows ${known.join(', ')}`,
  );
}

/** Every setting that there is not, with the one that was probably meant. */
export function unknownSettingProblems(what: string, settings: object, known: readonly string[]): string[] {
  return unknownKeys(settings, known).map(
    (key) => `${what} has no setting ${show(key)}${suggestion(key, known)}; it has ${known.join(', ')}`,
  );
}

/** Every prop of a construct that there is not, with the one that was probably meant. */
export function unknownPropProblems(props: object, known: readonly string[]): string[] {
  return unknownKeys(props, known).map(
    (key) => `there is no setting ${show(key)}${suggestion(key, known)}; there are ${known.join(', ')}`,
  );
}

function unknownKeys(data: object, known: readonly string[]): string[] {
  return Object.keys(data).filter((key) => !known.includes(key));
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

/** Whether a value is a plain record: an object that is neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
