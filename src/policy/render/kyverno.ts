import type { PolicyExceptionManifest, ValidatingPolicyManifest } from '../../../imports/policies.kyverno.io';
import { suffixed } from '../../platform/names';
import { coversExpression, type PolicyException } from '../policy-exception';
import type { PolicyInForce } from '../rollout';
import {
  matchConditions,
  namespaceSelector,
  objectSelector,
  type RenderOptions,
  renderParts,
  resourceRules,
  validationActions,
} from './rendered-policy';

/**
 * A rule as Kyverno's ValidatingPolicy. Kyverno's own expansion of pod rules is switched off: it replaces text in expressions and silently
 * leaves out what it does not recognise, while ours are written for every kind of workload.
 */
export function kyvernoPolicy(inForce: PolicyInForce, options: RenderOptions = {}): ValidatingPolicyManifest {
  const parts = renderParts(inForce, 'kyverno', options);
  const { name, description, failurePolicy, variables, validations } = parts;
  const { title, category, severity } = inForce.policy;
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: {
      name,
      annotations: {
        'policies.kyverno.io/title': title,
        'policies.kyverno.io/category': category,
        'policies.kyverno.io/severity': severity,
        'policies.kyverno.io/description': description,
      },
    },
    spec: {
      failurePolicy,
      validationActions: validationActions[inForce.enforcement],
      autogen: { podControllers: { controllers: [] } },
      matchConstraints: {
        ...namespaceSelector(inForce),
        ...objectSelector(inForce),
        resourceRules: resourceRules(parts),
      },
      ...matchConditions(parts, false),
      ...(variables.length > 0 ? { variables } : {}),
      validations: parts.exceptions.length > 0 ? validations.map(unlessExcepted) : validations,
    },
  };
}

/**
 * Kyverno 1.19.1 reads `expiresAt` only when a policy or an exception changes, and goes on excepting until then. Values that an exception
 * allows are read at every request, so that the rule itself can ask whether one still counts.
 */
function unlessExcepted<T extends { readonly expression: string }>(validation: T): T {
  return { ...validation, expression: `${excepted}(${validation.expression})` };
}

const excepted = 'exceptions.allowedValues.exists(until, time.now() < timestamp(until)) || ';

/** An expression that {@link kyvernoPolicy} rendered, without its question for exceptions; any other as it is. */
export function withoutExceptions(expression: string): string {
  return expression.startsWith(`${excepted}(`) ? expression.slice(excepted.length) : expression;
}

/**
 * An exception as Kyverno's PolicyException, which ends by itself: the rules that {@link kyvernoPolicy} renders with it read its end. Kyverno
 * looks at exceptions when it runs with `enablePolicyException`, and with an `exceptionNamespace` that they are in or `*`.
 */
export function kyvernoException(exception: PolicyException, namespace: string): PolicyExceptionManifest {
  const { policy, object, reason, owner, expiresAt } = exception;
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'PolicyException',
    metadata: {
      name: suffixed(`${object.name}-${object.kind.toLowerCase()}`, policy),
      namespace: object.namespace ?? namespace,
    },
    spec: {
      policyRefs: [{ kind: 'ValidatingPolicy', name: policy }],
      matchConditions: [{ name: 'workload', expression: coversExpression(exception) }],
      allowedValues: [expiresAt],
      expiresAt,
      properties: { reason, owner },
    },
  };
}
