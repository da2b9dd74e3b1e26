/** The digits of a float64 without trailing zeros, and where the decimal point is: 0.`digits` × 10^`point`. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/**
 * Formats a float64 as Go's `strconv.FormatFloat`, for the verbs `e`, `f`, `g` and `x`.
 *
 * @param precision digits after the point (`e`, `f`) or in all (`g`), not looked at with `x`; -1 is the fewest that
 * give the same number back
 */
export function formatFloat(value: number, verb: 'e' | 'f' | 'g' | 'x', precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  switch (verb) {
    case 'e': {
      const { digits, point } = precision < 0 ? shortest(magnitude) : significant(magnitude, precision + 1);
      return sign + exponential(digits, point, precision < 0 ? Math.max(digits.length - 1, 0) : precision);
    }
    case 'f': {
      if (precision >= 0) return sign + fixed(magnitude, precision);
      const { digits, point } = shortest(magnitude);
      return sign + plain(digits, point, Math.max(digits.length - point, 0));
    }
    case 'g': {
      const wanted = precision === 0 ? 1 : precision;
      const { digits, point } = wanted < 0 ? shortest(magnitude) : significant(magnitude, wanted);
      // Go falls back to six digits for this choice when the precision is the shortest.
      const limit = wanted < 0 ? 6 : wanted > digits.length && digits.length >= point ? digits.length : wanted;
      const exponent = digits === '' ? 0 : point - 1;
      return exponent < -4 || exponent >= limit
        ? sign + exponential(digits, point, Math.max(digits.length - 1, 0))
        : sign + plain(digits, point, Math.max(digits.length - point, 0));
    }
    case 'x':
      return sign + hexadecimal(magnitude);
  }
}

/** What `int64(f)` gives on amd64: cut towards zero, and the smallest int64 for what does not fit. */
export function truncate(value: number): bigint {
  const whole = Math.trunc(value);
  return Math.abs(whole) < 2 ** 63 ? BigInt(whole) : -(2n ** 63n);
}

/** The int64 of a decimal text, or what is wrong with it, as Go's `strconv.ParseInt` says it. */
export function parseInt64(text: string): bigint | { readonly problem: string } {
  if (!/^[+-]?\d+$/.test(text)) return { problem: `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax` };
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value
    ? value
    : { problem: `strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range` };
}

/** The float64 of a text, or what is wrong with it, as Go's `strconv.ParseFloat` says it. */
export function parseFloat64(text: string): number | { readonly problem: string } {
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (word) return word[2].toLowerCase() === 'nan' ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
  const hex = /^([+-]?)0x([0-9a-f]*)(?:\.([0-9a-f]*))?p([+-]?\d+)$/i.exec(text);
  if (hex && (hex[2] || hex[3])) {
    const [, sign, whole, fraction = '', exponent] = hex;
    const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
    return sign === '-' ? -value : value;
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    return { problem: `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax` };
  }
  const value = Number(text);
  return Number.isFinite(value)
    ? value
    : { problem: `strconv.ParseFloat: parsing ${JSON.stringify(text)}: value out of range` };
}

/** The fewest digits that give the same float64 back. */
function shortest(magnitude: number): Decimal {
  if (magnitude === 0) return { digits: '', point: 0 };
  const [mantissa, exponent] = magnitude.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/** The nearest `count` digits, rounded half to even on the exact value, without trailing zeros. */
function significant(magnitude: number, count: number): Decimal {
  if (magnitude === 0) return { digits: '', point: 0 };
  let exponent = Number(magnitude.toExponential().split('e')[1]);
  let digits = scaled(magnitude, count - 1 - exponent).toString();
  if (digits.length > count) {
    exponent += 1;
    digits = scaled(magnitude, count - 1 - exponent).toString();
  }
  return { digits: digits.replace(/0+$/, ''), point: exponent + 1 };
}

function fixed(magnitude: number, precision: number): string {
  const digits = scaled(magnitude, precision)
    .toString()
    .padStart(precision + 1, '0');
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** A float64 times a power of ten as an integer, rounded half to even. */
function scaled(magnitude: number, power: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, magnitude);
  const raw = bits.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & (2n ** 52n - 1n);
  const mantissa = biased === 0 ? fraction : fraction | (2n ** 52n);
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  const numerator = mantissa * 2n ** BigInt(Math.max(exponent, 0)) * 10n ** BigInt(Math.max(power, 0));
  const denominator = 2n ** BigInt(Math.max(-exponent, 0)) * 10n ** BigInt(Math.max(-power, 0));
  const quotient = numerator / denominator;
  const rest = 2n * (numerator % denominator);
  return rest > denominator || (rest === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function hexadecimal(magnitude: number): string {
  if (magnitude === 0) return '0x0p+00';
  let exponent = Math.floor(Math.log2(magnitude));
  // A logarithm may be off by one next to a power of two, and dividing by a power of two is exact.
  const scaledDown = (power: number) => magnitude / 2 ** Math.trunc(power / 2) / 2 ** (power - Math.trunc(power / 2));
  if (scaledDown(exponent) >= 2) exponent += 1;
  if (scaledDown(exponent) < 1) exponent -= 1;
  const hex = scaledDown(exponent).toString(16);
  return `0x${hex}p${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function exponential(digits: string, point: number, precision: number): string {
  const padded = digits.padEnd(precision + 1, '0');
  const exponent = digits === '' ? 0 : point - 1;
  const fraction = precision > 0 ? `.${padded.slice(1, precision + 1)}` : '';
  return `${padded[0]}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function plain(digits: string, point: number, decimals: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const fraction = '0'.repeat(Math.max(-point, 0)) + digits.slice(Math.max(point, 0));
  return decimals > 0 ? `${whole}.${fraction.padEnd(decimals, '0')}` : whole;
}
