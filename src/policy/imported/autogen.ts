import type { NamedExpression, ResourceRule, ValidatingPolicyYaml } from './kyverno-yaml';

type Spec = NonNullable<ValidatingPolicyYaml['spec']>;

const groups: Readonly<Record<string, string>> = {
  daemonsets: 'apps',
  deployments: 'apps',
  replicasets: 'apps',
  statefulsets: 'apps',
  jobs: 'batch',
  cronjobs: 'batch',
};

/**
 * The specifications that Kyverno 1.19 makes of one for pods, for the kinds that make them: it replaces text in the expressions, when the
 * policy matches nothing but pods and says neither names, exclusions nor labels (pkg/cel/autogen).
 */
export function autogen(spec: Spec): Spec[] {
  const { resourceRules = [], excludeResourceRules, objectSelector } = spec.matchConstraints ?? {};
  const [rule] = resourceRules;
  const onlyPods =
    resourceRules.length === 1 &&
    same(rule.apiGroups, ['']) &&
    same(rule.apiVersions, ['v1']) &&
    same(rule.resources, ['pods']) &&
    !rule.resourceNames?.length &&
    !excludeResourceRules?.length &&
    objectSelector === undefined;
  if (!onlyPods) return [];
  const wanted = (spec.autogen?.podControllers?.controllers ?? Object.keys(groups)).filter((name) => name in groups);
  const templates = wanted.filter((name) => name !== 'cronjobs');
  return [
    ...(templates.length > 0 ? [expanded(spec, rule, templates, 'spec.template')] : []),
    ...(wanted.includes('cronjobs') ? [expanded(spec, rule, ['cronjobs'], 'spec.jobTemplate.spec.template')] : []),
  ];
}

const same = (list: readonly string[] | undefined, expected: readonly string[]): boolean =>
  list?.length === expected.length && list.every((item, i) => item === expected[i]);

function expanded(spec: Spec, { operations }: ResourceRule, resources: readonly string[], template: string): Spec {
  const replace = (text: string) =>
    text
      .replaceAll(/\b(object|oldObject)\.spec\b/g, `$1.${template}.spec`)
      // The namespace stays the object's own: templates have none.
      .replaceAll(/\b(object|oldObject)\.metadata\b(?!\.namespace)/g, `$1.${template}.metadata`);
  const named = (list: readonly NamedExpression[] | undefined) =>
    list?.map(({ name, expression }) => ({ name, expression: replace(expression) }));
  const byGroup = new Map<string, string[]>();
  for (const resource of resources) {
    byGroup.set(groups[resource], [...(byGroup.get(groups[resource]) ?? []), resource]);
  }
  return {
    ...spec,
    matchConstraints: {
      ...spec.matchConstraints,
      resourceRules: [...byGroup].map(([group, names]) => ({
        apiGroups: [group],
        apiVersions: ['v1'],
        resources: names,
        operations,
      })),
    },
    matchConditions: named(spec.matchConditions),
    variables: named(spec.variables),
    validations: spec.validations?.map((each) => ({ ...each, expression: replace(each.expression) })),
  };
}
