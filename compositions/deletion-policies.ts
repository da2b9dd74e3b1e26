import type { BoolRef } from '../src/crossplane/composition/reference-types';

/** What Crossplane may do to a resource: all but delete it while its request is protected. */
export function deletionPolicies(protection: BoolRef) {
  return protection.map({ true: ['Observe', 'Create', 'Update', 'LateInitialize'], false: ['*'] });
}
