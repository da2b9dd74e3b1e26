import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ConfigMap,
  type ObjectMeta,
  PersistentVolumeClaim,
  Role,
  RoleBinding,
  ServiceAccount,
} from '../../imports/kubernetes';
import { suffixed } from '../platform/names';
import { type IdentityProps, identityAnnotations } from './identity';
import { claimSpec, ownClaims, type VolumeProps } from './volumes';
import type { WorkloadProps } from './workload-props';

/** Metadata of an object of a workload, with annotations of its own and, where it is not the workload's, a name. */
export type OwnMetadata = (annotations?: Readonly<Record<string, string>>, name?: string) => ObjectMeta;

/** The account of a workload's pods, with a role where it may do something in the cluster. */
export function ownAccount(scope: Construct, metadata: OwnMetadata, props: IdentityProps): ServiceAccount {
  const account = new ServiceAccount(scope, 'service-account', {
    metadata: metadata(identityAnnotations(props.identity)),
    automountServiceAccountToken: false,
  });
  if (props.permissions?.length) {
    const role = new Role(scope, 'role', { metadata: metadata(), rules: [...props.permissions] });
    new RoleBinding(scope, 'role-binding', {
      metadata: metadata(),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: account.name }],
    });
  }
  return account;
}

/** A ConfigMap of a workload; undefined without data. */
export function ownConfigMap(
  scope: Construct,
  id: string,
  metadata: ObjectMeta,
  data: Readonly<Record<string, string>>,
): ConfigMap | undefined {
  return Object.keys(data).length > 0 ? new ConfigMap(scope, id, { metadata, data: { ...data } }) : undefined;
}

/**
 * The claims that a workload makes for its volumes, by volume.
 *
 * @param keep whether the data stays when the workload goes
 */
export function ownedClaims(
  scope: Construct,
  metadata: OwnMetadata,
  name: string,
  props: VolumeProps,
  keep: boolean,
): Record<string, PersistentVolumeClaim> {
  return Object.fromEntries(
    ownClaims(props).map(([volume, options]) => {
      // Argo CD must never take data away with a pruned manifest.
      const kept = metadata(keep ? { 'argocd.argoproj.io/sync-options': 'Prune=false' } : {}, suffixed(name, volume));
      return [
        volume,
        new PersistentVolumeClaim(scope, `claim-${volume}`, { metadata: kept, spec: claimSpec(options) }),
      ];
    }),
  );
}

/** Objects that a workload brings along: named after it where they have no name, and labelled like it. */
export function ownedObjects(
  scope: Construct,
  { name, labels }: { readonly name: string; readonly labels: Readonly<Record<string, string>> },
  objects: WorkloadProps['objects'] = {},
): void {
  for (const [key, object] of Object.entries(objects)) {
    const own = (object.metadata ?? {}) as { readonly labels?: object };
    const metadata = { name: suffixed(name, key), ...own, labels: { ...labels, ...own.labels } };
    new ApiObject(scope, key, { ...object, metadata });
  }
}
