const classes: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const cache = new Map<string, RegExp>();

/**
 * Compiles a regular expression of Go's `regexp` package (RE2 syntax).
 *
 * @throws Error for what RE2 refuses (look-around, back references) and for flags in the middle of a pattern, which
 * this renderer does not know
 */
export function compileRegexp(pattern: string): RegExp {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const compiled = translate(pattern);
  cache.set(pattern, compiled);
  return compiled;
}

function translate(pattern: string): RegExp {
  const leading = /^\(\?([imsU]+)\)/.exec(pattern);
  const flags = leading?.[1] ?? '';
  if (flags.includes('U'))
    throw new Error(`error parsing regexp: this renderer does not know the flag U of ${pattern}`);
  const dot = flags.includes('s') ? '[\\s\\S]' : '[^\\n]';
  let out = '';
  let at = leading?.[0].length ?? 0;
  while (at < pattern.length) {
    const rest = pattern.slice(at);
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest);
    if (quoted) {
      out += [...quoted[1]].map(literal).join('');
      at += quoted[0].length;
    } else if (rest[0] === '\\') {
      const [source, length] = escaped(rest, false);
      out += source;
      at += length;
    } else if (rest[0] === '[') {
      const [source, length] = characterClass(rest);
      out += source;
      at += length;
    } else if (rest.startsWith('(?')) {
      const [source, length] = group(rest);
      out += source;
      at += length;
    } else {
      out += rest[0] === '.' ? dot : rest[0] === ']' || rest[0] === '}' || looseBrace(rest) ? `\\${rest[0]}` : rest[0];
      at += 1;
      const repeat = rest[0] === '{' && !looseBrace(rest) ? /^[^}]*\}/.exec(pattern.slice(at)) : null;
      if (repeat) {
        out += repeat[0];
        at += repeat[0].length;
      }
    }
  }
  try {
    return new RegExp(out, `u${flags.includes('i') ? 'i' : ''}${flags.includes('m') ? 'm' : ''}`);
  } catch (error) {
    throw new Error(`error parsing regexp: ${(error as Error).message}`);
  }
}

/** Whether a brace opens no repetition, so that RE2 takes it as it is. */
function looseBrace(rest: string): boolean {
  return rest[0] === '{' && !/^\{\d+(,\d*)?\}/.test(rest);
}

function literal(char: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

function group(rest: string): [string, number] {
  const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(rest);
  if (named) return [`(?<${named[1]}>`, named[0].length];
  if (rest.startsWith('(?:')) return ['(?:', 3];
  throw new Error(`error parsing regexp: invalid or unsupported Perl syntax: ${JSON.stringify(rest.slice(0, 3))}`);
}

/** What follows a backslash, and how many characters of the pattern that was. */
function escaped(rest: string, inClass: boolean): [string, number] {
  const char = rest[1];
  if (char === undefined) throw new Error('error parsing regexp: trailing backslash at end of expression: ``');
  const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(rest);
  if (hex) return [`\\u{${hex[1] ?? hex[2]}}`, hex[0].length];
  const property = /^\\([pP])(?:\{(\^?)([^}]+)\}|([A-Z]))/.exec(rest);
  if (property) {
    const [whole, kind, negated, long, short] = property;
    const positive = (kind === 'p') === (negated !== '^');
    const name = long ?? short;
    const script = name.length > 2 ? `Script=${name}` : name;
    return [`\\${positive ? 'p' : 'P'}{${script}}`, whole.length];
  }
  if (char === 's') return [inClass ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]', 2];
  if (char === 'S' && !inClass) return ['[^\\t\\n\\f\\r ]', 2];
  if (/[dDwWbB]/.test(char) && !(inClass && /[bB]/.test(char))) return [`\\${char}`, 2];
  if (/[tnrfv]/.test(char)) return [`\\${char}`, 2];
  if (char === 'a') return ['\\x07', 2];
  if (char === 'A' && !inClass) return ['(?<![\\s\\S])', 2];
  if (char === 'z' && !inClass) return ['(?![\\s\\S])', 2];
  if (/[0-7]/.test(char) && /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.test(rest)) {
    const [octal] = /^\\[0-7]{1,3}/.exec(rest) as RegExpExecArray;
    return [`\\u{${Number.parseInt(octal.slice(1), 8).toString(16)}}`, octal.length];
  }
  if (/[A-Za-z0-9]/.test(char)) throw new Error(`error parsing regexp: invalid escape sequence: \`\\${char}\``);
  return [inClass ? classLiteral(char) : literal(char), 2];
}

function classLiteral(char: string): string {
  return /[\^\\\]\-[]/.test(char) ? `\\${char}` : char;
}

function characterClass(rest: string): [string, number] {
  let at = rest[1] === '^' ? 2 : 1;
  let out = at === 2 ? '[^' : '[';
  // A bracket right after the start stands for itself.
  if (rest[at] === ']') {
    out += '\\]';
    at += 1;
  }
  while (at < rest.length && rest[at] !== ']') {
    const inner = rest.slice(at);
    const named = /^\[:(\^?)(\w+):\]/.exec(inner);
    if (named) {
      const members = classes[named[2]];
      if (members === undefined || named[1] === '^') {
        throw new Error(`error parsing regexp: invalid character class range: \`${named[0]}\``);
      }
      out += members;
      at += named[0].length;
    } else if (inner[0] === '\\') {
      const [source, length] = escaped(inner, true);
      out += source;
      at += length;
    } else {
      out += inner[0] === '[' || (inner[0] === '-' && (inner[1] === ']' || at === 1)) ? `\\${inner[0]}` : inner[0];
      at += 1;
    }
  }
  if (at >= rest.length) throw new Error(`error parsing regexp: missing closing ]: \`${rest}\``);
  return [`${out}]`, at + 1];
}
