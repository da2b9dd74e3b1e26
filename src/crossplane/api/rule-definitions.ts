import { isRecord } from '../../platform/rule';
import { withDefaults } from './defaults';
import { rulesOf } from './rule-evaluator';
import { ruleProblems } from './rule-problems';
import type { StructuralSchema } from './structural-schema';

/** CEL rules of a version that the API server would refuse to compile, and defaults that break rules. */
export function compiledProblems({
  spec,
  status,
}: {
  readonly spec: StructuralSchema;
  readonly status: StructuralSchema;
}): string[] {
  return [...schemaProblems(spec, 'spec'), ...schemaProblems(status, 'status')];
}

function schemaProblems(schema: StructuralSchema, path: string): string[] {
  const broken = rulesOf(schema).flatMap((compiled) => {
    const problem = compiled.problem() ?? fieldPathProblem(compiled.rule.fieldPath, schema);
    return problem === undefined
      ? []
      : `${path}: the rule ${JSON.stringify(compiled.rule.rule)} is refused: ${problem}`;
  });
  const filled = schema.default === undefined ? undefined : withDefaults(schema.default, schema);
  const defaults =
    filled === undefined || broken.length > 0
      ? []
      : ruleProblems(schema, filled, []).map(({ problem }) => `${path}: its default breaks its rule: ${problem}`);
  return [
    ...broken,
    ...defaults,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, nested]) => schemaProblems(nested, `${path}.${name}`)),
    ...(schema.items ? schemaProblems(schema.items, `${path}[]`) : []),
    ...(isRecord(schema.additionalProperties)
      ? schemaProblems(schema.additionalProperties as StructuralSchema, `${path}[key]`)
      : []),
  ];
}

function fieldPathProblem(fieldPath: string | undefined, schema: StructuralSchema): string | undefined {
  if (fieldPath === undefined) return undefined;
  const steps = /^(\.[A-Za-z_]\w*)+$/.test(fieldPath) ? fieldPath.slice(1).split('.') : [];
  let at: StructuralSchema | undefined = steps.length > 0 ? schema : undefined;
  for (const step of steps) at = at?.properties?.[step];
  return at ? undefined : `its fieldPath ${JSON.stringify(fieldPath)} leads to no field; write it like ".storageGb"`;
}
