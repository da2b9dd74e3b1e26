import { define, FunctionError, type Library } from './library';

/** A semantic version; what follows a plus does not order versions. */
class Semver {
  constructor(
    readonly numbers: readonly [bigint, bigint, bigint],
    readonly pre: readonly string[],
  ) {}
}

const identifier = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const shape = new RegExp(
  `^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

function parseSemver(text: string, normalize = false): Semver | undefined {
  const match = shape.exec(normalize ? normalized(text) : text);
  if (!match) return undefined;
  return new Semver([BigInt(match[1]), BigInt(match[2]), BigInt(match[3])], match[4]?.split('.') ?? []);
}

/** `v1.02` becomes `1.2.0`. */
function normalized(text: string): string {
  const bare = text.replace(/^v/, '');
  const end = bare.search(/[-+]/);
  const numbers = (end < 0 ? bare : bare.slice(0, end)).split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (numbers.length < 3) numbers.push('0');
  return numbers.join('.') + (end < 0 ? '' : bare.slice(end));
}

function compare(a: Semver, b: Semver): bigint {
  for (let i = 0; i < 3; i++) if (a.numbers[i] !== b.numbers[i]) return a.numbers[i] < b.numbers[i] ? -1n : 1n;
  // A version that is released comes after those that lead to it.
  if (a.pre.length === 0 || b.pre.length === 0) return BigInt(Number(b.pre.length > 0) - Number(a.pre.length > 0));
  for (let i = 0; i < Math.min(a.pre.length, b.pre.length); i++) {
    const order = comparePre(a.pre[i], b.pre[i]);
    if (order !== 0) return BigInt(order);
  }
  return BigInt(Math.sign(a.pre.length - b.pre.length));
}

function comparePre(a: string, b: string): number {
  if (a === b) return 0;
  const [isNumber, other] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && other) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (isNumber !== other) return isNumber ? -1 : 1;
  return a < b ? -1 : 1;
}

const semverOf = (text: string, normalize = false): Semver => {
  const version = parseSemver(text, normalize);
  if (!version) throw new FunctionError(`${JSON.stringify(text)} is no semantic version`);
  return version;
};

/** Kubernetes' semantic versions: `semver('1.2.3').isLessThan(semver('2.0.0'))`. */
export const semverLibrary: Library = (env) => {
  env.registerType('Semver', Semver);
  env.registerOperator('Semver == Semver', (a: Semver, b: Semver) => compare(a, b) === 0n);
  define(env, {
    'semver(string): Semver': (text: string) => semverOf(text),
    'semver(string, bool): Semver': semverOf,
    'isSemver(string): bool': (text: string) => parseSemver(text) !== undefined,
    'isSemver(string, bool): bool': (text: string, normalize: boolean) => parseSemver(text, normalize) !== undefined,
    'Semver.major(): int': (version: Semver) => version.numbers[0],
    'Semver.minor(): int': (version: Semver) => version.numbers[1],
    'Semver.patch(): int': (version: Semver) => version.numbers[2],
    'Semver.isLessThan(Semver): bool': (a: Semver, b: Semver) => compare(a, b) < 0n,
    'Semver.isGreaterThan(Semver): bool': (a: Semver, b: Semver) => compare(a, b) > 0n,
    'Semver.compareTo(Semver): int': compare,
  });
};
