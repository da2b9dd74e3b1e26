import type { StructuralSchema } from './structural-schema';

/** A rule in CEL. The API server evaluates it on every write, and so does synthesis. */
export interface CelRule {
  /**
   * The expression; it has to give true. `self` is the value that the rule is of; a rule that names `oldSelf` is asked on
   * updates only.
   */
  readonly cel: string;
  /** What to change when it gives false: lower-case, no final period. */
  readonly message: string;
  /**
   * The field that the message is about, from the value down: `.storageGb`.
   * @default - the value that the rule is of
   */
  readonly fieldPath?: string;
}

/** A column of `kubectl get`. */
export interface Column {
  readonly name: string;
  /**
   * 0 is always shown, more only with `-o wide`.
   * @default 0
   */
  readonly priority?: number;
}

/** What every field can be told. */
export interface FieldOptions<T = unknown> {
  /**
   * What the field means, for those who fill it in: reference page, `kubectl explain` and portal show it.
   * @default - nothing
   */
  readonly description?: string;
  /**
   * A value for the example of the reference page.
   * @default - the default, the first value of an enum, or the least value that is allowed
   */
  readonly example?: T;
  /**
   * What to use instead of a field that is going away. It stays accepted.
   * @default - not deprecated
   */
  readonly deprecated?: string;
  /**
   * Whether the value stays what it was when the request was made: it can't be changed, added or removed later.
   * @default false
   */
  readonly immutable?: boolean;
  /**
   * Rules about the value.
   * @default - none
   */
  readonly rules?: readonly CelRule[];
}

/** What a field of one value can be told besides. */
export interface ScalarOptions<T> extends FieldOptions<T> {
  /**
   * Shows the value in `kubectl get`.
   * @default - not shown
   */
  readonly column?: string | Column;
}

/**
 * Whether a request has to give a field: always, never, or never because the cluster fills it in. What has a default is
 * optional to who asks and there to who fulfils.
 */
export type Presence = 'required' | 'optional' | 'defaulted';

/** Fields by name. */
export type Fields = Readonly<Record<string, AnyField>>;

/** What a field is made of. */
export interface FieldParts {
  /** Its own keywords: type, limits, default; nothing of what is nested in it. */
  readonly keywords: StructuralSchema;
  readonly options: ScalarOptions<unknown> & {
    /** Whether a number may only be raised. */
    readonly growOnly?: boolean;
  };
  /** What a list holds. */
  readonly items?: AnyField;
  /** What a map holds. */
  readonly values?: AnyField;
  /** What an object holds. */
  readonly fields?: Fields;
  /** A schema that was given as it is, with all that is nested in it. */
  readonly raw?: boolean;
}

/**
 * One field of an API. Made by the schema builder `s`.
 *
 * @typeParam In what a request may give
 * @typeParam Out what a composition finds, with defaults filled in
 */
export class Field<In, Out, P extends Presence> {
  /** Never there: carries the types. */
  declare readonly types?: { readonly input: In; readonly output: Out; readonly presence: P };
  readonly parts: FieldParts;
  readonly presence: P;

  constructor(parts: FieldParts, presence: P) {
    this.parts = parts;
    this.presence = presence;
  }

  /** The same field, which a request may leave out. A field with a default may be left out anyway. */
  optional(this: Field<In, Out, 'required'>): Field<In, Out, 'optional'> {
    return new Field<In, Out, 'optional'>(this.parts, 'optional');
  }
}

// biome-ignore lint/suspicious/noExplicitAny: stands for a field of any type
export type AnyField = Field<any, any, any>;

type Flat<T> = { readonly [K in keyof T]: T[K] };

/** What a request may give for a field. */
export type InputOf<F> = F extends Field<infer In, infer _Out, infer _P> ? In : never;
/** What a composition finds for a field. */
export type OutputOf<F> = F extends Field<infer _In, infer Out, infer _P> ? Out : never;
type PresenceOf<F> = F extends Field<infer _In, infer _Out, infer P> ? P : never;

/** What a request gives for these fields: those that are optional or have a default may be left out. */
export type InferInput<F extends Fields> = Flat<
  { [K in keyof F as PresenceOf<F[K]> extends 'required' ? K : never]: InputOf<F[K]> } & {
    [K in keyof F as PresenceOf<F[K]> extends 'required' ? never : K]?: InputOf<F[K]>;
  }
>;

/** What the cluster holds for these fields: those with a default are there. */
export type Infer<F extends Fields> = Flat<
  { [K in keyof F as PresenceOf<F[K]> extends 'optional' ? never : K]: OutputOf<F[K]> } & {
    [K in keyof F as PresenceOf<F[K]> extends 'optional' ? K : never]?: OutputOf<F[K]>;
  }
>;

/** An object with fields of its own. Its type names the fields themselves, so that their comments are not lost. */
export interface ObjectField<F extends Fields, P extends Presence> extends Field<InferInput<F>, Infer<F>, P> {
  optional(this: ObjectField<F, 'required'>): ObjectField<F, 'optional'>;
}

/** A list of what one field holds. */
export interface ListField<F extends AnyField, P extends Presence>
  extends Field<readonly InputOf<F>[], readonly OutputOf<F>[], P> {
  optional(this: ListField<F, 'required'>): ListField<F, 'optional'>;
}

/** A map of what one field holds, by free keys. */
export interface MapField<F extends AnyField, P extends Presence>
  extends Field<Readonly<Record<string, InputOf<F>>>, Readonly<Record<string, OutputOf<F>>>, P> {
  optional(this: MapField<F, 'required'>): MapField<F, 'optional'>;
}
