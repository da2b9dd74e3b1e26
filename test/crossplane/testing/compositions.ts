import type { PlainObject } from '../../../src/crossplane/testing';
import type {
  Patch,
  PatchAndTransformInput,
  Transform,
} from '../../../src/crossplane/testing/patch-and-transform-input';

/** The step that patches, with this input. */
export function patchStep(input: PatchAndTransformInput, step = 'patch'): PlainObject {
  return {
    step,
    functionRef: { name: 'function-patch-and-transform' },
    input: { apiVersion: 'pt.fn.crossplane.io/v1beta1', kind: 'Resources', ...input },
  } as unknown as PlainObject;
}

/** The step that looks at conditions. */
export const readyStep = { step: 'ready', functionRef: { name: 'function-auto-ready' } };

/** A composition of queues with these steps. */
export function compositionOf(...pipeline: readonly object[]): PlainObject {
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'Composition',
    metadata: { name: 'queues' },
    spec: { compositeTypeRef: { apiVersion: 'acme.io/v1', kind: 'Queue' }, mode: 'Pipeline', pipeline },
  };
}

/** A request for a queue. */
export function requestOf(spec: Record<string, unknown>): PlainObject {
  return {
    apiVersion: 'acme.io/v1',
    kind: 'Queue',
    metadata: { name: 'orders', namespace: 'shop' },
    spec: { crossplane: {}, ...spec },
  };
}

/** What is there of a composed resource. */
export function observedOf(name: string, fields: Record<string, unknown>): PlainObject {
  return {
    apiVersion: 'sqs.aws.m.upbound.io/v1beta1',
    kind: 'Queue',
    metadata: {
      name: `orders-${name}`,
      namespace: 'shop',
      annotations: { 'crossplane.io/composition-resource-name': name },
    },
    ...fields,
  };
}

/** A composition of one SQS queue with these patches. */
export function queueWith(patches: readonly Patch[], spec: Record<string, unknown> = {}): PlainObject {
  const base = { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue', spec };
  return compositionOf(patchStep({ resources: [{ name: 'queue', base: base as never, patches }] }));
}

/** The patch that takes `spec.value` through transforms to `spec.result`. */
export function through(...transforms: readonly Transform[]): Patch {
  return { fromFieldPath: 'spec.value', toFieldPath: 'spec.result', transforms };
}
