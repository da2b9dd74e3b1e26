import { Construct } from 'constructs';
import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  type ValidatingAdmissionPolicySpec,
} from '../../../imports/kubernetes';
import { movedFromKeys } from '../resource/moved-from';
import type { Composition } from './composition';

/** A rule of the API server. */
interface TakeOverRule {
  readonly name: string;
  readonly policy: ValidatingAdmissionPolicySpec;
}

/**
 * Refuses requests that say that they were in another namespace before, and access to what was, unless whoever writes them may
 * change such requests there too: names outside of the cluster are made from that namespace, and what is found under them is
 * taken over. What an update leaves as it was is not asked about again, so that Crossplane and Argo CD go on with it.
 */
export class TakeOverRules extends Construct {
  constructor(scope: Construct, id: string, compositions: readonly Composition[]) {
    super(scope, id);
    for (const { name, policy } of takeOverRules(compositions)) {
      const metadata = { name };
      new ValidatingAdmissionPolicy(this, name, { metadata, spec: { failurePolicy: 'Fail', ...policy } });
      new ValidatingAdmissionPolicyBinding(this, `${name}-binding`, {
        metadata,
        spec: { policyName: name, validationActions: ['Deny'] },
      });
    }
  }
}

/** The rules for the APIs of some compositions, all in one cluster. */
export function takeOverRules(compositions: readonly Composition[]): TakeOverRule[] {
  const apis = (chosen: readonly Composition[]) => [...new Set(chosen.map(({ api }) => api))];
  const annotation = `metadata.?annotations[?'${movedFromKeys.namespace}'].orValue('')`;
  return [
    ...ruleFor('golden-path-take-over', apis(compositions.filter(({ takesOver }) => takesOver)), annotation),
    ...ruleFor(
      'golden-path-take-over-access',
      apis(compositions.filter(({ api }) => api.accessTo)),
      "spec.?resource.?formerNamespace.orValue('')",
    ),
  ];
}

/** @param former where requests say the namespace that they, or what they are about, were in */
function ruleFor(name: string, apis: readonly Composition['api'][], former: string): TakeOverRule[] {
  if (apis.length === 0) return [];
  const resourceRules = apis
    .map(({ group, plural, versions }) => ({
      apiGroups: [group],
      apiVersions: versions.filter(({ served }) => served).map((version) => version.name),
      operations: ['CREATE' as const, 'UPDATE' as const],
      resources: [plural],
    }))
    .sort((a, b) => (`${a.resources[0]}.${a.apiGroups[0]}` < `${b.resources[0]}.${b.apiGroups[0]}` ? -1 : 1));
  const may =
    'authorizer.group(request.resource.group).resource(request.resource.resource).namespace(variables.former)';
  return [
    {
      name,
      policy: {
        matchConstraints: { resourceRules },
        variables: [{ name: 'former', expression: `object.${former}` }],
        matchConditions: [
          {
            name: 'another-namespace',
            expression: `object.${former} != '' && object.${former} != object.metadata.namespace`,
          },
          {
            name: 'not-as-it-was',
            expression: `request.operation == 'CREATE' || oldObject.${former} != object.${former}`,
          },
        ],
        validations: [
          {
            expression: `${may}.check('update').allowed()`,
            messageExpression:
              "'it was in the namespace ' + variables.former + ', where ' + request.userInfo.username + ' may not update ' + request.resource.resource + '; let somebody write it who may, or have that allowed there'",
            reason: 'Forbidden',
          },
        ],
      },
    },
  ];
}
