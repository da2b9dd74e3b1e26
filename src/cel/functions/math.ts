import { type Library, namespace } from './library';

type Numeric = number | bigint;

/** Go rounds a half away from zero, JavaScript upwards. */
const round = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));
const greatest = (a: Numeric, b: Numeric) => (a >= b ? a : b);
const least = (a: Numeric, b: Numeric) => (a <= b ? a : b);

/** CEL's `math` extension without its bit operations. Kubernetes' own policies lack it. */
export const mathLibrary: Library = (env) => {
  namespace(env, 'math', {
    'greatest(int, int): int': greatest,
    'greatest(double, double): double': greatest,
    'greatest(list<T>): T': (list: Numeric[]) => list.reduce(greatest),
    'least(int, int): int': least,
    'least(double, double): double': least,
    'least(list<T>): T': (list: Numeric[]) => list.reduce(least),
    'ceil(double): double': Math.ceil,
    'floor(double): double': Math.floor,
    'trunc(double): double': Math.trunc,
    'round(double): double': round,
    'abs(int): int': (value: bigint) => (value < 0n ? -value : value),
    'abs(double): double': Math.abs,
    'sign(int): int': (value: bigint) => (value < 0n ? -1n : value > 0n ? 1n : 0n),
    'sign(double): double': Math.sign,
    'isNaN(double): bool': Number.isNaN,
    'isFinite(double): bool': Number.isFinite,
    'isInf(double): bool': (value: number) => Math.abs(value) === Number.POSITIVE_INFINITY,
  });
};
