import type * as Cel from '../../cel/cel';
import type { StructuralSchema, ValidationRule } from './structural-schema';

/** A rule of a schema. It is compiled when it is first asked. */
export interface SchemaRule {
  readonly rule: ValidationRule;
  /** Whether it compares with the value before, so that it is asked on updates only. */
  readonly isTransition: boolean;
  /** Why the API server would refuse the rule itself, or undefined. */
  problem(): string | undefined;
  /**
   * Whether the rule holds.
   * @throws Error when the rule is none, or fails on the value, which the API server takes for a refusal
   */
  holds(self: unknown, oldSelf?: unknown): boolean;
}

const known = new WeakMap<StructuralSchema, readonly SchemaRule[]>();

/** The rules of a schema, without those of what is nested in it. */
export function rulesOf(schema: StructuralSchema): readonly SchemaRule[] {
  let rules = known.get(schema);
  if (!rules) {
    const scope = once(() => {
      // CEL is loaded with the first rule that is asked: most programs that load an API ask none.
      const { CelScope } = require('../../cel/cel') as typeof Cel;
      return new CelScope({ self: { schema }, oldSelf: { schema } });
    });
    rules = (schema['x-kubernetes-validations'] ?? []).map((rule) => schemaRule(rule, scope));
    known.set(schema, rules);
  }
  return rules;
}

/** Whether a rule compares with the value before. */
export function isTransitionRule({ rule }: ValidationRule): boolean {
  return /\boldSelf\b/.test(rule.replace(/"(\\.|[^"\\])*"|'(\\.|[^'\\])*'/g, '""'));
}

function schemaRule(rule: ValidationRule, scope: () => Cel.CelScope): SchemaRule {
  const isTransition = isTransitionRule(rule);
  const program = once(() => scope().compile(rule.rule, 'bool'));
  return {
    rule,
    isTransition,
    problem: () => {
      try {
        program();
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
    holds: (self, oldSelf) => program().evaluate(scope().values(isTransition ? { self, oldSelf } : { self })) === true,
  };
}

/** Why an expression does not compile or could not be evaluated, without the position in it. */
export function reasonOf(error: unknown): string {
  return (error as { reason?: string }).reason ?? (error as Error).message;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
