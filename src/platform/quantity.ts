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

const wholeUnit = 1_000_000_000n;
/** What Kubernetes cuts larger quantities to: the largest signed 64-bit number. */
const largest = (2n ** 63n - 1n) * wholeUnit;

const decimalUnits = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binaryUnits = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** How many billionths one of each unit is. */
const billionths: Readonly<Record<string, bigint>> = {
  ...Object.fromEntries(decimalUnits.map((unit, i) => [unit, 1000n ** BigInt(i)])),
  ...Object.fromEntries(binaryUnits.map((unit, i) => [unit, 1024n ** BigInt(i) * wholeUnit])),
};

/**
 * The exact value of a quantity in billionths of its base unit (cores, bytes), the finest that Kubernetes keeps; what is finer
 * is rounded up and what is beyond 2^63-1 is cut, as Kubernetes does. Undefined when the text is none.
 */
export function exactQuantity(quantity: unknown): bigint | undefined {
  const text = typeof quantity === 'number' ? String(quantity) : quantity;
  const match =
    typeof text === 'string' ? /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text) : null;
  if (!match || (!match[1] && !match[2])) return undefined;
  const [, whole, fraction = '', exponent = '0', unit = ''] = match;
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length;
  const raised = digits * billionths[unit] * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  const divisor = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  const value = (raised + divisor - 1n) / divisor;
  return value > largest ? largest : value;
}

/**
 * A quantity as the API server writes it: the largest unit that leaves a whole number.
 *
 * @param value in billionths of the base unit, as {@link exactQuantity} gives it
 * @param form units of 1024 for bytes, of 1000 for everything else
 */
export function showQuantity(value: bigint, form: 'decimal' | 'binary'): string {
  if (value === 0n) return '0';
  const [units, first, step] =
    form === 'binary' && value % wholeUnit === 0n ? [binaryUnits, wholeUnit, 1024n] : [decimalUnits, 1n, 1000n];
  let [number, i] = [value / first, 0];
  while (i < units.length - 1 && number % step === 0n) [number, i] = [number / step, i + 1];
  return `${number}${units[i]}`;
}
