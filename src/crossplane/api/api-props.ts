import type { CelRule, Fields, Infer, InferInput } from './field';

/** One version of an API, as its author writes it. */
export interface VersionProps {
  /** What a request asks for. */
  readonly spec: Fields;
  /**
   * What a composition reports, each field when it is known: none is required. Conditions are Crossplane's own.
   * @default - nothing besides the conditions
   */
  readonly status?: Fields;
  /**
   * Rules about several fields of the spec; `self` is the spec. What is about one field stands at the field.
   * @default - none
   */
  readonly rules?: readonly CelRule[];
  /**
   * Whether the API server takes requests of this version.
   * @default true
   */
  readonly served?: boolean;
  /**
   * Whether requests are stored in this version and compositions fulfil it: exactly one is.
   * @default true for the only version, false for one of several
   */
  readonly referenceable?: boolean;
  /**
   * What to use instead, when the version is going away: `kubectl` warns with it, 256 characters at most.
   * @default - not deprecated
   */
  readonly deprecated?: string;
}

/** The versions of an API by name. */
export type VersionsProps = Readonly<Record<string, VersionProps>>;

/** What a self-service API is made from. */
export interface ApiProps<Versions extends VersionsProps = VersionsProps, Key extends string = string> {
  /** API group, a domain of the platform: `platform.acme.io`. It can't be changed later. */
  readonly group: string;
  /** Kind in the singular: `PostgresInstance`. It can't be changed later. */
  readonly kind: string;
  /** What the API offers: one or a few sentences of Markdown. */
  readonly description: string;
  /** Every version by its name (`v1`, `v1beta1`). */
  readonly versions: Versions;
  /**
   * Lower-case plural. It can't be changed later.
   * @default - the English plural of the kind
   */
  readonly plural?: string;
  /**
   * Short names for `kubectl`.
   * @default - none
   */
  readonly shortNames?: readonly string[];
  /**
   * Groups of kinds for `kubectl get`; Crossplane adds `composite`.
   * @default - none
   */
  readonly categories?: readonly string[];
  /**
   * Where requests live. It can't be changed later.
   * @default 'Namespaced'
   */
  readonly scope?: 'Namespaced' | 'Cluster';
  /**
   * The keys that every backend puts into the connection Secret, with what each is.
   * @default - none: there is nothing to connect to
   */
  readonly connection?: Readonly<Record<Key, string>>;
  /**
   * Longest name of a request, in characters: less where names of cloud resources are made from it.
   * @default 63, the most that Crossplane allows
   */
  readonly maxNameLength?: number;
  /**
   * Whether requests stand for data: one that is renamed has to say what it was, which `golden check --against` asks; and Argo CD removes
   * one only when somebody confirms it.
   * @default true
   */
  readonly holdsData?: boolean;
  /**
   * The composition that fulfils requests that choose none.
   * @default - the only composition there is for the kind
   */
  readonly defaultComposition?: string;
  /**
   * The composition that fulfils every request, whatever it chooses. It can't be chosen anew later.
   * @default - requests may choose
   */
  readonly enforcedComposition?: string;
  /**
   * Whether a request follows a composition's changes at once.
   * @default 'Automatic'
   */
  readonly compositionUpdatePolicy?: 'Automatic' | 'Manual';
  /**
   * Whether a claim stays until everything that it was fulfilled with is gone, as a request of Crossplane v2 does, or goes at
   * once. Only Crossplane v1 has claims.
   * @default 'Foreground': a claim that is made again in the meantime would take over what is being deleted
   */
  readonly compositeDeletePolicy?: 'Foreground' | 'Background';
  /**
   * The webhook that converts between versions, as `spec.conversion.webhook` of a CRD.
   * @default - none: versions differ by their name only, so that what one version takes must be valid in the stored one
   */
  readonly conversion?: Readonly<Record<string, unknown>>;
  /**
   * The spec of the example on the reference page.
   * @default - made from the fields' examples, defaults and limits
   */
  readonly example?: SpecInput<Versions>;
}

/** The name of the version that compositions fulfil: the one that says so, or the only one. */
export type Referenceable<Versions> = {
  [V in keyof Versions]: Versions[V] extends { readonly referenceable: true } ? V : never;
}[keyof Versions] extends infer Named
  ? [Named] extends [never]
    ? keyof Versions
    : Named
  : never;

/** The fields of a part of the version that is referenceable. */
export type FieldsOf<Versions, Part extends 'spec' | 'status'> =
  Referenceable<Versions> extends infer V extends keyof Versions
    ? Versions[V] extends { readonly [P in Part]: infer F extends Fields }
      ? F
      : Readonly<Record<never, never>>
    : never;

/** Of any API nothing is known. */
// biome-ignore lint/suspicious/noExplicitAny: what it is for
type UnlessAny<Versions, T> = 0 extends 1 & Versions ? any : T;

/** What a request gives, in the version that is referenceable. */
export type SpecInput<Versions> = UnlessAny<Versions, InferInput<FieldsOf<Versions, 'spec'>>>;

/** What the cluster holds as spec. */
export type SpecOf<Versions> = UnlessAny<Versions, Infer<FieldsOf<Versions, 'spec'>>>;

/** What compositions report as status; each field once it is known. */
export type StatusOf<Versions> = UnlessAny<Versions, Reported<Infer<FieldsOf<Versions, 'status'>>>>;

/** Objects of which any part may be there; items of lists and entries of maps are whole. */
type Reported<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[]
    ? T[K]
    : T[K] extends object
      ? string extends keyof T[K]
        ? T[K]
        : Reported<T[K]>
      : T[K];
};
