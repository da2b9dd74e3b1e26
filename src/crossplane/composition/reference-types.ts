declare const value: unique symbol;

/**
 * A value that is known only in the cluster: a field of the request, of a composed resource, or of environment data. Putting
 * it into a field is the patch. It has no value at synthesis: comparing, adding or printing it is an error.
 */
export interface Ref<out T> {
  /** Never there: carries the type. */
  readonly [value]: T;
}

/** What a transform may make a value into, and what a base may hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Primitive = string | number | boolean;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** A type whose lists are read-only, as tables of constants are. */
export type Frozen<T> = T extends Primitive
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Frozen<T[K]> }
      : T;

/** What a field takes: a value, or a reference to one, at any depth. */
export type Input<T> =
  IsAny<T> extends true
    ? T
    : [NonNullable<T>] extends [Primitive]
      ? T | Ref<NonNullable<T>>
      : T extends readonly (infer Item)[]
        ? readonly Input<Item>[] | Ref<readonly Frozen<Item>[]>
        : T extends object
          ? { readonly [K in keyof T]: Input<T[K]> } | Ref<Frozen<T>>
          : T;

/** A reference with what can be done to a value of its type. */
export type RefOf<T> =
  IsAny<T> extends true
    ? Ref<T>
    : [T] extends [string]
      ? string extends T
        ? StrRef
        : EnumRef<T>
      : [T] extends [number]
        ? number extends T
          ? NumRef
          : NumRef<T> & Mappable<T>
        : [T] extends [boolean]
          ? BoolRef
          : [T] extends [readonly (infer Item)[]]
            ? ListRef<Item>
            : [T] extends [object]
              ? ObjRef<T>
              : Ref<T>;

/** A reference to an object; its fields are references. */
export type ObjRef<T> = Ref<T> & { readonly [K in keyof T]-?: RefOf<NonNullable<T[K]>> };

/** A reference to a list. */
export interface ListRef<Item> extends Ref<readonly Item[]> {
  /** The item at an index from 0. */
  at(index: number): RefOf<NonNullable<Item>>;
  /** The items as one string. */
  join(this: ListRef<string>, separator: string): StrRef;
  /**
   * Each item made into another, for as many as the schema of the list allows (`maxItems`, 50 at most): the function has no
   * loops, so each place of the list gets patches of its own.
   */
  each<R>(make: (item: RefOf<NonNullable<Item>>) => R): readonly R[];
  /** The list as JSON. */
  toJson(): StrRef;
  /** What the field holds while the list is not there. It ends a chain. */
  orElse(fallback: readonly Item[]): Ref<readonly Item[]>;
}

/** What may be there or not. */
export interface Omissible<T> {
  /** Leaves the field out while the value is not there, where the resource would otherwise wait for it. It ends a chain. */
  orLeaveOut(): Ref<T>;
}

/** What every scalar can become. */
export interface Scalar<T> extends Ref<T>, Omissible<T> {
  /**
   * The value within a text: `'%s-suffix'`. Numbers and booleans are written out in full, so `%s` is for all; a whole number
   * may have leading zeros, `'%02d'`.
   */
  format(pattern: string): StrRef;
  /** A constant that is there whenever the value is. */
  toConstant<const R extends Json>(constant: R): RefOf<R>;
  /** The value as another type. A string that does not read as one stops the whole composition. */
  convert<To extends keyof Converted>(to: To): Converted[To];
  /** What the field holds while the value is not there. It ends a chain: no transform applies to it. */
  orElse(fallback: T): Ref<T>;
}

/** Types by the name that conversions use. */
export interface Converted {
  readonly string: StrRef;
  readonly int64: NumRef;
  readonly float64: NumRef;
  readonly bool: BoolRef;
}

/** What a value with few possibilities can become. */
export interface Mappable<T extends Primitive> {
  /** A value for each possibility. All must be there: a key that the table lacks would stop the whole composition. */
  map<const R extends Json>(table: { readonly [K in `${T}`]: R }): RefOf<R>;
}

/** One case of a match: a whole value, or an RE2 expression that is looked for. */
export type MatchCase<S extends string, R> =
  | { readonly equals: S; readonly then: R }
  | { readonly like: string; readonly then: R };

/** A reference to a string. */
export interface StrRef<S extends string = string> extends Scalar<S> {
  /** The result of the first case that fits, else `otherwise`. */
  match<const R extends Json, const F extends Json>(cases: readonly MatchCase<S, R>[], otherwise: F): RefOf<R | F>;
  toUpper(): StrRef;
  toLower(): StrRef;
  toBase64(): StrRef;
  /** What Base64 stands for. Anything else stops the whole composition. */
  fromBase64(): StrRef;
  toSha1(): StrRef;
  toSha256(): StrRef;
  toSha512(): StrRef;
  /** The string as JSON, quoted. */
  toJson(): StrRef;
  /** The list that JSON stands for. Anything else stops the whole composition. */
  fromJsonList<Item extends Json>(): Ref<readonly Item[]>;
  /** The object that JSON stands for. Anything else stops the whole composition. */
  fromJsonObject<T extends object>(): Ref<Frozen<T>> & Omissible<Frozen<T>>;
  trimPrefix(prefix: string): StrRef;
  trimSuffix(suffix: string): StrRef;
  /** Every occurrence of a text replaced. */
  replace(search: string, by: string): StrRef;
  /** A group of the RE2 expression, the whole match by default. A value without a match stops the whole composition. */
  capture(expression: string, group?: number): StrRef;
  /** A Kubernetes quantity as a number: `10Gi` is 10737418240. */
  quantity(): NumRef;
}

/** A reference to a string of which all possibilities are known. */
export interface EnumRef<S extends string> extends StrRef<S>, Mappable<S> {}

/** A reference to a number. */
export interface NumRef<N extends number = number> extends Scalar<N> {
  /** Times a whole number. */
  multiply(factor: number): NumRef;
  /** Not below a whole number. */
  clampMin(min: number): NumRef;
  /** Not above a whole number. */
  clampMax(max: number): NumRef;
  /** Not below `min` and not above `max`, whole numbers. */
  clamp(min: number, max: number): NumRef;
}

/** A reference to a boolean. */
export interface BoolRef extends Scalar<boolean>, Mappable<boolean> {}
