/** How the value of each name is found. */
export type LazyDefinitions = ReadonlyMap<string, (values: LazyValues) => unknown>;

/** Named values that are found when an expression first asks for them, and once only: CEL's `variables`. */
export class LazyValues extends Map<string, unknown> {
  // A field declared after `super()` is fine, because the map starts empty.
  constructor(private readonly definitions: LazyDefinitions) {
    super();
  }

  override get(name: string): unknown {
    const known = super.get(name);
    if (known !== undefined) return known;
    const found = this.definitions.get(name)?.(this);
    if (found !== undefined) super.set(name, found);
    return found;
  }
}
