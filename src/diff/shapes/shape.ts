/** What a comparison has to know of a field beyond its schema: what the API server makes of it, and how lists are read. */
export interface Shape {
  /** Fields of an object, by name. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Each item of a list, or each value of a map. */
  readonly items?: Shape;
  /** The fields that tell the items of a list apart. @default - as the schema says */
  readonly keys?: readonly string[];
  /** Whether the order of a list's items means nothing. @default - as the schema says */
  readonly unordered?: boolean;
  /** Whether the order of items that are told apart by keys means something. @default false */
  readonly ordered?: (items: readonly unknown[]) => boolean;
  /**
   * What the API server makes of the value, from the object that holds it; undefined stands for a field that is not there.
   * @default - it stays as it is
   */
  readonly complete?: (value: unknown, holder: Readonly<Record<string, unknown>>) => unknown;
}

/** A field with a default. */
export function byDefault(value: unknown, shape: Shape = {}): Shape {
  return { ...shape, complete: (given) => given ?? value };
}

/** An object that is as good as empty where it is not there. */
export function optional(fields: Readonly<Record<string, Shape>> = {}): Shape {
  return byDefault({}, { fields });
}
