/** One thing that an API server would refuse about an object. */
export interface Violation {
  /** The field: `spec.template.spec.containers[0].ports[1].containerPort`; empty for the object itself. */
  readonly path: string;
  /** What is wrong and what is allowed: lower-case, completing a sentence that begins with the path. */
  readonly problem: string;
  /**
   * The rule: a schema keyword (`type`, `required`, `enum`, `pattern`, `maximum`, `format`, `oneOf`, …), `unknown-field`,
   * `duplicate` (in a list that is a set or a map), `name` or `namespace`.
   */
  readonly keyword: string;
}

/** A path as people write it; keys that are no plain words are quoted. */
export function pathText(segments: readonly (string | number)[]): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}
