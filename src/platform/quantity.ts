import { show } from './rule';

/** Kubernetes' number with a unit: `'250m'` CPU, `'512Mi'` memory, `'10Gi'` storage, or a plain number. */
export type Quantity = string | number;

const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The value of a quantity in its base unit (cores, bytes), or undefined when the text is none. */
export function quantityValue(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return Number.isFinite(quantity) ? quantity : undefined;
  const match =
    typeof quantity === 'string'
      ? /^(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(quantity)
      : null;
  if (!match) return undefined;
  return Number(match[1] + (match[2] ?? '')) * factors[match[3] ?? ''];
}

/** What is wrong with a quantity that must be above zero, or undefined. */
export function quantityProblem(what: string, quantity: unknown, example: string): string | undefined {
  const value = quantityValue(quantity);
  if (value === undefined)
    return `${what} ${show(quantity)} is no quantity; write a number with a unit, like ${show(example)}`;
  if (value <= 0) return `${what} ${show(quantity)} must be above zero, like ${show(example)}`;
  return undefined;
}
