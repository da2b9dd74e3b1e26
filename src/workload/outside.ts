import type { External } from '../platform/placed-object';
import { nameOf } from './volumes';
import type { WorkloadProps } from './workload-props';

/** What the props call existing, or hold outside of the app by its nature: naming it is no mistake. */
export function outsideOf(props: WorkloadProps): External[] {
  const claims = Object.values(props.volumes ?? {}).flatMap((v) => ('existingClaim' in v ? [v.existingClaim] : []));
  const secrets = [...(props.existingSecrets ?? []).map(nameOf), ...(props.imagePullSecrets ?? [])];
  return [
    ...claims.map((name) => ({ kind: 'PersistentVolumeClaim', name })),
    ...secrets.map((name) => ({ kind: 'Secret', name })),
  ];
}
