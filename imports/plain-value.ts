// Written by hand, unlike its neighbours: what a typed object renders its fields with.
import { App, ImplicitTokenResolver, Lazy, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import type { IConstruct } from 'constructs';

const stockResolvers = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** Whether the app of a construct resolves values as every cdk8s app does, with no resolver of its own. */
export function resolvesAsStock(scope: IConstruct): boolean {
  // A tree without an app is left to cdk8s, which has something to say about it.
  const { resolvers } = App.of(scope) as Partial<App>;
  return resolvers?.length === stockResolvers.length && resolvers.every((r, i) => r.constructor === stockResolvers[i]);
}

/**
 * A copy of a value as cdk8s renders it: lazy values and tokens resolved, keys sorted, empty fields left out. cdk8s takes two
 * passes and asks every resolver about every text and number, which is most of what rendering costs; this is one pass.
 *
 * @throws Error at a value that it leaves to cdk8s: an instance of a class that is neither lazy nor a token
 */
export function plainValue(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') {
    if (typeof value === 'function') throw new Error('a function is left to cdk8s');
    return value;
  }
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Lazy) return plainValue(value.produce());
  const { resolve } = value as { resolve?: unknown };
  if (typeof resolve === 'function') return plainValue(resolve.call(value));
  if (value.constructor !== Object) throw new Error('an instance of a class is left to cdk8s');
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const field = plainValue((value as Record<string, unknown>)[key]);
    if (field !== undefined) copy[key] = field;
  }
  return copy;
}
