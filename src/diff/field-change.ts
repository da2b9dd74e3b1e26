/** One field that is not what it was. */
export interface FieldChange {
  /** Fields from the object down; an item of a list as `[api]`, by what tells it from the others or its place. */
  readonly path: readonly string[];
  /** What was written, undefined where nothing was and nothing stood for it. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A path as people write it: `spec.template.spec.containers[api].image`. Names that are no plain words are quoted. */
export function fieldText(path: readonly string[]): string {
  let text = '';
  for (const step of path) {
    if (step.startsWith('[')) text += step;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Whether a path leads to a field or into it. */
export function isWithin(path: readonly string[], field: readonly string[]): boolean {
  return field.every((step, n) => path[n] === step);
}
