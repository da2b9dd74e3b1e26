import type { BoolRef } from '../src/crossplane/composition/reference-types';

/** What Crossplane may do to a resource: all but delete it while its request is protected. */
export function deletionPolicies(protection: BoolRef) {
  return protection.map({ true: ['Observe', 'Create', 'Update', 'LateInitialize'], false: ['*'] });
}

/** What becomes of a resource of Crossplane v1 when its claim goes: it stays while the claim is protected. */
export function deletionPolicy(protection: BoolRef) {
  return protection.map({ true: 'Orphan', false: 'Delete' });
}
