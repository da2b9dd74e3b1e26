/** What is wrong with one field of a step's input, worded as Kubernetes words the errors of fields. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** A field that has to be there. */
export function required(field: string, detail: string): Problem {
  return { field, message: `Required value: ${detail}` };
}

/** A field that has a value it cannot have. */
export function invalid(field: string, value: string, detail: string): Problem {
  return { field, message: `Invalid value: ${JSON.stringify(value)}: ${detail}` };
}

/** The same problem, seen from the object that holds the field. */
export function under(path: string, problem: Problem | undefined): Problem | undefined {
  return (
    problem && { ...problem, field: problem.field.startsWith('[') ? path + problem.field : `${path}.${problem.field}` }
  );
}
