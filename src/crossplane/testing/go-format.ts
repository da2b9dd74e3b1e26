import { type Flags, noFlags, printValue } from './go-verbs';
import { typeName, type Value } from './value';

const flagNames: Readonly<Record<string, 'plus' | 'minus' | 'sharp' | 'space' | 'zero'>> = {
  '+': 'plus',
  '-': 'minus',
  '#': 'sharp',
  ' ': 'space',
  '0': 'zero',
};

/** Widths and precisions above this are taken for mistakes, as in Go. */
const largestNumber = 1_000_000;

/**
 * Formats as Go's `fmt.Sprintf`, mistakes included: a verb that does not fit its value prints `%!d(string=x)`, a missing
 * value `%!s(MISSING)`, one too many `%!(EXTRA string=x)`.
 *
 * @throws Error for the few verbs that it does not know
 */
export function sprintf(format: string, args: readonly Value[]): string {
  return new Formatting(format, args).run();
}

/** One run over a format. */
class Formatting {
  private readonly chars: readonly string[];
  private out = '';
  private at = 0;
  /** The value that the next verb prints. */
  private next = 0;
  /** Whether an index was used: then values may be left over. */
  private reordered = false;
  private goodIndex = true;

  constructor(
    format: string,
    private readonly args: readonly Value[],
  ) {
    this.chars = [...format];
  }

  run(): string {
    while (this.at < this.chars.length) {
      const char = this.chars[this.at++];
      if (char === '%') this.directive();
      else this.out += char;
    }
    return this.reordered || this.next >= this.args.length ? this.out : `${this.out}%!(EXTRA ${this.leftOver()})`;
  }

  private directive(): void {
    this.goodIndex = true;
    const flags = this.readFlags();
    const indexed = this.readPrecision(flags, this.readWidth(flags));
    if (!indexed) this.readIndex();
    const verb = this.chars[this.at++];
    if (verb === undefined) this.out += '%!(NOVERB)';
    else if (verb === '%') this.out += '%';
    else if (!this.goodIndex) this.out += `%!${verb}(BADINDEX)`;
    else if (this.next >= this.args.length) this.out += `%!${verb}(MISSING)`;
    else this.out += printValue(this.args[this.next++], verb, flags);
  }

  private leftOver(): string {
    return this.args
      .slice(this.next)
      .map((value) => (value === null ? '<nil>' : `${typeName(value)}=${printValue(value, 'v', noFlags())}`))
      .join(', ');
  }

  private readFlags(): Flags {
    const flags = noFlags();
    for (let name = flagNames[this.chars[this.at]]; name !== undefined; name = flagNames[this.chars[this.at]]) {
      flags[name] = true;
      this.at++;
    }
    return flags;
  }

  /** Reads a width; true when an index stood here that the verb's value is to have. */
  private readWidth(flags: Flags): boolean {
    const indexed = this.readIndex();
    if (this.chars[this.at] !== '*') {
      flags.width = this.readNumber();
      if (indexed && flags.width !== undefined) this.goodIndex = false;
      return indexed;
    }
    const width = this.readStar();
    if (width === undefined) this.out += '%!(BADWIDTH)';
    flags.width = width === undefined ? undefined : Math.abs(width);
    if (width !== undefined && width < 0) {
      flags.minus = true;
      flags.zero = false;
    }
    return false;
  }

  /** Reads a precision when there is one; true when an index stood here or before. */
  private readPrecision(flags: Flags, indexedBefore: boolean): boolean {
    if (this.chars[this.at] !== '.') return indexedBefore;
    this.at++;
    if (indexedBefore) this.goodIndex = false;
    const indexed = this.readIndex();
    if (this.chars[this.at] !== '*') {
      flags.precision = this.readNumber() ?? 0;
      return indexed;
    }
    const precision = this.readStar();
    if (precision === undefined || precision < 0) this.out += '%!(BADPREC)';
    else flags.precision = precision;
    return false;
  }

  /** Reads `[n]` when it stands here; the value it names is the next one. */
  private readIndex(): boolean {
    if (this.chars[this.at] !== '[') return false;
    this.reordered = true;
    const close = this.chars.indexOf(']', this.at);
    const inner = close < 0 ? '' : this.chars.slice(this.at + 1, close).join('');
    const index = /^\d+$/.test(inner) ? Number(inner) : 0;
    this.at = close < 0 ? this.at + 1 : close + 1;
    if (index < 1 || index > this.args.length) {
      this.goodIndex = false;
      return close >= 0;
    }
    this.next = index - 1;
    return true;
  }

  private readNumber(): number | undefined {
    const start = this.at;
    while (/[0-9]/.test(this.chars[this.at] ?? '')) this.at++;
    const number = Number(this.chars.slice(start, this.at).join(''));
    return this.at === start || number > largestNumber ? undefined : number;
  }

  /** The integer that stands for a `*`. */
  private readStar(): number | undefined {
    this.at++;
    const value = this.args[this.next];
    if (this.next < this.args.length) this.next++;
    const fits = typeof value === 'bigint' && value <= largestNumber && value >= -largestNumber;
    return fits ? Number(value) : undefined;
  }
}
