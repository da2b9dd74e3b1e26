import { show } from '../platform/rule';
import { type Check, checkValue, type JsonObject, report } from './check-value';
import type { Kind } from './kind';
import { nameProblem } from './object-names';
import type { Violation } from './violation';

/**
 * Checks an object as the API server does when it is applied with strict field validation: the schema of its kind, its
 * metadata and name, and the limits that Kubernetes enforces beyond its schemas.
 *
 * Not checked are CEL rules (`x-kubernetes-validations`), admission, and references to other objects.
 *
 * @returns every violation, in the order of the fields; empty when the server would take the object
 */
export function validate(object: unknown, kind: Kind): Violation[] {
  const check: Check = { violations: [], path: [] };
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    report(check, 'type', `${show(object)} must be an object`);
    return check.violations;
  }
  const fields = object as JsonObject;
  checkAt(check, 'apiVersion', () => sameProblem(fields.apiVersion, kind.apiVersion, kind));
  checkAt(check, 'kind', () => sameProblem(fields.kind, kind.kind, kind));
  checkMetadata(fields.metadata, kind, check);
  checkValue(object, kind.schema, check);
  return check.violations;
}

/** The name that the kind asks for, and a namespace only where the kind has one. */
function checkMetadata(metadata: unknown, kind: Kind, check: Check): void {
  const { name, generateName, namespace } = (metadata ?? {}) as JsonObject;
  check.path.push('metadata');
  if ((name === undefined || name === null || name === '') && !generateName) {
    checkAt(check, 'name', () => ['required', 'is missing; every object needs a name']);
  } else if (typeof name === 'string') {
    checkAt(check, 'name', () => {
      const problem = nameProblem(name, kind);
      return problem === undefined ? undefined : ['name', problem];
    });
  }
  if (!kind.namespaced && namespace !== undefined && namespace !== null && namespace !== '') {
    checkAt(check, 'namespace', () => [
      'namespace',
      `${show(namespace)} must be left out; ${kind.kind} has no namespace`,
    ]);
  }
  check.path.pop();
}

function sameProblem(value: unknown, expected: string, { source }: Kind): [string, string] | undefined {
  if (value === expected) return undefined;
  if (value !== undefined) return ['enum', `${show(value)} must be ${JSON.stringify(expected)}`];
  // The schema of a CRD's object asks for both by itself.
  return source === 'kubernetes' ? ['required', 'is missing; it is required'] : undefined;
}

function checkAt(check: Check, field: string, problem: () => [keyword: string, problem: string] | undefined): void {
  const found = problem();
  if (!found) return;
  check.path.push(field);
  report(check, found[0], found[1]);
  check.path.pop();
}
