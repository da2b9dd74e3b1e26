import { groupKindOf, namespaceOf, type PlainObject } from '../platform/placed-object';

/** What tells an object from all others of a cluster: by name first, so that what belongs to one workload stands together. */
export function identityOf(object: PlainObject): string {
  return `${namespaceOf(object)} ${object.metadata.name} ${groupKindOf(object)}`;
}
