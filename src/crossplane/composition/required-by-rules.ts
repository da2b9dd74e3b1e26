import type { Kind } from '../../schema/kind';
import type { SchemaNode } from '../../schema/schema-node';
import type { Path } from './field-path';

const required = new WeakMap<SchemaNode, readonly Path[]>();

/**
 * The fields that CEL rules of a managed resource require. Upjet lets a field be set in `forProvider` or in `initProvider`, so
 * its schemas require hardly any by keyword; the rule reads `has(self.forProvider.instanceClass) || has(self.initProvider…)`.
 */
export function requiredByRules(kind: Kind): readonly Path[] {
  let known = required.get(kind.schema);
  if (!known) {
    const rules = (kind.schema.field('spec')?.schema as WithRules | undefined)?.['x-kubernetes-validations'] ?? [];
    known = rules.flatMap(({ rule }) => {
      const field = /\|\| has\(self\.forProvider\.(\w+)\)/.exec(rule);
      return field && rule.includes('self.managementPolicies') ? [['spec', 'forProvider', unescaped(field[1])]] : [];
    });
    required.set(kind.schema, known);
  }
  return known;
}

/** The name of a field as a schema has it: CEL writes those that are words of its own as `__namespace__`. */
function unescaped(name: string): string {
  return /^__[a-z]+__$/.test(name) ? name.slice(2, -2) : name;
}

interface WithRules {
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string }[];
}
