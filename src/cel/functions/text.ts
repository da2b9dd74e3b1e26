import { define, FunctionError, type Library, namespace } from './library';

/** CEL's string extensions, version 2, and `base64`. */
export const textLibrary: Library = (env) => {
  define(env, {
    'string.charAt(int): string': (text: string, index: bigint) => {
      const characters = [...text];
      if (index < 0n || index > characters.length) throw new FunctionError(`charAt(${index}) is out of range`);
      return characters[Number(index)] ?? '';
    },
    'string.replace(string, string): string': (text: string, what: string, by: string) => replaced(text, what, by, -1n),
    'string.replace(string, string, int): string': (text: string, what: string, by: string, limit: bigint) =>
      replaced(text, what, by, limit),
    // These two of cel-js fold all of Unicode; calls are renamed to these.
    'string.lowerAsciiOnly(): string': (text: string) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase()),
    'string.upperAsciiOnly(): string': (text: string) => text.replace(/[a-z]+/g, (part) => part.toUpperCase()),
    'string.format(list): string': format,
  });
  namespace(env, 'strings', { 'quote(string): string': (text: string) => JSON.stringify(text) });
  namespace(env, 'base64', {
    'encode(bytes): string': (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'),
    'decode(string): bytes': (text: string) => new Uint8Array(Buffer.from(text, 'base64')),
  });
};

function replaced(text: string, what: string, by: string, limit: bigint): string {
  let left = limit < 0n ? Number.POSITIVE_INFINITY : Number(limit);
  return text.replaceAll(what, () => (left-- > 0 ? by : what));
}

/** `'%s has %d'.format([name, count])`. */
function format(pattern: string, values: readonly unknown[]): string {
  let next = 0;
  return pattern.replace(/%(?:\.(\d+))?([%sdfexXob])/g, (_, digits: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    if (next >= values.length) throw new FunctionError(`format() has no value for %${verb}`);
    return formatted(values[next++], verb, digits === undefined ? 6 : Number(digits));
  });
}

function formatted(value: unknown, verb: string, digits: number): string {
  if (verb === 's') return textOf(value);
  if (typeof value === 'bigint' && 'dxXob'.includes(verb)) {
    const text = value.toString({ d: 10, x: 16, X: 16, o: 8, b: 2 }[verb] ?? 10);
    return verb === 'X' ? text.toUpperCase() : text;
  }
  if (typeof value === 'boolean' && verb === 'b') return value ? '1' : '0';
  if ((typeof value === 'number' || typeof value === 'bigint') && 'fe'.includes(verb)) {
    const number = Number(value);
    return verb === 'f' ? number.toFixed(digits) : number.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
  }
  throw new FunctionError(`format() cannot write a ${typeof value} as %${verb}`);
}

/** A value as `%s` writes it: lists in brackets, maps sorted by key. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value === 'object' && value?.constructor === Object) {
    const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, item]) => `${key}: ${textOf(item)}`).join(', ')}}`;
  }
  return String(value);
}
