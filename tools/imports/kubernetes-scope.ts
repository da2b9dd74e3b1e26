/**
 * The kinds of Kubernetes' own groups that belong to the whole cluster. Its published definitions do not say; this is
 * the server's answer at `/apis/<group>/<version>` (`namespaced: false`), by group.
 */
const clusterScoped: Readonly<Record<string, readonly string[]>> = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['StorageVersion'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourcePoolStatusRequest', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
};

/** The kinds that live in a namespace, by group, from the same answer with `namespaced: true`. */
const namespacedKinds: Readonly<Record<string, readonly string[]>> = {
  '': [
    'ConfigMap',
    'Endpoints',
    'Event',
    'LimitRange',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  apps: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'authorization.k8s.io': ['LocalSubjectAccessReview'],
  autoscaling: ['HorizontalPodAutoscaler'],
  batch: ['CronJob', 'Job'],
  'certificates.k8s.io': ['PodCertificateRequest'],
  'coordination.k8s.io': ['Lease', 'LeaseCandidate'],
  'discovery.k8s.io': ['EndpointSlice'],
  'events.k8s.io': ['Event'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  policy: ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io': ['Role', 'RoleBinding'],
  'resource.k8s.io': ['ResourceClaim', 'ResourceClaimTemplate'],
  'scheduling.k8s.io': ['PodGroup', 'Workload'],
  'storage.k8s.io': ['CSIStorageCapacity'],
};

/** Kinds that are only ever posted to another object (`pods/eviction`), so no manifest holds one. */
const subresources: Readonly<Record<string, readonly string[]>> = {
  '': ['Binding'],
  'authentication.k8s.io': ['TokenRequest'],
  autoscaling: ['Scale'],
  policy: ['Eviction'],
};

/**
 * Whether a kind lives in a namespace, or undefined when no manifest can hold one.
 *
 * @throws Error when the tables do not know the kind, so that a new one is placed by hand and not by a guess.
 */
export function isNamespaced(group: string, kind: string): boolean | undefined {
  if (clusterScoped[group]?.includes(kind)) return false;
  if (namespacedKinds[group]?.includes(kind)) return true;
  if (subresources[group]?.includes(kind)) return undefined;
  throw new Error(`${group || 'core'} ${kind} has no known scope; add it to tools/imports/kubernetes-scope.ts`);
}

/** The name of a kind in URLs; `Endpoints` is the one plural that is a kind already. */
export function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (kind === 'Endpoints') return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
