import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import { fieldText, isWithin } from '../field-change';
import { isMadeAnew } from '../made-anew';
import type { RiskRule } from './risk-rule';

interface Fixed {
  /** Fields that can't change. */
  readonly fields: readonly string[];
  /** Fields below them that can. */
  readonly except?: readonly string[];
}

/** What the API server refuses to change (the `Validate…Update` functions of Kubernetes 1.34, and `x-kubernetes-validations`). */
const fixed: Readonly<Record<string, Fixed>> = {
  'apps/Deployment': { fields: ['spec.selector'] },
  'apps/DaemonSet': { fields: ['spec.selector'] },
  'apps/ReplicaSet': { fields: ['spec.selector'] },
  'apps/StatefulSet': {
    fields: ['spec'],
    except: [
      ...['replicas', 'ordinals', 'template', 'updateStrategy', 'minReadySeconds', 'revisionHistoryLimit'],
      'persistentVolumeClaimRetentionPolicy',
    ].map((field) => `spec.${field}`),
  },
  'batch/Job': {
    fields: ['template', 'selector', 'completions', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex'].map(
      (field) => `spec.${field}`,
    ),
  },
  Service: { fields: ['spec.clusterIP', 'spec.clusterIPs', 'spec.healthCheckNodePort', 'spec.loadBalancerClass'] },
  PersistentVolumeClaim: { fields: ['spec'], except: ['spec.resources', 'spec.volumeAttributesClassName'] },
  Secret: { fields: ['type'] },
  'rbac.authorization.k8s.io/RoleBinding': { fields: ['roleRef'] },
  'rbac.authorization.k8s.io/ClusterRoleBinding': { fields: ['roleRef'] },
  'storage.k8s.io/StorageClass': { fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'] },
  'scheduling.k8s.io/PriorityClass': { fields: ['value', 'preemptionPolicy'] },
  'networking.k8s.io/IngressClass': { fields: ['spec.controller'] },
  'node.k8s.io/RuntimeClass': { fields: ['handler'] },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    fields: ['spec.group', 'spec.names.kind', 'spec.names.plural', 'spec.scope'],
  },
  'apiextensions.crossplane.io/CompositeResourceDefinition': { fields: ['spec.group', 'spec.names', 'spec.scope'] },
  'apiextensions.crossplane.io/Composition': { fields: ['spec.compositeTypeRef', 'spec.mode'] },
};

/** A field changes that the API server does not let change. */
export const immutableField: RiskRule = {
  id: 'immutable-field',
  what: 'a field changes that cannot be changed',
  why: 'the API server refuses the update, and the sync fails until the object is deleted or the change is taken back',
  find({ before, after, fields }, { updateProblems, refusalOf }) {
    // Where a cluster was asked, its own word counts.
    if (!before || !after || isMadeAnew(after) || refusalOf) return [];
    const { fields: held, except = [] } = fixedOf(before);
    const within = (path: readonly string[]) => (field: string) => isWithin(path, field.split('.'));
    const changed = fields.filter(({ path }) => held.some(within(path)) && !except.some(within(path)));
    return [...changed.map(({ path }) => `${fieldText(path)} cannot be changed`), ...updateProblems(before, after)];
  },
};

function fixedOf(before: PlainObject): Fixed {
  const groupKind = groupKindOf(before);
  const known = Object.hasOwn(fixed, groupKind) ? fixed[groupKind] : { fields: [] };
  const isFrozen = before.immutable === true && (groupKind === 'ConfigMap' || groupKind === 'Secret');
  return isFrozen ? { fields: [...known.fields, 'data', 'binaryData', 'stringData', 'immutable'] } : known;
}
