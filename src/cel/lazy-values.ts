/** How the value of each name is found. */
export type LazyDefinitions = ReadonlyMap<string, (values: LazyValues) => unknown>;

/** Named values that are found when an expression first asks for them, and once only: CEL's `variables`. */
export class LazyValues extends Map<string, unknown> {
  /** What definitions find values in. */
  readonly context: unknown;
  private readonly definitions: LazyDefinitions;
  private readonly parent?: LazyValues;

  /**
   * @param parent where names are looked for that have no definition here
   */
  constructor(definitions: LazyDefinitions, context?: unknown, parent?: LazyValues) {
    super();
    this.definitions = definitions;
    this.context = context;
    this.parent = parent;
  }

  override get(name: string): unknown {
    const known = super.get(name);
    if (known !== undefined) return known;
    const definition = this.definitions.get(name);
    const found = definition ? definition(this) : this.parent?.get(name);
    if (found !== undefined) super.set(name, found);
    return found;
  }
}
