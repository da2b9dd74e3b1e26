import { Construct } from 'constructs';
import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  type ValidatingAdmissionPolicyBindingSpec,
  type ValidatingAdmissionPolicySpec,
} from '../../../imports/kubernetes';
import { protectionField, saysProtection } from '../resource/deletion-protection';
import type { Composition } from './composition';

/** A rule of the API server, and where it is in force. */
interface DeletionRule {
  readonly name: string;
  readonly policy: ValidatingAdmissionPolicySpec;
  readonly binding: Pick<ValidatingAdmissionPolicyBindingSpec, 'paramRef'>;
}

const name = 'golden-path-deletion-protection';

/**
 * Refuses to delete a request whose `deletionProtection` is on, and a namespace that holds one, where its data would be deleted
 * with it: operators delete what Kubernetes deletes with its owner.
 *
 * Compositions that take over what a request left behind keep it by themselves, and are left alone: to rename a request is to
 * delete the old one.
 *
 * A namespace is refused as a whole, because on its way out it would lose its volumes whatever else refuses. The API server
 * refuses every namespace while it does not serve one of the APIs, and for up to half a minute after.
 */
export class DeletionRules extends Construct {
  constructor(scope: Construct, id: string, compositions: readonly Composition[]) {
    super(scope, id);
    for (const { name: rule, policy, binding } of deletionRules(compositions)) {
      const metadata = { name: rule };
      new ValidatingAdmissionPolicy(this, rule, { metadata, spec: { failurePolicy: 'Fail', ...policy } });
      new ValidatingAdmissionPolicyBinding(this, `${rule}-binding`, {
        metadata,
        spec: { policyName: rule, validationActions: ['Deny'], ...binding },
      });
    }
  }
}

/** The rules for the APIs of some compositions, all in one cluster. */
export function deletionRules(compositions: readonly Composition[]): DeletionRule[] {
  const apis = [...new Set(compositions.filter(({ takesOver }) => !takesOver).map(({ api }) => api))]
    .map((api) => ({ api, versions: api.versions.filter((one) => one.served && saysProtection(one)) }))
    .filter(({ versions }) => versions.length > 0)
    .sort((a, b) => (resourceOf(a.api) < resourceOf(b.api) ? -1 : 1));
  if (apis.length === 0) return [];
  const keeping = compositions.filter(({ takesOver }) => takesOver);
  const requests: DeletionRule = {
    name,
    policy: {
      matchConstraints: {
        resourceRules: apis.map(({ api, versions }) => ({
          apiGroups: [api.group],
          apiVersions: versions.map((version) => version.name),
          operations: ['DELETE'],
          resources: [api.plural],
        })),
      },
      validations: [
        {
          expression: mayGo('oldObject', keeping),
          messageExpression: `oldObject.kind + ' ' + oldObject.metadata.name + ' has ${protectionField}, and its data would be deleted with it; set ${protectionField} to false, wait until that is applied, then delete it'`,
          reason: 'Forbidden',
        },
      ],
    },
    binding: {},
  };
  const namespaced = apis.filter(({ api }) => api.scope === 'Namespaced');
  const namespaces = namespaced.map(
    ({ api, versions }): DeletionRule => ({
      name: `${name}-${resourceOf(api)}`,
      policy: {
        paramKind: { apiVersion: `${api.group}/${versions[0].name}`, kind: api.kind },
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['namespaces'] }],
        },
        validations: [
          {
            expression: mayGo(
              'params',
              keeping.filter((made) => made.api === api),
            ),
            messageExpression: `'the namespace holds ${api.kind} ' + params.metadata.name + ', which has ${protectionField}; set ${protectionField} to false, wait until that is applied, then delete it'`,
            reason: 'Forbidden',
          },
        ],
      },
      // Of a namespace the API server says that it lies in itself, so that its requests are found.
      binding: { paramRef: { selector: {}, parameterNotFoundAction: 'Allow' } },
    }),
  );
  return [requests, ...namespaces];
}

/** Whether a request may be deleted, in CEL. */
function mayGo(request: string, keeping: readonly Composition[]): string {
  const isFree = `!${request}.spec.?${protectionField}.orValue(false)`;
  if (keeping.length === 0) return isFree;
  const names = keeping.map((made) => `'${made.name}'`).sort();
  const path = keeping[0].target === 'v1' ? 'compositionRef' : 'crossplane.?compositionRef';
  const composition = `${request}.spec.?${path}.?name.orValue('')`;
  return `${isFree} || ${composition} in [${names.join(', ')}]`;
}

function resourceOf({ plural, group }: Composition['api']): string {
  return `${plural}.${group}`;
}
