import type {
  ValidatingAdmissionPolicyBindingManifest,
  ValidatingAdmissionPolicyManifest,
} from '../../../imports/kubernetes';
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
 * A rule as Kubernetes' own ValidatingAdmissionPolicy and its binding: no further software is needed. Exceptions are conditions of the policy, so
 * they end when it is rendered without them.
 *
 * @throws GoldenError when API servers of the minor lack a function that the rule calls
 */
export function validatingAdmissionPolicy(
  inForce: PolicyInForce,
  options: RenderOptions = {},
): [ValidatingAdmissionPolicyManifest, ValidatingAdmissionPolicyBindingManifest] {
  const parts = renderParts(inForce, 'kubernetes', options);
  const { name, description, failurePolicy, variables, validations } = parts;
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name, annotations: { 'kubernetes.io/description': description } },
      spec: {
        failurePolicy,
        matchConstraints: {
          ...namespaceSelector(inForce),
          ...objectSelector(inForce),
          resourceRules: resourceRules(parts),
        },
        ...matchConditions(parts, true),
        ...(variables.length > 0 ? { variables } : {}),
        validations,
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: validationActions[inForce.enforcement] },
    },
  ];
}
