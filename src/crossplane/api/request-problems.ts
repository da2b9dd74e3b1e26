import { isRecord } from '../../platform/rule';
import type { Kind } from '../../schema/kind';
import { validate } from '../../schema/validate';
import type { Violation } from '../../schema/violation';
import { withDefaults } from './defaults';
import { ruleProblems } from './rule-problems';
import type { StructuralSchema } from './structural-schema';

/** Violations that leave nothing to ask a rule about; the API server leaves rules alone as well. */
const blocking: ReadonlySet<string> = new Set(['type', 'required', 'maxLength', 'maxItems', 'maxProperties']);

/** What an API server checks a request with. */
export interface RequestCheck {
  readonly kind: Kind;
  readonly spec: StructuralSchema;
  readonly status: StructuralSchema;
}

/**
 * What an API server would have against a request: its schema, and its CEL rules.
 *
 * @param previous the request before an update. @default - none: it is created
 */
export function requestProblems(
  request: unknown,
  { kind, spec, status }: RequestCheck,
  previous: unknown = undefined,
): Violation[] {
  const violations = validate(request, kind);
  if (!isRecord(request) || violations.some(({ keyword }) => blocking.has(keyword))) return violations;
  const before = isRecord(previous) ? previous : {};
  const part = (name: 'spec' | 'status', schema: StructuralSchema) =>
    request[name] === undefined
      ? []
      : ruleProblems(
          schema,
          withDefaults(request[name], schema),
          [name],
          before[name] === undefined ? undefined : withDefaults(before[name], schema),
        );
  return [...violations, ...part('spec', spec), ...part('status', status)];
}
