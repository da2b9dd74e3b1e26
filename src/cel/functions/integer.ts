import { define, FunctionError, type Library } from './library';

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

const inRange = (value: bigint): bigint => {
  if (value < least || value > most) throw new FunctionError(`${value} is out of the range of int`);
  return value;
};

/** `int()`: the one of cel-js takes an empty text for 0, and texts in other bases. */
export const integerLibrary: Library = (env) => {
  define(env, {
    'toInt(int): int': (value: bigint) => value,
    'toInt(uint): int': (value: { valueOf(): bigint }) => inRange(BigInt(value.valueOf())),
    'toInt(double): int': (value: number) => {
      if (!Number.isFinite(value)) throw new FunctionError(`${value} is no int`);
      return inRange(BigInt(Math.trunc(value)));
    },
    'toInt(string): int': (text: string) => {
      if (!/^[+-]?\d+$/.test(text)) throw new FunctionError(`${JSON.stringify(text)} is no int`);
      return inRange(BigInt(text));
    },
    'toInt(google.protobuf.Timestamp): int': (time: Date) => BigInt(Math.floor(time.getTime() / 1000)),
  });
};
