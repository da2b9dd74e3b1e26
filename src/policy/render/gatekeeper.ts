import { celLiteral } from '../cel-literal';
import type { Enforcement, PolicyInForce } from '../rollout';
import { matchConditions, type RenderOptions, type RenderParts, renderParts } from './rendered-policy';

/** Gatekeeper's template of a rule. Its schema is not among ours, so only what is written has a type. */
export interface ConstraintTemplateManifest {
  readonly apiVersion: 'templates.gatekeeper.sh/v1';
  readonly kind: 'ConstraintTemplate';
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The use of a template. */
export interface ConstraintManifest {
  readonly apiVersion: 'constraints.gatekeeper.sh/v1beta1';
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

const actions: Readonly<Record<Enforcement, string>> = { audit: 'dryrun', warn: 'warn', deny: 'deny' };

/**
 * A rule as Gatekeeper's ConstraintTemplate with its CEL engine, and the Constraint that uses it. Which operations Gatekeeper sees is a
 * setting of its webhook. Exceptions are conditions of the template.
 *
 * @throws GoldenError when Gatekeeper cannot express it
 */
export function gatekeeperPolicy(
  inForce: PolicyInForce,
  options: RenderOptions = {},
): [ConstraintTemplateManifest, ConstraintManifest] {
  const parts = renderParts(inForce, 'gatekeeper', options);
  const { name, description, kinds, failurePolicy, variables, validations } = parts;
  const kind = kindName(name);
  const { namespaces, labels } = inForce.policy.match;
  return [
    {
      apiVersion: 'templates.gatekeeper.sh/v1',
      kind: 'ConstraintTemplate',
      metadata: {
        name: kind.toLowerCase(),
        annotations: { 'metadata.gatekeeper.sh/title': inForce.policy.title, description },
      },
      spec: {
        crd: { spec: { names: { kind } } },
        targets: [
          {
            target: 'admission.k8s.gatekeeper.sh',
            code: [
              {
                engine: 'K8sNativeValidation',
                source: {
                  failurePolicy,
                  ...conditions(parts),
                  ...(variables.length > 0 ? { variables } : {}),
                  validations,
                },
              },
            ],
          },
        ],
      },
    },
    {
      apiVersion: 'constraints.gatekeeper.sh/v1beta1',
      kind,
      metadata: { name },
      spec: {
        enforcementAction: actions[inForce.enforcement],
        match: {
          kinds:
            kinds === 'all'
              ? [{ apiGroups: ['*'], kinds: ['*'] }]
              : kinds.map((each) => ({ apiGroups: [each.group], kinds: [each.kind] })),
          ...(namespaces ? { namespaces: [...namespaces] } : {}),
          ...(inForce.excludedNamespaces.length > 0 ? { excludedNamespaces: [...inForce.excludedNamespaces] } : {}),
          ...(labels ? { labelSelector: { matchLabels: { ...labels } } } : {}),
        },
      },
    },
  ];
}

/** Gatekeeper's name for conditions is singular. It knows nothing of operations, so that a rule for some asks for them here. */
function conditions(parts: RenderParts): { matchCondition?: { name: string; expression: string }[] } {
  const { matchConditions: own = [] } = matchConditions(parts, true);
  const { operations } = parts.compiled.policy.match;
  const operation = { name: 'operation', expression: `request.operation in ${celLiteral(operations ?? [])}` };
  const all = operations ? [operation, ...own] : own;
  return all.length > 0 ? { matchCondition: all } : {};
}

/** The kind of a rule's constraints: `host-namespaces` is `GoldenHostNamespaces`. */
function kindName(id: string): string {
  return `Golden${id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;
}
