import { define, FunctionError, type Library } from './library';

const nano = 1_000_000_000n;
const largest = 2n ** 63n - 1n;

/** A Kubernetes quantity, exact to a billionth, which is as fine as Kubernetes keeps it. */
export class Quantity {
  /** @param nanos billionths of the base unit */
  constructor(readonly nanos: bigint) {}
}

const decimal: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binary: Readonly<Record<string, bigint>> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
};

/** The quantity that a text writes, or undefined when it is none. Parts below a billionth are rounded up, away from zero. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = match[4] ?? '', , suffix = '', exponent] = match;
  const factor = binary[suffix] ?? 1n;
  const power = 9 - fraction.length + (exponent === undefined ? (decimal[suffix] ?? 0) : Number(exponent));
  const digits = BigInt(`${whole}${fraction}` || '0') * factor;
  let nanos: bigint;
  if (power >= 0) nanos = digits * 10n ** BigInt(power);
  else {
    const divisor = 10n ** BigInt(-power);
    nanos = (digits + divisor - 1n) / divisor;
  }
  if (nanos > largest * nano) nanos = largest * nano;
  return new Quantity(sign === '-' ? -nanos : nanos);
}

const compare = (a: Quantity, b: Quantity): bigint => (a.nanos < b.nanos ? -1n : a.nanos > b.nanos ? 1n : 0n);

/** Kubernetes' quantities: `quantity('512Mi').isGreaterThan(quantity('1Gi'))`. */
export const quantityLibrary: Library = (env) => {
  env.registerType('Quantity', Quantity);
  env.registerOperator('Quantity == Quantity', (a: Quantity, b: Quantity) => a.nanos === b.nanos);
  define(env, {
    'quantity(string): Quantity': (text: string) => {
      const quantity = parseQuantity(text);
      if (!quantity) throw new FunctionError(`${JSON.stringify(text)} is no quantity`);
      return quantity;
    },
    'isQuantity(string): bool': (text: string) => parseQuantity(text) !== undefined,
    'sign(Quantity): int': (q: Quantity) => (q.nanos < 0n ? -1n : q.nanos > 0n ? 1n : 0n),
    'Quantity.isInteger(): bool': (q: Quantity) => q.nanos % nano === 0n,
    'Quantity.asInteger(): int': (q: Quantity) => {
      if (q.nanos % nano !== 0n) throw new FunctionError('the quantity is not a whole number');
      return q.nanos / nano;
    },
    'Quantity.asApproximateFloat(): double': (q: Quantity) => Number(q.nanos) / 1e9,
    'Quantity.add(Quantity): Quantity': (a: Quantity, b: Quantity) => new Quantity(a.nanos + b.nanos),
    'Quantity.add(int): Quantity': (a: Quantity, b: bigint) => new Quantity(a.nanos + b * nano),
    'Quantity.sub(Quantity): Quantity': (a: Quantity, b: Quantity) => new Quantity(a.nanos - b.nanos),
    'Quantity.sub(int): Quantity': (a: Quantity, b: bigint) => new Quantity(a.nanos - b * nano),
    'Quantity.isLessThan(Quantity): bool': (a: Quantity, b: Quantity) => a.nanos < b.nanos,
    'Quantity.isGreaterThan(Quantity): bool': (a: Quantity, b: Quantity) => a.nanos > b.nanos,
    'Quantity.compareTo(Quantity): int': compare,
  });
};
