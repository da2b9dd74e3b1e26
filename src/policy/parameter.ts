import { type Quantity, quantityProblem } from '../platform/quantity';
import { show } from '../platform/rule';

/** One setting of a rule. */
export interface Parameter<T = unknown> {
  /** What it means, read after its name. */
  readonly says: string;
  /** What holds when a platform sets nothing; without one, a platform must. */
  readonly default?: T;
  /** A value that the rule's examples are judged with. */
  readonly example: T;
  /** What is wrong with a value, or undefined. */
  readonly problem: (value: unknown) => string | undefined;
}

/** Settings by name. */
// biome-ignore lint/suspicious/noExplicitAny: each parameter has a type of its own
export type Parameters = Readonly<Record<string, Parameter<any>>>;

/** The values that settings take. */
export type ValuesOf<P extends Parameters> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

type Described<T> = Pick<Parameter<T>, 'says' | 'default' | 'example'>;

/** A setting that is a list of texts. */
export function strings(described: Described<readonly string[]>): Parameter<readonly string[]> {
  return {
    ...described,
    problem: (value) =>
      Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')
        ? undefined
        : `${show(value)} is no list of texts; write one like ${show(described.example)}`,
  };
}

/** A setting that is one text. */
export function text(described: Described<string>): Parameter<string> {
  return {
    ...described,
    problem: (value) =>
      typeof value === 'string' && value !== ''
        ? undefined
        : `${show(value)} is no text; write one like ${show(described.example)}`,
  };
}

/** A setting that is a whole number within limits. */
export function wholeNumber(
  described: Described<number> & { readonly min: number; readonly max: number },
): Parameter<number> {
  const { min, max } = described;
  return {
    ...described,
    problem: (value) =>
      Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
        ? undefined
        : `${show(value)} is no whole number from ${min} to ${max}`,
  };
}

/** A setting that is an amount of CPU, memory or storage. */
export function amount(described: Described<Quantity>): Parameter<Quantity> {
  return { ...described, problem: (value) => quantityProblem('', value, String(described.example))?.trim() };
}
