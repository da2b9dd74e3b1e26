import type { KubernetesMinor } from '../platform/kubernetes-minor';
import type { PlainObject } from '../platform/placed-object';
import type { KindRegistry } from '../schema/kind-registry';
import { kindOf } from '../schema/kinds';
import { compareValues } from './compare-values';
import type { FieldChange } from './field-change';
import { withoutNoise } from './noise';
import { isShaped, shapeOf } from './shapes/kind-shapes';

/** What a comparison knows of the cluster that objects are for. */
export interface ComparedCluster {
  /** Kubernetes minor. @default - schemas are not used: lists are read by what is known of Kubernetes' own kinds */
  readonly minor?: KubernetesMinor;
  /** Kinds of the platform's own CRDs. @default - none */
  readonly kinds?: KindRegistry;
}

/**
 * The fields in which two objects differ for a cluster. The order of keys, and of lists whose order means nothing, what the API
 * server fills in or writes about an object, and how quantities are spelled make no difference.
 */
export function compareObjects(
  before: PlainObject,
  after: PlainObject,
  { minor, kinds }: ComparedCluster = {},
): FieldChange[] {
  const kind = minor && kindOf(after.apiVersion, after.kind, minor, kinds);
  const changes: FieldChange[] = [];
  const reading = {
    node: kind?.schema,
    shape: shapeOf(after),
    isOwn: kind ? kind.source === 'kubernetes' : isOwn(after),
  };
  compareValues(withoutNoise(before), withoutNoise(after), reading, [], changes);
  return changes;
}

/** Whether the API server reads an object into a struct, in which null and an empty list are nothing. */
function isOwn(object: PlainObject): boolean {
  return !object.apiVersion.split('/')[0].includes('.') || isShaped(object);
}
