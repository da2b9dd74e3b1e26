/** The way to a field: names, and indices from 0. */
export type Path = readonly (string | number)[];

/**
 * A path as function-patch-and-transform reads it: `spec.rules[0].name`, `metadata.labels[acme.io/owner]`.
 *
 * A name with a dot or a bracket stands in brackets, where only a closing bracket ends it.
 */
export function fieldPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[^.[\]]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${step}]`;
  }
  return text;
}
