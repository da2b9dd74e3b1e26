/**
 * Writes `value` as one YAML document in block style: keys in the order given, two spaces of indent, LF, a final newline, no
 * anchors and no folded lines. YAML 1.1 and 1.2 readers, Go's among them, read the JSON value back: text that any of them
 * could take for another type is quoted, text of several lines is a `|` block where its characters allow one.
 *
 * As in JSON, a key whose value is `undefined` is left out, `undefined` in a list is null and -0 is 0.
 *
 * @throws Error naming the path of a value that JSON and Kubernetes have no room for: NaN, an infinity, a bigint, a function, a
 * symbol, a lone surrogate, an object that is not plain (a Date, a Map), or nesting deeper than 500 (a cycle).
 */
export function toYaml(value: object): string {
  try {
    if (Array.isArray(value)) {
      return value.length === 0 ? '[]\n' : list(value, '', 0);
    }
    const text = mapping(value as Record<string, unknown>, '', 0);
    return text === '' ? '{}\n' : text;
  } catch (error) {
    if (error instanceof Unwritable) {
      throw new Error(`${error.path.length === 0 ? 'the document' : error.path.reverse().join('.')} ${error.message}`);
    }
    throw error;
  }
}

/** Deeper than any Kubernetes object, shallow enough for every reader; what goes beyond is a cycle. */
const deepest = 500;

/** Where a value was refused, collected on the way out so that the path costs nothing as long as all is well. */
class Unwritable extends Error {
  readonly path: string[] = [];
}

function mapping(object: Record<string, unknown>, indent: string, depth: number): string {
  refuseOdd(object, depth);
  let text = '';
  for (const name in object) {
    const value = object[name];
    if (value === undefined || !Object.hasOwn(object, name)) {
      continue;
    }
    try {
      const head = key(name, indent);
      text += text === '' ? head : indent + head;
      text += after(value, indent, depth);
    } catch (error) {
      if (error instanceof Unwritable) {
        error.path.push(name);
      }
      throw error;
    }
  }
  return text;
}

function list(items: readonly unknown[], indent: string, depth: number): string {
  if (depth > deepest) {
    throw new Unwritable(`nests deeper than ${deepest} levels; break the cycle`);
  }
  let text = '';
  for (let i = 0; i < items.length; i++) {
    try {
      text += text === '' ? '- ' : `${indent}- `;
      text += item(items[i], indent, depth);
    } catch (error) {
      if (error instanceof Unwritable) {
        error.path.push(String(i));
      }
      throw error;
    }
  }
  return text;
}

/** What follows `key:`: a scalar on the same line, or a collection below it, one level deeper. */
function after(value: unknown, indent: string, depth: number): string {
  if (typeof value !== 'object' || value === null) {
    return ` ${scalar(value, indent)}\n`;
  }
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return value.length === 0 ? ' []\n' : `\n${inner}${list(value, inner, depth + 1)}`;
  }
  const text = mapping(value as Record<string, unknown>, inner, depth + 1);
  return text === '' ? ' {}\n' : `\n${inner}${text}`;
}

/** What follows `- `: collections begin on the dash's own line. */
function item(value: unknown, indent: string, depth: number): string {
  if (typeof value !== 'object' || value === null) {
    return `${scalar(value, indent)}\n`;
  }
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]\n' : list(value, inner, depth + 1);
  }
  const text = mapping(value as Record<string, unknown>, inner, depth + 1);
  return text === '' ? '{}\n' : text;
}

function refuseOdd(object: object, depth: number): void {
  if (depth > deepest) {
    throw new Unwritable(`nests deeper than ${deepest} levels; break the cycle`);
  }
  const prototype = Object.getPrototypeOf(object);
  // A prototype without a prototype is some realm's Object.prototype: jest and vm contexts have their own.
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
    throw new Unwritable(
      `is a ${prototype.constructor?.name ?? 'class instance'}; give a plain object, list, string, number or boolean`,
    );
  }
}

function scalar(value: unknown, indent: string): string {
  switch (typeof value) {
    case 'string':
      return text(value, indent);
    case 'number':
      return number(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'undefined':
      return 'null';
    case 'object':
      return 'null';
    default:
      throw new Unwritable(`is a ${typeof value}; give a plain object, list, string, number or boolean`);
  }
}

function number(value: number): string {
  if (!Number.isFinite(value)) {
    throw new Unwritable(`is ${value}, which JSON has no number for; give a finite number`);
  }
  const digits = String(value);
  // YAML 1.1 takes an exponent only behind a decimal point.
  return digits.includes('e') && !digits.includes('.') ? digits.replace('e', '.0e') : digits;
}

/**
 * Text that every YAML reader takes for a string when written bare. Deliberately narrow: ASCII, no `: ` or ` #`, and a first
 * character that no number, date, tag, anchor or indicator begins with, so that only words need the list below.
 */
const bare = /^(?:[A-Za-z_/$(]|--[A-Za-z])(?:[!-9;-~]|:(?=[!-~])| (?=[!"$-~]))*$/;

/** Quantities, percentages and durations begin with a digit, yet their unit makes them a number to no reader. */
const quantity = /^\d{1,15}(?:\.\d{1,9})?(?:m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|s|h|d|ms|%)$/;

/** Words that YAML 1.1 or 1.2 reads as a boolean, null or float. */
const words = /^(?:y|yes|n|no|true|false|on|off|null|nan|inf)$/i;

/** An exponent without a number before it, which a reader of YAML 1.1 takes for a float. */
const exponent = /^e[-+]?\d+$/i;

/** Characters that some reader refuses, drops or takes for a line break unless they are escaped; tab and line feed apart. */
const special = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u2028\\u2029\\ufeff\\ufffe\\uffff';
const escaped = new RegExp(`[${special}\\t\\n"\\\\]`, 'g');
const unblockable = new RegExp(`[${special}]|^\\s|\\n[ \\t]+(?:\\n|$)`);

function text(value: string, indent: string): string {
  if (bare.test(value)) {
    return (value.length <= 5 && words.test(value)) || exponent.test(value) ? `"${value}"` : value;
  }
  if (quantity.test(value)) {
    return value;
  }
  return value.includes('\n') && !unblockable.test(value) ? block(value, indent) : quoted(value);
}

/** A literal block. One that begins with white space or has lines of nothing else is quoted instead: readers differ there. */
function block(value: string, indent: string): string {
  refuseLoneSurrogate(value);
  const inner = `${indent}  `;
  let end = value.length;
  while (value[end - 1] === '\n') {
    end--;
  }
  const body = value.slice(0, end).replace(/\n(?=[^\n])/g, `\n${inner}`);
  const breaks = value.length - end;
  if (breaks < 2) {
    return `${breaks === 0 ? '|-' : '|'}\n${inner}${body}`;
  }
  return `|+\n${inner}${body}${'\n'.repeat(breaks - 1)}`;
}

function quoted(value: string): string {
  refuseLoneSurrogate(value);
  return `"${value.replace(escaped, escapeSequence)}"`;
}

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

function escapeSequence(character: string): string {
  return short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const loneSurrogate = /\p{Surrogate}/u;

function refuseLoneSurrogate(value: string): void {
  if (loneSurrogate.test(value)) {
    throw new Unwritable('holds half of a surrogate pair, which UTF-8 cannot carry; give whole characters');
  }
}

/** A few hundred names make up nearly all keys, so what each is written as is worked out once. */
const written = new Map<string, string>();

function key(name: string, indent: string): string {
  const known = written.get(name);
  if (known !== undefined) {
    return known;
  }
  const single = name.includes('\n') ? quoted(name) : text(name, '');
  // Readers look for the colon of a `key: value` within 1,024 characters.
  const head = single.length > 1000 ? `? ${single}\n${indent}:` : `${single}:`;
  if (head.length < 64 && written.size < 4096) {
    written.set(name, head);
  }
  return head;
}
