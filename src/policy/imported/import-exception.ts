import { type CelProgram, CelScope } from '../../cel/cel';
import { CelError } from '../../cel/cel-error';
import { celValue } from '../../cel/cel-value';
import { GoldenError } from '../../platform/golden-error';
import { isRecord, show } from '../../platform/rule';
import type { ObservedObject, PolicyException } from '../policy-exception';

/** A PolicyException of a file. */
export interface ImportedException {
  /** Names of the policies that it is from. */
  readonly policies: readonly string[];
  /** Whether it is for an object. */
  covers(object: ObservedObject): boolean;
  /** What reports say of it. */
  readonly exception: PolicyException;
}

let scope: CelScope | undefined;

/**
 * A PolicyException of a file; undefined when it allows single values or images only, which the policy itself has to ask for.
 *
 * @param writtenAt where it is
 * @throws GoldenError with every condition that does not compile
 */
export function importException(
  { metadata, spec }: Readonly<Record<string, unknown>>,
  writtenAt: string,
): ImportedException | undefined {
  const { name = '', namespace } = isRecord(metadata) ? metadata : {};
  const { policyRefs, matchConditions, images, allowedValues, expiresAt, properties } = isRecord(spec) ? spec : {};
  const end = typeof expiresAt === 'string' ? expiresAt : '';
  // Rules that this package renders ask for the end of an exception as a value that it allows.
  const values = textsOf(allowedValues).filter((value) => value !== end);
  if (values.length > 0 || textsOf(images).length > 0) return undefined;
  const conditions = compiled(Array.isArray(matchConditions) ? matchConditions : [], String(name));
  const { reason, owner } = isRecord(properties) ? properties : {};
  const policies = (Array.isArray(policyRefs) ? policyRefs : []).flatMap((ref) =>
    isRecord(ref) ? [String(ref.name)] : [],
  );
  return {
    policies,
    covers: (object) => conditions.every((condition) => holds(condition, object)),
    exception: {
      policy: policies.join(', '),
      object: { kind: 'PolicyException', name: String(name), ...(typeof namespace === 'string' && { namespace }) },
      reason: typeof reason === 'string' ? reason : `PolicyException ${name}`,
      owner: typeof owner === 'string' ? owner : 'unknown',
      expiresAt: end,
      writtenAt,
    },
  };
}

function compiled(conditions: readonly unknown[], name: string): CelProgram[] {
  scope ??= new CelScope({ object: 'dyn', oldObject: 'dyn', request: 'dyn', namespaceObject: 'dyn' });
  const problems: string[] = [];
  const programs: CelProgram[] = [];
  for (const condition of conditions) {
    const expression = isRecord(condition) ? condition.expression : undefined;
    try {
      programs.push(scope.compile(String(expression), 'bool', new Set()));
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      problems.push(`condition ${show(expression)}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new GoldenError(problems.map((message) => ({ path: name, message })));
  return programs;
}

/** An exception that can't be judged is none: what it would let through is found. */
function holds(condition: CelProgram, object: ObservedObject): boolean {
  try {
    return condition.evaluate({ object: celValue(object) }) === true;
  } catch {
    return false;
  }
}

const textsOf = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
