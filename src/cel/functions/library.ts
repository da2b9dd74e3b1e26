import type { Environment } from '@marcbachmann/cel-js';

/** Adds the functions of one CEL library to an environment. */
export type Library = (env: Environment) => void;

/** What a function throws for values that it does not take; it ends an evaluation with an error, never with a verdict. */
export class FunctionError extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: arguments are typed by the signature, which cel-js checks
type Handler = (...args: any[]) => unknown;

/** Adds functions by signature: `'quantity(string): Quantity'`, `'Quantity.sign(): int'`. */
export function define(env: Environment, functions: Readonly<Record<string, Handler>>): void {
  // Saying that a function is not asynchronous spares each call a look for a promise.
  for (const [signature, handler] of Object.entries(functions)) {
    env.registerFunction(signature, handler, { async: false } as object);
  }
}

/** Adds a name whose functions are called like methods: `sets.contains(a, b)`. */
export function namespace(env: Environment, name: string, functions: Readonly<Record<string, Handler>>): void {
  const typeName = `${name}Namespace`;
  class Namespace {}
  env.registerType(typeName, Namespace);
  env.registerConstant(name, typeName, new Namespace());
  define(
    env,
    Object.fromEntries(
      Object.entries(functions).map(([signature, handler]) => [
        `${typeName}.${signature}`,
        (_: unknown, ...args: unknown[]) => handler(...args),
      ]),
    ),
  );
}
