import { GoldenError } from '../../platform/golden-error';
import { show } from '../../platform/rule';
import type { KindRegistry } from '../../schema/kind-registry';
import { knownKinds } from '../../schema/kinds';
import { configured } from '../define-policy';
import type { AnyPolicy, PolicyMatch } from '../policy';
import { withoutExceptions } from '../render/kyverno';
import type { Enforcement, PolicyInForce } from '../rollout';
import { autogen } from './autogen';
import type { ResourceRule, ValidatingPolicyYaml } from './kyverno-yaml';

type Spec = NonNullable<ValidatingPolicyYaml['spec']>;

/**
 * A ValidatingPolicy of a file as rules in force: itself, and what Kyverno makes of it for the kinds that make pods.
 *
 * @throws GoldenError with everything that cannot be judged alike in process
 */
export function importPolicy(document: ValidatingPolicyYaml, extra?: KindRegistry): PolicyInForce[] {
  const { metadata, spec } = document;
  const name = String(metadata?.name ?? '');
  const problems = shapeProblems(document);
  if (spec === undefined || problems.length > 0) throw refusal(name, problems);
  const specs = [spec, ...autogen(spec)];
  const policies = specs.map((each) => policyOf(name, metadata?.annotations ?? {}, each, problems, extra));
  if (problems.length > 0) throw refusal(name, [...new Set(problems)]);
  return policies.map((policy) => ({
    policy,
    enforcement: enforcementOf(spec.validationActions),
    failClosed: spec.failurePolicy !== 'Ignore',
    excludedNamespaces: namespacesOf(spec, 'NotIn') ?? [],
  }));
}

const refusal = (name: string, problems: readonly string[]) =>
  new GoldenError(problems.map((message) => ({ path: name, message })));

function shapeProblems({ metadata, spec }: ValidatingPolicyYaml): string[] {
  const problems: string[] = [];
  if (typeof metadata?.name !== 'string' || metadata.name === '') problems.push('has no name');
  if (!Array.isArray(spec?.validations) || spec.validations.length === 0) problems.push('has no validations');
  const expressions = [...(spec?.variables ?? []), ...(spec?.matchConditions ?? []), ...(spec?.validations ?? [])];
  if (!expressions.every((each) => typeof each?.expression === 'string'))
    problems.push('has an entry without expression');
  return problems;
}

function policyOf(
  id: string,
  annotations: Readonly<Record<string, string>>,
  spec: Spec,
  problems: string[],
  extra?: KindRegistry,
): AnyPolicy {
  const title = annotations['policies.kyverno.io/title'] ?? id;
  const why = annotations['policies.kyverno.io/description'] ?? title;
  const policy: AnyPolicy = configured(
    {
      id,
      title,
      why,
      fix: 'see the policy',
      severity: 'medium',
      category: 'gitops',
      match: matchOf(spec, problems, extra),
      variables: Object.fromEntries((spec.variables ?? []).map(({ name, expression }) => [name, expression])),
      checks: (spec.validations ?? []).map(({ expression, message }, i) => ({
        field: 'spec',
        holds: withoutExceptions(expression),
        says: message ?? `breaks validation ${i + 1}`,
      })),
      examples: { passes: [], fails: [] },
    },
    {},
  );
  return { ...policy, isImported: true };
}

function matchOf(spec: Spec, problems: string[], extra?: KindRegistry): PolicyMatch {
  const { namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules } = spec.matchConstraints ?? {};
  if (excludeResourceRules?.length)
    problems.push('excludes resources, which cannot be judged here; write it as a matchCondition');
  const selectsOther =
    Object.keys(namespaceSelector?.matchLabels ?? {}).length > 0 ||
    (namespaceSelector?.matchExpressions ?? []).some(({ key }) => key !== 'kubernetes.io/metadata.name');
  if (selectsOther)
    problems.push('selects namespaces by labels, which are not known here; select them by kubernetes.io/metadata.name');
  if (objectSelector?.matchExpressions?.length)
    problems.push('selects objects by expressions; use matchLabels or a matchCondition');
  if (resourceRules.some(({ resourceNames }) => resourceNames?.length)) {
    problems.push('names single resources, which cannot be judged here; write it as a matchCondition');
  }
  const operations = [...new Set(resourceRules.flatMap((rule) => rule.operations ?? []))];
  const conditions = spec.matchConditions ?? [];
  return {
    kinds: kindsOfRules(resourceRules, problems, extra),
    ...(operations.length > 0 && !operations.includes('*')
      ? { operations: operations as NonNullable<PolicyMatch['operations']> }
      : {}),
    ...(objectSelector?.matchLabels ? { labels: objectSelector.matchLabels } : {}),
    ...(namespacesOf(spec, 'In') ? { namespaces: namespacesOf(spec, 'In') } : {}),
    ...(conditions.length > 0 ? { when: conditions.map(({ expression }) => `(${expression})`).join(' && ') } : {}),
  };
}

function namespacesOf({ matchConstraints }: Spec, operator: string): readonly string[] | undefined {
  const found =
    matchConstraints?.namespaceSelector?.matchExpressions?.filter((each) => each.operator === operator) ?? [];
  return found.length > 0 ? found.flatMap(({ values }) => values ?? []) : undefined;
}

function kindsOfRules(rules: readonly ResourceRule[], problems: string[], extra?: KindRegistry): PolicyMatch['kinds'] {
  if (rules.some(({ resources, apiGroups }) => resources?.includes('*') && apiGroups?.includes('*'))) return 'all';
  const known = knownKinds(extra);
  const matches = (list: readonly string[] | undefined, value: string) =>
    list === undefined || list.includes('*') || list.includes(value);
  const kinds = new Set<string>();
  for (const { apiGroups, apiVersions, resources = [] } of rules) {
    for (const resource of resources.filter((each) => !each.includes('/'))) {
      const found = known.filter(
        ({ group, version, plural }) =>
          matches(apiGroups, group) && matches(apiVersions, version) && (resource === '*' || plural === resource),
      );
      if (found.length === 0)
        problems.push(`matches ${show(resource)}, which no cluster serves; add its CRD to the platform's crds`);
      for (const { apiVersion, kind } of found) kinds.add(`${apiVersion}/${kind}`);
    }
  }
  return [...kinds];
}

function enforcementOf(actions: readonly string[] | undefined): Enforcement {
  // Kyverno refuses when nothing is said.
  if (actions === undefined || actions.length === 0 || actions.includes('Deny')) return 'deny';
  return actions.includes('Warn') ? 'warn' : 'audit';
}
