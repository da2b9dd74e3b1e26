import type { BoolRef, StrRef } from '../src/crossplane/composition/reference-types';

type Policies = readonly ('Observe' | 'Create' | 'Update' | 'LateInitialize' | '*')[];

const all: Policies = ['*'];
const allButDelete: Policies = ['Observe', 'Create', 'Update', 'LateInitialize'];

/** What Crossplane may do to a resource: all but delete it while its request is protected. */
export function deletionPolicies(protection: BoolRef) {
  return protection.map({ true: allButDelete, false: all });
}

/** The metadata of a request, as far as it tells a preview. */
interface LabelledRequest {
  readonly labels: Readonly<Record<string, StrRef>>;
}

/** What Crossplane may do to a resource that outlives its request, unless that is of a preview: nobody would come for it. */
export function keptPolicies(request: LabelledRequest, labelPrefix?: string) {
  return previewOf(request, labelPrefix).toConstant(all).orElse(allButDelete);
}

/** The same in the words of RabbitMQ's operator. */
export function keptInRabbitmq(request: LabelledRequest, labelPrefix?: string) {
  return previewOf(request, labelPrefix).toConstant<'delete' | 'retain'>('delete').orElse('retain');
}

/** The same for a resource of Crossplane v1. */
export function keptPolicy(request: LabelledRequest, labelPrefix?: string) {
  return previewOf(request, labelPrefix).toConstant<'Delete' | 'Orphan'>('Delete').orElse('Orphan');
}

function previewOf({ labels }: LabelledRequest, labelPrefix = 'golden-path.local'): StrRef {
  return labels[`${labelPrefix}/preview`];
}

/** What becomes of a resource of Crossplane v1 when its claim goes: it stays while the claim is protected. */
export function deletionPolicy(protection: BoolRef) {
  return protection.map({ true: 'Orphan', false: 'Delete' });
}
