import type * as Cel from '../../cel/cel';
import type { StructuralSchema, ValidationRule } from './structural-schema';

/** A rule that is ready to be asked. */
export interface CompiledRule {
  readonly rule: ValidationRule;
  /** Whether it compares with the value before, so that it is asked on updates only. */
  readonly isTransition: boolean;
  /**
   * Whether the rule holds.
   * @throws CelError when it fails on the value, which the API server takes for a refusal
   */
  holds(self: unknown, oldSelf?: unknown): boolean;
}

/** A rule that the API server would refuse to compile. */
export interface BrokenRule {
  readonly rule: ValidationRule;
  /** What is wrong with it. */
  readonly problem: string;
}

const compiledRules = new WeakMap<StructuralSchema, readonly (CompiledRule | BrokenRule)[]>();

/** The rules of a schema, each compiled once. */
export function rulesOf(schema: StructuralSchema): readonly (CompiledRule | BrokenRule)[] {
  let compiled = compiledRules.get(schema);
  if (!compiled) {
    const rules = schema['x-kubernetes-validations'] ?? [];
    compiled = rules.length === 0 ? [] : compile(schema, rules);
    compiledRules.set(schema, compiled);
  }
  return compiled;
}

/** Whether a rule compares with the value before. */
export function isTransitionRule({ rule }: ValidationRule): boolean {
  return /\boldSelf\b/.test(rule.replace(/"(\\.|[^"\\])*"|'(\\.|[^'\\])*'/g, '""'));
}

function compile(schema: StructuralSchema, rules: readonly ValidationRule[]): (CompiledRule | BrokenRule)[] {
  // CEL is loaded with the first rule that is asked: most programs that load an API ask none.
  const { CelScope } = require('../../cel/cel') as typeof Cel;
  // Both values are items of one list, because only values of one type can be compared.
  const scope = new CelScope({ states: { schema: { type: 'array', items: schema } } });
  const bound = (expression: string, isTransition: boolean) =>
    `cel.bind(self, states[0], ${isTransition ? `cel.bind(oldSelf, states[1], ${expression})` : expression})`;
  return rules.map((rule) => {
    const isTransition = isTransitionRule(rule);
    try {
      const program = scope.compile(bound(rule.rule, isTransition), 'bool');
      // The evaluator takes any name inside has(), the API server none that the schema lacks.
      for (const [, field] of rule.rule.matchAll(/\bhas\(\s*((?:self|oldSelf)(?:\.\w+)+)\s*\)/g)) {
        scope.compile(bound(`[${field}].size() == 1`, isTransition), 'bool');
      }
      const holds = (self: unknown, oldSelf?: unknown) =>
        program.evaluate(scope.values({ states: isTransition ? [self, oldSelf] : [self] })) === true;
      return { rule, isTransition, holds };
    } catch (error) {
      return { rule, problem: (error as { reason?: string }).reason ?? (error as Error).message };
    }
  });
}
