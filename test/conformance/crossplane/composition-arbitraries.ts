import * as fc from 'fast-check';
import type { PlainObject } from '../../../src/crossplane/testing';
import type {
  ConnectionDetail,
  Patch,
  PatchAndTransformInput,
  ReadinessCheck,
} from '../../../src/crossplane/testing/patch-and-transform-input';
import { transformsFor } from './transform-arbitraries';
import { type ValueKind, valuePaths, values } from './value-arbitraries';

/** One thing to render. */
export interface RenderCase {
  readonly name: string;
  readonly composition: PlainObject;
  readonly request: PlainObject;
  readonly observed: readonly PlainObject[];
  readonly environment?: Readonly<Record<string, unknown>>;
}

const resourceNames = ['queue', 'policy', 'bucket', 'role'];
const kinds: readonly [number, ValueKind][] = [
  [6, 'string'],
  [5, 'number'],
  [2, 'boolean'],
  [3, 'object'],
  [2, 'list'],
  [1, 'null'],
  [2, 'absent'],
];

/** A path of the generated values, and the kind of what is there. */
const source = fc
  .oneof(...kinds.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) })))
  .chain((kind) => fc.constantFrom(...valuePaths[kind]).map((path) => ({ kind, path })));

const composedTarget = fc.constantFrom(
  'spec.forProvider.name',
  'spec.forProvider.list[0]',
  'spec.forProvider.list[3].deep',
  'spec.forProvider.rows[*].name',
  'spec.forProvider.settings',
  'spec.forProvider.settings.inner',
  'metadata.labels[acme.io/size]',
  "metadata.annotations['acme.io/note']",
  'spec.forProvider.present',
  'spec.initProvider.a.b.c',
);
const mergeTarget = fc.constantFrom('spec.forProvider.settings', 'spec.forProvider.tags', 'spec.forProvider.items');
const compositeTarget = fc.constantFrom('status.address', 'status.info.port', 'status.list[1]', 'status.tags');
const environmentTarget = fc.constantFrom('handed', 'over.there', 'text', 'nested.count', 'tags');

const policies = fc.option(
  fc.record(
    {
      fromFieldPath: fc.constantFrom('Optional' as const, 'Required' as const),
      toFieldPath: fc.constantFrom('Replace' as const),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined, freq: 2 },
);
const mergePolicy = fc.constantFrom(
  'Replace' as const,
  'MergeObjects' as const,
  'MergeObjectsAppendArrays' as const,
  'ForceMergeObjects' as const,
  'ForceMergeObjectsAppendArrays' as const,
  'MergeObject' as const,
  'AppendArray' as const,
);

function copies(type: Patch['type'], root: string, target: fc.Arbitrary<string>): fc.Arbitrary<Patch> {
  const plain = source.chain(({ kind, path }) =>
    fc.record({
      type: fc.constant(type),
      fromFieldPath: fc.constant(root + path),
      toFieldPath: target,
      transforms: transformsFor(kind, path),
      policy: policies,
    }),
  );
  const merging = fc.constantFrom(...valuePaths.object, ...valuePaths.list).chain((path) =>
    fc.record({
      type: fc.constant(type),
      fromFieldPath: fc.constant(root + path),
      toFieldPath: type?.startsWith('From') ? mergeTarget : target,
      policy: fc.record({ toFieldPath: mergePolicy }),
    }),
  );
  return fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: merging });
}

function combines(type: Patch['type'], root: string, target: fc.Arbitrary<string>): fc.Arbitrary<Patch> {
  return fc.record({
    type: fc.constant(type),
    toFieldPath: target.filter((path) => !path.includes('*')),
    combine: fc.record({
      strategy: fc.constant('string' as const),
      variables: fc.array(
        source.map(({ path }) => ({ fromFieldPath: root + path })),
        { minLength: 1, maxLength: 3 },
      ),
      string: fc.constantFrom(
        { fmt: '%s-%s' },
        { fmt: '%v/%v/%v' },
        { fmt: '%d %s' },
        { fmt: 'fixed' },
        { fmt: '%[2]v' },
      ),
    }),
    policy: policies,
  });
}

const fromAnywhere = [
  copies('FromCompositeFieldPath', 'spec.', composedTarget),
  copies(undefined, 'spec.', composedTarget),
  copies('FromEnvironmentFieldPath', '', composedTarget),
  combines('CombineFromComposite', 'spec.', composedTarget),
  combines('CombineFromEnvironment', '', composedTarget),
];
const toAnywhere = [
  copies('ToCompositeFieldPath', 'status.', compositeTarget),
  copies('ToEnvironmentFieldPath', 'status.', environmentTarget),
  combines('CombineToComposite', 'status.', compositeTarget),
  combines('CombineToEnvironment', 'status.', environmentTarget),
];
const composedPatch = fc.oneof(...[...fromAnywhere, ...toAnywhere].map((arbitrary) => ({ weight: 3, arbitrary })), {
  weight: 1,
  arbitrary: fc.constant<Patch>({ type: 'PatchSet', patchSetName: 'common' }),
});
const environmentPatch = fc.oneof(
  copies('FromCompositeFieldPath', 'spec.', environmentTarget),
  copies('ToEnvironmentFieldPath', 'spec.', environmentTarget),
  combines('CombineFromComposite', 'spec.', environmentTarget),
  copies('ToCompositeFieldPath', '', compositeTarget),
  copies('FromEnvironmentFieldPath', '', compositeTarget),
  combines('CombineToComposite', '', compositeTarget),
);

const readinessCheck: fc.Arbitrary<ReadinessCheck> = fc.oneof(
  fc.constant<ReadinessCheck>({ type: 'None' }),
  source.map(({ path }): ReadinessCheck => ({ type: 'NonEmpty', fieldPath: `status.${path}` })),
  fc
    .constantFrom('small', 'large')
    .map((matchString): ReadinessCheck => ({ type: 'MatchString', fieldPath: 'status.size', matchString })),
  source.map(({ path }): ReadinessCheck => ({ type: 'MatchString', fieldPath: `status.${path}`, matchString: 'x' })),
  fc
    .constantFrom('count', 'text', 'missing')
    .map((path): ReadinessCheck => ({ type: 'MatchInteger', fieldPath: `status.${path}`, matchInteger: 1 })),
  fc
    .constantFrom('True', 'False', 'Unknown')
    .map((status): ReadinessCheck => ({ type: 'MatchCondition', matchCondition: { type: 'Synced', status } })),
  fc
    .constantFrom('MatchTrue' as const, 'MatchFalse' as const)
    .chain((type) =>
      fc.constantFrom('status.enabled', 'status.missing', 'status.text').map((fieldPath) => ({ type, fieldPath })),
    ),
);

const connectionDetail: fc.Arbitrary<ConnectionDetail> = fc.oneof(
  fc.constant<ConnectionDetail>({ name: 'port', type: 'FromValue', value: '5432' }),
  source.map(
    ({ path }): ConnectionDetail => ({ name: 'field', type: 'FromFieldPath', fromFieldPath: `status.${path}` }),
  ),
  fc.constant<ConnectionDetail>({ name: 'key', type: 'FromConnectionSecretKey', fromConnectionSecretKey: 'absent' }),
);

const base = {
  apiVersion: 'sqs.aws.m.upbound.io/v1beta1',
  kind: 'Queue',
  spec: {
    forProvider: {
      present: 'base',
      rows: [{ name: 'a' }, { name: 'b' }],
      settings: { inner: { depth: 1, kept: 'base', list: [1, 'small'] }, text: '', cpu: 2 },
      tags: { owner: 'base', cost: 0 },
      items: ['small', 1, { name: 'a' }],
    },
  },
};

const input: fc.Arbitrary<PatchAndTransformInput> = fc.record(
  {
    patchSets: fc
      .record({ name: fc.constant('common'), patches: fc.array(fc.oneof(...fromAnywhere), { maxLength: 2 }) })
      .map((set) => [set]),
    environment: fc.record({ patches: fc.array(environmentPatch, { maxLength: 3 }) }),
    resources: fc.subarray(resourceNames, { minLength: 1, maxLength: 3 }).chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record(
            {
              name: fc.constant(name),
              base: fc.constant(base as never),
              patches: fc.array(composedPatch, { maxLength: 5 }),
              readinessChecks: fc.array(readinessCheck, { maxLength: 2 }),
              connectionDetails: fc.array(connectionDetail, { maxLength: 2 }),
            },
            { requiredKeys: ['name', 'base'] },
          ),
        ),
      ),
    ),
    writeConnectionSecretToRef: fc.constantFrom(
      { name: 'login' },
      { namespace: 'other' },
      {
        patches: [{ fromFieldPath: 'metadata.name', toFieldPath: 'name' }],
      },
    ),
  },
  { requiredKeys: ['patchSets', 'resources'] },
);

const condition = (type: string) =>
  fc
    .constantFrom('True', 'False')
    .map((status) => ({ type, status, reason: 'Seen', lastTransitionTime: '2026-01-01T00:00:00Z' }));

const observedOf = (name: string): fc.Arbitrary<PlainObject> =>
  fc.tuple(values, fc.subarray(['Ready', 'Synced'])).chain(([status, types]) =>
    fc.tuple(...types.map(condition)).map((conditions) => ({
      apiVersion: base.apiVersion,
      kind: base.kind,
      metadata: {
        name: `orders-${name}-x1`,
        generateName: 'orders-',
        namespace: 'shop',
        annotations: { 'crossplane.io/composition-resource-name': name },
      },
      status: { ...status, conditions },
    })),
  );

/** Compositions of every patch, policy, transform and check, at every stage of what is there already. */
export const renderCases: fc.Arbitrary<Omit<RenderCase, 'name'>> = fc
  .record({
    input,
    second: fc.option(input, { nil: undefined, freq: 6 }),
    spec: values,
    observed: fc.subarray(resourceNames).chain((names) => fc.tuple(...names.map(observedOf))),
    environment: fc.option(values, { nil: undefined, freq: 2 }),
    modern: fc.boolean(),
    autoReady: fc.boolean(),
  })
  .map(({ input: first, second, spec, observed, environment, modern, autoReady }) => ({
    composition: composition([first, ...(second ? [second] : [])], autoReady),
    request: {
      apiVersion: 'acme.io/v1alpha1',
      kind: 'MessageQueue',
      metadata: { name: 'orders', namespace: 'shop', uid: 'c0ffee', labels: { team: 'orders' } },
      spec: { ...spec, ...(modern && { crossplane: {} }) },
    },
    observed,
    environment,
  }));

/** A composition with patch-and-transform steps of these inputs, and auto-ready after them. */
export function composition(inputs: readonly PatchAndTransformInput[], autoReady = true): PlainObject {
  const steps = inputs.map((step, index) => ({
    step: `patch-${index}`,
    functionRef: { name: 'function-patch-and-transform' },
    input: { apiVersion: 'pt.fn.crossplane.io/v1beta1', kind: 'Resources', ...step },
  }));
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'Composition',
    metadata: { name: 'queues' },
    spec: {
      compositeTypeRef: { apiVersion: 'acme.io/v1alpha1', kind: 'MessageQueue' },
      mode: 'Pipeline',
      pipeline: [...steps, ...(autoReady ? [{ step: 'ready', functionRef: { name: 'function-auto-ready' } }] : [])],
    },
  };
}
