import {
  type AnyField,
  Field,
  type FieldOptions,
  type Fields,
  type InferInput,
  type InputOf,
  type ListField,
  type MapField,
  type ObjectField,
  type Presence,
  type ScalarOptions,
} from './field';
import type { StructuralSchema } from './structural-schema';

/** What a text of a few values can be told. */
export interface EnumOptions<E extends string> extends ScalarOptions<NoInfer<E>> {
  /** The values that are allowed. */
  readonly enum: readonly E[];
}

/** What a text can be told. */
export interface StringOptions extends ScalarOptions<string> {
  /**
   * The values that are allowed: a request's type is the union of them.
   * @default - any
   */
  readonly enum?: undefined;
  /**
   * Regular expression that the value has to match, in the syntax of RE2. Anchor it: an unanchored one matches anywhere.
   * @default - any
   */
  readonly pattern?: string;
  /**
   * Least number of characters.
   * @default 0
   */
  readonly minLength?: number;
  /**
   * Largest number of characters.
   * @default - no limit
   */
  readonly maxLength?: number;
  /**
   * A form that the API server knows.
   * @default - any
   */
  readonly format?: 'date-time' | 'date' | 'duration' | 'byte' | 'uuid' | 'ipv4' | 'ipv6' | 'cidr' | 'uri';
}

/** What a number can be told. */
export interface NumberOptions<Format extends string> extends ScalarOptions<number> {
  /**
   * Least value.
   * @default - no limit
   */
  readonly min?: number;
  /**
   * Largest value.
   * @default - no limit
   */
  readonly max?: number;
  /**
   * What the value has to be a multiple of.
   * @default - anything
   */
  readonly multipleOf?: number;
  /**
   * How many bits hold it.
   * @default - 64
   */
  readonly format?: Format;
  /**
   * Whether the value may only be raised later.
   * @default false
   */
  readonly growOnly?: boolean;
}

/** What a list can be told. */
export interface ArrayOptions<T> extends FieldOptions<readonly T[]> {
  /**
   * Least number of items.
   * @default 0
   */
  readonly minItems?: number;
  /**
   * Largest number of items.
   * @default - no limit
   */
  readonly maxItems?: number;
  /**
   * Whether items are unique: `true` for scalars, or the names of the fields that tell objects apart, which also lets several
   * owners apply items of their own.
   * @default false: the list is replaced as a whole
   */
  readonly unique?: true | readonly string[];
}

/** What a map can be told. */
export interface MapOptions<T> extends FieldOptions<Readonly<Record<string, T>>> {
  /**
   * Least number of entries.
   * @default 0
   */
  readonly minProperties?: number;
  /**
   * Largest number of entries.
   * @default - no limit
   */
  readonly maxProperties?: number;
}

/** A field that a request may leave out, because the API server fills it in. */
interface Defaulted<T> {
  /** What is filled in. */
  readonly default: T;
}

/** A field without a default. */
interface Undefaulted {
  readonly default?: undefined;
}

type Required<T> = Field<T, T, 'required'>;
type WithDefault<T> = Field<T, T, 'defaulted'>;
type ListOf<T> = readonly T[];
type MapOf<T> = Readonly<Record<string, T>>;
type Options = ScalarOptions<unknown> & { readonly default?: unknown; readonly growOnly?: boolean };

function make(
  own: StructuralSchema,
  { default: value, description, example, deprecated, immutable, rules, column, growOnly, ...limits }: Options,
  nested: Pick<AnyField['parts'], 'items' | 'values' | 'fields' | 'raw'> = {},
): AnyField {
  const presence: Presence = value === undefined ? 'required' : 'defaulted';
  const keywords: StructuralSchema = { ...own, ...limits, ...(value !== undefined && { default: value }) };
  const options = { description, example, deprecated, immutable, rules, column, growOnly };
  return new Field({ keywords, options, ...nested }, presence);
}

function numeric(type: 'integer' | 'number', options: Options & { min?: number; max?: number }): AnyField {
  const { min, max, ...rest } = options;
  const limits = { ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) };
  return make({ type, ...limits }, rest);
}

/** A text. */
// Without a type parameter, for which the fields around it would otherwise be asked.
function string(options?: StringOptions & Undefaulted): Required<string>;
function string(options: StringOptions & Defaulted<string>): WithDefault<string>;
function string<const E extends string>(options: EnumOptions<E> & Undefaulted): Required<E>;
function string<const E extends string>(options: EnumOptions<E> & Defaulted<NoInfer<E>>): WithDefault<E>;
function string(options: Options = {}): AnyField {
  return make({ type: 'string' }, options);
}

/** A whole number. */
function integer(options: NumberOptions<'int32' | 'int64'> & Defaulted<number>): WithDefault<number>;
function integer(options?: NumberOptions<'int32' | 'int64'> & Undefaulted): Required<number>;
function integer(options: Options = {}): AnyField {
  return numeric('integer', options);
}

/** A number. */
function number(options: NumberOptions<'float' | 'double'> & Defaulted<number>): WithDefault<number>;
function number(options?: NumberOptions<'float' | 'double'> & Undefaulted): Required<number>;
function number(options: Options = {}): AnyField {
  return numeric('number', options);
}

/** True or false. */
function boolean(options: ScalarOptions<boolean> & Defaulted<boolean>): WithDefault<boolean>;
function boolean(options?: ScalarOptions<boolean> & Undefaulted): Required<boolean>;
function boolean(options: Options = {}): AnyField {
  return make({ type: 'boolean' }, options);
}

/** A whole number or a text, as ports and quantities are written. */
function intOrString(options: IntOrStringOptions & Defaulted<number | string>): WithDefault<number | string>;
function intOrString(options?: IntOrStringOptions & Undefaulted): Required<number | string>;
function intOrString(options: Options = {}): AnyField {
  return make({ 'x-kubernetes-int-or-string': true }, options);
}

/** What a value that is a whole number or a text can be told. */
export interface IntOrStringOptions extends ScalarOptions<number | string> {
  /**
   * Regular expression that a text has to match, in the syntax of RE2.
   * @default - any
   */
  readonly pattern?: string;
}

/** A list. */
function array<F extends AnyField>(
  items: F,
  options: ArrayOptions<NoInfer<InputOf<F>>> & Defaulted<ListOf<NoInfer<InputOf<F>>>>,
): ListField<F, 'defaulted'>;
function array<F extends AnyField>(
  items: F,
  options?: ArrayOptions<NoInfer<InputOf<F>>> & Undefaulted,
): ListField<F, 'required'>;
function array(items: AnyField, { unique, ...options }: ArrayOptions<unknown> & Options = {}): AnyField {
  const listType: StructuralSchema =
    unique === undefined
      ? {}
      : unique === true
        ? { 'x-kubernetes-list-type': 'set' }
        : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': unique };
  return make({ type: 'array', ...listType }, options, { items });
}

/** Values of one form by free keys. */
function map<F extends AnyField>(
  values: F,
  options: MapOptions<NoInfer<InputOf<F>>> & Defaulted<MapOf<NoInfer<InputOf<F>>>>,
): MapField<F, 'defaulted'>;
function map<F extends AnyField>(
  values: F,
  options?: MapOptions<NoInfer<InputOf<F>>> & Undefaulted,
): MapField<F, 'required'>;
function map(values: AnyField, options: Options = {}): AnyField {
  return make({ type: 'object' }, options, { values });
}

/** An object with fields of its own. */
function object<F extends Fields>(
  fields: F,
  options: FieldOptions<NoInfer<InferInput<F>>> & Defaulted<NoInfer<InferInput<F>>>,
): ObjectField<F, 'defaulted'>;
function object<F extends Fields>(
  fields: F,
  options?: FieldOptions<NoInfer<InferInput<F>>> & Undefaulted,
): ObjectField<F, 'required'>;
function object(fields: Fields, options: Options = {}): AnyField {
  return make({ type: 'object' }, options, { fields });
}

/** Any JSON object; the API server keeps it as it is and checks nothing in it. */
function anything(options?: FieldOptions<MapOf<unknown>>): Required<MapOf<unknown>> {
  return make({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, options ?? {});
}

/** A structural schema as it is, for what the builder has no word for. Its type is the caller's word. */
function raw<T>(schema: StructuralSchema, options?: FieldOptions<T>): Required<T> {
  return make(schema, { ...options, description: options?.description ?? schema.description }, { raw: true });
}

/**
 * Builds the fields of an API: `s.string({ enum: ['small', 'large'], default: 'small' })`. Each is required unless it has a
 * default or is `.optional()`.
 */
export const s = { string, integer, number, boolean, intOrString, array, map, object, anything, raw } as const;
