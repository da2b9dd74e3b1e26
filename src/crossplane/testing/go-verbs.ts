import { formatFloat } from './go-number';
import { isObject, sortedKeys, typeName, type Value } from './value';

/** What stands between `%` and the verb. */
export interface Flags {
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  width?: number;
  precision?: number;
}

/** No flag at all. */
export const noFlags = (): Flags => ({ plus: false, minus: false, sharp: false, space: false, zero: false });

/**
 * A value printed by one verb of Go's `fmt`, or the complaint that stands in its place: `%!d(string=x)`.
 *
 * @throws Error for `%#v`, `%p`, and `%b`, `%#g` and `%.1x` of floats, which it does not know
 */
export function printValue(value: Value, verb: string, given: Flags): string {
  // With `%v` the plus is for structs, which there are none of.
  const flags = verb === 'v' || verb === 'w' ? { ...given, plus: false } : given;
  if (verb === 'T') return printString(typeName(value), 's', flags) as string;
  if (verb === 'p' || ((verb === 'v' || verb === 'w') && flags.sharp)) {
    throw new Error('this renderer does not know the formats %#v and %p');
  }
  if (value === null) return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  // `%w` is for errors only, so no value fits it, not even the items of a list.
  if (verb === 'w') return `%!w(${typeName(value)}=${printInner(value, 'v', flags)})`;
  return printInner(value, verb, flags);
}

/** Prints what is in a list or a map too, where a null is `<nil>` whatever the verb. */
function printInner(value: Value, verb: string, flags: Flags): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map((item) => printInner(item, verb, flags)).join(' ')}]`;
  if (isObject(value)) {
    const entries = sortedKeys(value).map(
      (key) => `${printInner(key, verb, flags)}:${printInner(value[key], verb, flags)}`,
    );
    return `map[${entries.join(' ')}]`;
  }
  const printed = printScalar(value, verb, flags);
  // Inside of the complaint the width still counts, as in Go.
  return printed ?? `%!${verb}(${typeName(value)}=${printScalar(value, 'v', flags)})`;
}

function printScalar(value: string | number | bigint | boolean, verb: string, flags: Flags): string | undefined {
  switch (typeof value) {
    case 'string':
      return printString(value, verb, flags);
    case 'boolean':
      return verb === 't' || verb === 'v' ? pad(String(value), flags) : undefined;
    case 'bigint':
      return printInteger(value, verb, flags);
    default:
      return printFloat(value, verb, flags);
  }
}

function printString(value: string, verb: string, flags: Flags): string | undefined {
  const cut = flags.precision === undefined ? value : [...value].slice(0, flags.precision).join('');
  switch (verb) {
    case 'v':
    case 's':
      return pad(cut, flags);
    case 'q':
      return pad(flags.sharp && !/[`\p{Cc}\ufeff]/u.test(cut) ? `\`${cut}\`` : quote(cut, '"', flags.plus), flags);
    case 'x':
    case 'X': {
      const bytes = [...Buffer.from(value)].slice(0, flags.precision ?? value.length * 4);
      const prefix = flags.sharp ? `0${verb}` : '';
      const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
      const joined = flags.space
        ? hex.map((byte) => prefix + byte).join(' ')
        : hex.length > 0
          ? prefix + hex.join('')
          : '';
      return pad(verb === 'X' ? joined.toUpperCase() : joined, flags);
    }
    default:
      return undefined;
  }
}

const bases: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function printInteger(value: bigint, verb: string, flags: Flags): string | undefined {
  if (verb === 'c') return pad(rune(value), flags);
  if (verb === 'q') return pad(quote(rune(value), "'", flags.plus), flags);
  if (verb === 'U') return pad(codePoint(value, flags), { ...flags, zero: false });
  const base = bases[verb];
  if (base === undefined) return undefined;
  if (flags.precision === 0 && value === 0n) return ' '.repeat(flags.width ?? 0);
  const sign = value < 0n ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  const zeros =
    flags.precision ?? (flags.zero && !flags.minus && flags.width !== undefined ? flags.width - sign.length : 0);
  const digits = (value < 0n ? -value : value).toString(base).padStart(zeros, '0');
  const prefix = (verb === 'O' ? '0o' : '') + (flags.sharp ? sharpPrefix(verb, digits) : '');
  return pad(sign + prefix + (verb === 'X' ? digits.toUpperCase() : digits), { ...flags, zero: false });
}

function codePoint(value: bigint, { precision = 4, sharp }: Flags): string {
  const hex = BigInt.asUintN(64, value).toString(16).toUpperCase();
  const char = value >= 0n && value <= 0x10ffffn ? rune(value) : '';
  const shown = sharp && char !== '' && quote(char, "'") === `'${char}'` ? ` '${char}'` : '';
  return `U+${hex.padStart(Math.max(precision, 4), '0')}${shown}`;
}

function sharpPrefix(verb: string, digits: string): string {
  if (verb === 'b') return '0b';
  if (verb === 'o' || verb === 'O') return digits.startsWith('0') ? '' : '0';
  return verb === 'x' || verb === 'X' ? `0${verb}` : '';
}

function printFloat(value: number, verb: string, flags: Flags): string | undefined {
  const lower = verb.toLowerCase();
  if (!['v', 'e', 'f', 'g', 'x', 'b'].includes(lower) || ['V', 'B'].includes(verb)) return undefined;
  if (verb === 'b' || flags.sharp || (lower === 'x' && flags.precision !== undefined))
    throw new Error(`this renderer does not know the format %#${verb} or %.1${verb} of a float`);
  const style = lower === 'v' ? 'g' : (lower as 'e' | 'f' | 'g' | 'x');
  let text = formatFloat(value, style, flags.precision ?? (style === 'g' || style === 'x' ? -1 : 6));
  if (['E', 'G', 'X'].includes(verb)) text = text.toUpperCase();
  const negative = text.startsWith('-');
  const digits = text.replace(/^[+-]/, '');
  const infinite = !Number.isFinite(value);
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : infinite && text.startsWith('+') ? '+' : '';
  if (flags.zero && !flags.minus && !infinite && flags.width !== undefined) {
    return sign + digits.padStart(flags.width - sign.length, '0');
  }
  return pad(sign + digits, { ...flags, zero: false });
}

function rune(value: bigint): string {
  const code = Number(value);
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : '\ufffd';
}

function pad(text: string, { width, minus, zero }: Flags): string {
  const missing = (width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  return minus ? text + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + text;
}

const escapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** A text in quotes as Go writes it in source code; `ascii` escapes all other characters. */
export function quote(text: string, mark: '"' | "'" = '"', ascii = false): string {
  const inner = [...text].map((char) => {
    if (char === mark) return `\\${mark}`;
    if (escapes[char] !== undefined) return escapes[char];
    const code = char.codePointAt(0) as number;
    if (char === ' ' || !(/[\p{C}\p{Z}]/u.test(char) || (ascii && code > 0x7e))) return char;
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return mark + inner.join('') + mark;
}
