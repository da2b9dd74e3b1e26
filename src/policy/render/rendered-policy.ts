import type { KubernetesMinor } from '../../platform/kubernetes-minor';
import type { KindRegistry } from '../../schema/kind-registry';
import { type CompiledPolicy, compilePolicy } from '../compiled-policy';
import { coversExpression, type PolicyException } from '../policy-exception';
import type { MatchedKind } from '../policy-kinds';
import { kindsOfPolicy } from '../policy-kinds';
import type { Enforcement, PolicyInForce } from '../rollout';
import { type PolicyEngine, requireExpressible } from './engine-functions';

/** A rule in force, and what else decides how it is rendered. */
export interface RenderOptions {
  /**
   * The oldest Kubernetes minor among the clusters that it is for.
   * @default '1.30'
   */
  readonly minor?: KubernetesMinor;
  /**
   * Exceptions from any rules; those of others are left out.
   * @default - none
   */
  readonly exceptions?: readonly PolicyException[];
  /**
   * Kinds of the platform's own CRDs that rules may name.
   * @default - none
   */
  readonly kinds?: KindRegistry;
}

/** What Kubernetes and Kyverno do about a violation: a warning is audited too, so that somebody who was not there reads of it. */
export const validationActions: Readonly<Record<Enforcement, ('Audit' | 'Warn' | 'Deny')[]>> = {
  audit: ['Audit'],
  warn: ['Warn', 'Audit'],
  deny: ['Deny'],
};

/** What every engine's form of a rule is made of. */
export interface RenderParts {
  readonly compiled: CompiledPolicy;
  readonly name: string;
  /** What the rule is there for, in a sentence or two. */
  readonly description: string;
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly operations: ('CREATE' | 'UPDATE' | 'DELETE')[];
  readonly kinds: readonly MatchedKind[] | 'all';
  readonly variables: { readonly name: string; readonly expression: string }[];
  readonly validations: {
    readonly expression: string;
    readonly message: string;
    readonly messageExpression?: string;
  }[];
  readonly exceptions: readonly PolicyException[];
}

/**
 * The parts of a rule for an engine.
 *
 * @throws GoldenError when the engine cannot express it
 */
export function renderParts(
  { policy, failClosed }: PolicyInForce,
  engine: PolicyEngine,
  { minor = '1.30', exceptions = [], kinds }: RenderOptions,
): RenderParts {
  const compiled = compilePolicy(policy);
  requireExpressible(compiled, engine, minor);
  return {
    compiled,
    name: policy.id,
    description: `${policy.why} To fix: ${policy.fix}.`,
    failurePolicy: failClosed ? 'Fail' : 'Ignore',
    operations: [...(policy.match.operations ?? ['CREATE', 'UPDATE'])],
    kinds: kindsOfPolicy(policy, kinds),
    variables: compiled.variables.map(({ name, expression }) => ({ name, expression })),
    validations: compiled.checks.map(({ expression, message, messageExpression }) => ({
      expression,
      message,
      ...(messageExpression === undefined ? {} : { messageExpression }),
    })),
    exceptions: exceptions.filter((exception) => exception.policy === policy.id),
  };
}

/** The rules of API servers and of Kyverno about which requests a policy sees. */
export function resourceRules({ kinds, operations }: Pick<RenderParts, 'kinds' | 'operations'>) {
  if (kinds === 'all') {
    return [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations }];
  }
  const byGroup = new Map<string, MatchedKind[]>();
  for (const kind of kinds) {
    const key = `${kind.group}/${kind.version}`;
    byGroup.set(key, [...(byGroup.get(key) ?? []), kind]);
  }
  return [...byGroup.values()].map((group) => ({
    apiGroups: [group[0].group],
    apiVersions: [group[0].version],
    // A debugging container is added to a running pod through a subresource of its own.
    resources: group.flatMap(({ plural, kind, group: name }) =>
      kind === 'Pod' && name === '' ? [plural, 'pods/ephemeralcontainers'] : [plural],
    ),
    operations,
  }));
}

/** A selector of the namespaces that a rule looks at, by the name that every namespace carries as a label. */
export function namespaceSelector({ policy, excludedNamespaces }: PolicyInForce) {
  const key = 'kubernetes.io/metadata.name';
  const { namespaces } = policy.match;
  const matchExpressions = [
    ...(namespaces ? [{ key, operator: 'In', values: [...namespaces] }] : []),
    ...(excludedNamespaces.length > 0 ? [{ key, operator: 'NotIn', values: [...excludedNamespaces] }] : []),
  ];
  return matchExpressions.length > 0 ? { namespaceSelector: { matchExpressions } } : {};
}

/** A selector of the objects that a rule looks at. */
export function objectSelector({ policy }: PolicyInForce) {
  return policy.match.labels ? { objectSelector: { matchLabels: { ...policy.match.labels } } } : {};
}

/** Conditions under which a rule looks at an object at all: its own, and that no exception covers it. */
export function matchConditions(
  { compiled, exceptions }: RenderParts,
  withExceptions: boolean,
): { matchConditions?: { name: string; expression: string }[] } {
  const conditions = [
    ...(compiled.policy.match.when === undefined ? [] : [{ name: 'in-scope', expression: compiled.policy.match.when }]),
    ...(withExceptions
      ? exceptions.map((exception, i) => ({
          name: `exception-${i + 1}`,
          expression: `!(${coversExpression(exception)})`,
        }))
      : []),
  ];
  return conditions.length > 0 ? { matchConditions: conditions } : {};
}
