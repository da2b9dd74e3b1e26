import type { PlainObject } from '../../../src/crossplane/testing';
import type {
  PatchAndTransformInput,
  ResourceTemplate,
} from '../../../src/crossplane/testing/patch-and-transform-input';

/** What a structure case says beside its name; the rest is the same in all of them. */
export interface Structure {
  readonly inputs: readonly Partial<PatchAndTransformInput>[];
  readonly request?: Readonly<Record<string, unknown>>;
  readonly observed?: readonly PlainObject[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly autoReady?: boolean;
}

/** A template of a bucket. */
export const bucket = (name: string, more: Partial<ResourceTemplate> = {}): ResourceTemplate => ({
  name,
  base: { apiVersion: 's3.aws.m.upbound.io/v1beta2', kind: 'Bucket', spec: { forProvider: { region: 'eu-west-1' } } },
  ...more,
});

/** What is there of a bucket. */
export function seen(name: string, more: Record<string, unknown> = {}): PlainObject {
  const { metadata, ...rest } = more;
  const annotations = { 'crossplane.io/composition-resource-name': name };
  return {
    apiVersion: 's3.aws.m.upbound.io/v1beta2',
    kind: 'Bucket',
    metadata: { name: `orders-${name}`, namespace: 'shop', ...(metadata as object), annotations },
    ...rest,
  };
}

/** A status with conditions. */
export const conditions = (...pairs: readonly [string, string][]) => ({
  conditions: pairs.map(([type, status]) => ({
    type,
    status,
    reason: 'Seen',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  })),
});
/** A bucket in order. */
export const ready = { status: conditions(['Ready', 'True']) };
/** A connection detail that is always there. */
export const detail = (name: string, value: string) => ({ name, type: 'FromValue' as const, value });
