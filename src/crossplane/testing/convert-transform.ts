import { formatFloat, parseFloat64, parseInt64, truncate } from './go-number';
import type { ConvertTransform } from './patch-and-transform-input';
import { fromJson, isObject, typeName, type Value } from './value';

type Conversion = (input: never) => Value;

const trueWords = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const falseWords = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** What can be made of what, by `from to format`. Anything else is refused, also null, a list and an object. */
const conversions: Readonly<Record<string, Conversion>> = {
  'string int64 none': (text: string) => orThrow(parseInt64(text)),
  'string bool none': parseBool,
  'string float64 none': (text: string) => orThrow(parseFloat64(text)),
  'string float64 quantity': parseQuantity,
  'string object json': (text: string) => parseJson(text, 'map[string]interface {}', isObject),
  'string array json': (text: string) => parseJson(text, '[]interface {}', Array.isArray),
  'int64 string none': (value: bigint) => value.toString(),
  'int64 bool none': (value: bigint) => value === 1n,
  'int64 float64 none': (value: bigint) => Number(value),
  'bool string none': (value: boolean) => String(value),
  'bool int64 none': (value: boolean) => (value ? 1n : 0n),
  'bool float64 none': (value: boolean) => (value ? 1 : 0),
  'float64 string none': (value: number) => formatFloat(value, 'f', -1),
  'float64 int64 none': (value: number) => truncate(value),
  'float64 bool none': (value: number) => value === 1,
};

/** Runs a `convert` transform. A value that has the type already is left as it is, whatever the format. */
export function convert({ toType, format = 'none' }: ConvertTransform, input: Value): Value {
  const from = typeName(input);
  if (!['string', 'bool', 'int64', 'float64'].includes(from)) throw new Error(`invalid input type ${from}`);
  const to = toType === 'int' ? 'int64' : toType;
  if (from === to) return input;
  const conversion = conversions[`${from} ${to} ${format}`];
  if (conversion === undefined) {
    throw new Error(`conversion from ${from} to ${to} is not supported with format ${format}`);
  }
  return conversion(input as never);
}

function orThrow<T>(parsed: T | { readonly problem: string }): T {
  if (typeof parsed === 'object' && parsed !== null && 'problem' in parsed) throw new Error(parsed.problem);
  return parsed as T;
}

function parseBool(text: string): boolean {
  if (trueWords.includes(text)) return true;
  if (falseWords.includes(text)) return false;
  throw new Error(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function parseJson(text: string, type: string, fits: (value: unknown) => boolean): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`invalid JSON in ${JSON.stringify(text)}`);
  }
  if (value !== null && !fits(value)) {
    throw new Error(`json: cannot unmarshal ${jsonType(value)} into Go value of type ${type}`);
  }
  return fromJson(value);
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const decimalExponents: Readonly<Record<string, number>> = {
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
const binaryExponents: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

/** A Kubernetes quantity as a float64: the digits as an integer, times a power of ten, which is what Go multiplies. */
function parseQuantity(text: string): number {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text);
  const [, sign, whole, fraction = '', exponent, suffix = ''] = parts ?? [];
  if (parts === null || whole + fraction === '') {
    const rule = "must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    throw new Error(`quantities ${rule}`);
  }
  const digits = BigInt(whole + fraction) << (binaryExponents[suffix] ?? 0n);
  const power = (exponent ? Number(exponent.slice(1)) : (decimalExponents[suffix] ?? 0)) - fraction.length;
  const value = power === 0 ? Number(digits) : Number(digits) * 10 ** power;
  return sign === '-' ? -value : value;
}
