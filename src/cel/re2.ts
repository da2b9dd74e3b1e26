/**
 * Regular expressions as RE2 reads them, which API servers and policy engines use. JavaScript's engine runs them after a translation of
 * what the two read differently; what RE2 has not is refused.
 */

/** Why a pattern is none that RE2 accepts, or none that can be run alike here. */
export class Re2Error extends Error {}

const compiled = new Map<string, RegExp>();

/**
 * The JavaScript regular expression that matches what RE2 would, flagged for all of Unicode.
 *
 * @param flags further flags: `'g'` to find all matches
 * @throws Re2Error when RE2 refuses the pattern, or JavaScript cannot run it
 */
export function re2(pattern: string, flags = ''): RegExp {
  const key = `${flags}/${pattern}`;
  let found = compiled.get(key);
  if (!found) {
    found = compile(pattern, flags);
    compiled.set(key, found);
  }
  found.lastIndex = 0;
  return found;
}

/** POSIX classes of RE2, as members of a JavaScript class. */
const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** Characters that JavaScript lets one escape when the whole of Unicode is meant. */
const escapable = '^$\\.*+?()[]{}|/';

function compile(pattern: string, flags: string): RegExp {
  const { source, flags: own } = translate(pattern);
  try {
    return new RegExp(source, [...new Set(`u${own}${flags}`)].join(''));
  } catch (error) {
    throw new Re2Error(`pattern ${JSON.stringify(pattern)} is refused: ${(error as Error).message}`);
  }
}

function translate(pattern: string): { source: string; flags: string } {
  const refuse = (why: string): never => {
    throw new Re2Error(`pattern ${JSON.stringify(pattern)} ${why}`);
  };
  let rest = pattern;
  let flags = '';
  const leading = /^\(\?([imsU]+)\)/.exec(rest);
  if (leading) {
    if (leading[1].includes('U')) refuse('uses the flag U, which cannot be run here');
    flags = leading[1];
    rest = rest.slice(leading[0].length);
  }
  let source = '';
  for (let i = 0; i < rest.length; ) {
    const char = rest[i];
    if (char === '\\') {
      const [text, length] = escaped(rest, i, false, flags, refuse);
      source += text;
      i += length;
    } else if (char === '[') {
      const [text, length] = characterClass(rest, i, flags, refuse);
      source += text;
      i += length;
    } else if (char === '(' && rest[i + 1] === '?') {
      const group = /^\(\?(:|P<\w+>|<\w+>)/.exec(rest.slice(i));
      if (/^\(\?<?[=!]/.test(rest.slice(i))) refuse('looks around, which RE2 cannot; write it without');
      if (!group) refuse(`uses ${JSON.stringify(rest.slice(i, i + 4))}, which RE2 lacks or which cannot be run here`);
      const opening = (group as RegExpExecArray)[0];
      source += opening.replace('?P<', '?<');
      i += opening.length;
    } else if (char === '.') {
      source += flags.includes('s') ? '.' : '[^\\n]';
      i++;
    } else if (char === '$') {
      source += flags.includes('m') ? '(?=\\n|(?![^]))' : '(?![^])';
      i++;
    } else if (char === '^') {
      source += flags.includes('m') ? '(?<=\\n|(?<![^]))' : '(?<![^])';
      i++;
    } else if (char === '}') {
      source += '\\}';
      i++;
    } else if (char === '{' && !/^\{\d+(,\d*)?\}/.test(rest.slice(i))) {
      source += '\\{';
      i++;
    } else if (char === '{') {
      const [text, low, high] = /^\{(\d+)(?:,(\d*))?\}/.exec(rest.slice(i)) as RegExpExecArray;
      if (Number(low) > 1000 || Number(high ?? 0) > 1000) refuse('repeats more than 1000 times, which RE2 refuses');
      source += text;
      i += text.length;
    } else if (char === ']') {
      source += '\\]';
      i++;
    } else {
      source += char;
      i++;
    }
  }
  // The anchors are written out, so the flag would only change what they mean.
  return { source, flags: flags.replace('m', '') };
}

function escaped(
  text: string,
  at: number,
  inClass: boolean,
  flags: string,
  refuse: (why: string) => never,
): [string, number] {
  const next = text[at + 1];
  if (next === undefined) return refuse('ends with a backslash');
  const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(text.slice(at));
  if (hex) return [`\\u{${hex[1] ?? hex[2]}}`, hex[0].length];
  const property = /^\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/.exec(text.slice(at));
  if (property) return unicodeProperty(property, flags, refuse);
  const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(text.slice(at));
  if (octal) return [`\\u{${Number.parseInt(octal[0].slice(1), 8).toString(16)}}`, octal[0].length];
  if (!inClass && next === 'Q') {
    const end = text.indexOf('\\E', at);
    const literal = text.slice(at + 2, end < 0 ? undefined : end);
    return [literal.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&'), literal.length + 2 + (end < 0 ? 0 : 2)];
  }
  if (next === 's') return [inClass ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]', 2];
  if (next === 'S') return [inClass ? '\\0-\\x08\\v\\x0E-\\x1F!-\\u{10FFFF}' : '[^\\t\\n\\f\\r ]', 2];
  if ('dDwW'.includes(next)) return [`\\${next}`, 2];
  if (!inClass && next === 'A') return ['(?<![^])', 2];
  if (!inClass && next === 'z') return ['(?![^])', 2];
  if (!inClass && (next === 'b' || next === 'B')) return [`\\${next}`, 2];
  if (next === 'a') return ['\\x07', 2];
  if ('fnrtv'.includes(next)) return [`\\${next}`, 2];
  if (/[1-9]/.test(next)) return refuse('refers back to a group, which RE2 lacks');
  if (!/[!-~ ]/.test(next) || /[A-Za-z]/.test(next))
    return refuse(`escapes ${JSON.stringify(next)}, which RE2 does not know`);
  if (inClass && next === '-') return ['\\-', 2];
  return [escapable.includes(next) ? `\\${next}` : next, 2];
}

function unicodeProperty(
  [text, which, negated, long, short]: RegExpExecArray,
  flags: string,
  refuse: (why: string) => never,
): [string, number] {
  const name = long ?? short;
  const isScript = name.length > 2;
  const positive = (which === 'p') === (negated !== '^');
  if (!positive && flags.includes('i')) refuse(`has ${text} where case is ignored, which cannot be run alike here`);
  return [`\\${positive ? 'p' : 'P'}{${isScript ? `Script=${name}` : name}}`, text.length];
}

function characterClass(text: string, start: number, flags: string, refuse: (why: string) => never): [string, number] {
  let i = start + 1;
  let source = '[';
  if (text[i] === '^') {
    source += '^';
    i++;
  }
  for (let first = true; ; first = false) {
    const char = text[i];
    if (char === undefined) return refuse('has brackets that do not close');
    if (char === ']' && !first) return [`${source}]`, i + 1 - start];
    const posix = /^\[:(\^?)(\w+):\]/.exec(text.slice(i));
    if (posix) {
      const members = posixClasses[posix[2]];
      if (!members || posix[1]) return refuse(`has the class ${posix[0]}, which cannot be run here`);
      source += members;
      i += posix[0].length;
    } else if (char === '\\') {
      const [piece, length] = escaped(text, i, true, flags, refuse);
      source += piece;
      i += length;
      // A hyphen behind a set of characters opens no range.
      if (/^\\[dDwWsSpP]/.test(text.slice(i - length)) && text[i] === '-') {
        source += '\\-';
        i++;
      }
    } else {
      source += '[]'.includes(char) ? `\\${char}` : char;
      i++;
    }
  }
}
