import { createHash } from 'node:crypto';
import { re2 } from '../../cel/re2';
import { sprintf } from './go-format';
import { encodeJson } from './go-json';
import { quote } from './go-verbs';
import type { StringTransform } from './patch-and-transform-input';
import type { Value } from './value';

/** Runs a `string` transform. What is no string is first printed with `%v`, so 1000000 reads `1e+06`. */
export function transformString(step: StringTransform, input: Value): string {
  switch (step.type) {
    case 'Format':
      return sprintf(step.fmt as string, [input]);
    case 'Convert':
      return convertString(step.convert, input);
    case 'TrimPrefix': {
      const text = print(input);
      return text.startsWith(step.trim as string) ? text.slice((step.trim as string).length) : text;
    }
    case 'TrimSuffix': {
      const text = print(input);
      return text.endsWith(step.trim as string) ? text.slice(0, text.length - (step.trim as string).length) : text;
    }
    case 'Regexp':
      return extract(step.regexp as NonNullable<StringTransform['regexp']>, print(input));
    case 'Join':
      return join((step.join as NonNullable<StringTransform['join']>).separator, input);
    case 'Replace': {
      const { search, replace } = step.replace as NonNullable<StringTransform['replace']>;
      return print(input).replaceAll(search, () => replace ?? '');
    }
  }
}

function print(value: Value): string {
  return sprintf('%v', [value]);
}

function extract({ match, group = 0 }: NonNullable<StringTransform['regexp']>, text: string): string {
  const groups = re2(match).exec(text);
  if (groups === null || group >= groups.length) {
    throw new Error(`regexp ${quote(match)} had no matches for group ${group}`);
  }
  return groups[group] ?? '';
}

function join(separator: string | undefined, input: Value): string {
  if (!Array.isArray(input)) throw new Error('could not parse input array');
  if (input.length === 0) return '';
  const joined = input.map((item) => print(item) + (separator ?? '')).join('');
  // The function cuts one byte off the end, not one separator: `, ` leaves its comma behind. What that leaves of a
  // character becomes U+FFFD here at once, and in the function only when the value is written.
  return separator ? Buffer.from(joined).subarray(0, -1).toString() : joined;
}

function convertString(conversion: StringTransform['convert'], input: Value): string {
  switch (conversion) {
    case 'ToUpper':
      return [...print(input)].map(upper).join('');
    case 'ToLower':
      return [...print(input)].map(lower).join('');
    case 'ToJson':
      return encodeJson(input);
    case 'ToBase64':
      return Buffer.from(print(input)).toString('base64');
    case 'FromBase64':
      return decodeBase64(print(input));
    case 'ToSha1':
    case 'ToSha256':
    case 'ToSha512':
      return createHash(conversion.slice(2).toLowerCase()).update(hashed(input)).digest('hex');
    case 'ToAdler32':
      return adler32(Buffer.from(hashed(input)));
    default:
      throw new Error(`type ${conversion} is not supported for string convert`);
  }
}

/** Go maps one character to one, so `ß` stays; JavaScript would make it two. */
function upper(char: string): string {
  const mapped = char.toUpperCase();
  return [...mapped].length === 1 ? mapped : char;
}

function lower(char: string): string {
  const mapped = char.toLowerCase();
  return [...mapped].length === 1 ? mapped : char;
}

function hashed(input: Value): string {
  return typeof input === 'string' ? input : encodeJson(input);
}

function decodeBase64(text: string): string {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    throw new Error('string is not valid base64');
  }
  return Buffer.from(compact, 'base64').toString();
}

function adler32(bytes: Buffer): string {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return String(b * 65536 + a);
}
