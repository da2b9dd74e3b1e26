import { available, renderComposition } from '../../../src/crossplane/testing';
import type { Patch, PatchAndTransformInput } from '../../../src/crossplane/testing/patch-and-transform-input';
import { compositionOf, observedOf, patchStep, queueWith, readyStep, requestOf } from './compositions';

const base = { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue' };
const waiting = {
  name: 'waiting',
  base,
  patches: [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' as const } }],
};

test('the request is not ready while a resource waits, even when all others are', () => {
  const composition = compositionOf(patchStep({ resources: [{ name: 'queue', base }, waiting] }), readyStep);
  const { ready, unready, composite } = renderComposition(composition, requestOf({}), [
    observedOf('queue', { status: available() }),
  ]);
  expect({ ready, unready }).toEqual({ ready: false, unready: [] });
  expect(composite.status.conditions[0]).not.toHaveProperty('message');
});

test('a second step of patches forgets that one waits', () => {
  const composition = compositionOf(
    patchStep({ resources: [waiting] }),
    patchStep({ resources: [{ name: 'queue', base }] }, 'second'),
  );
  expect(renderComposition(composition, requestOf({}), [observedOf('queue', { status: available() })]).ready).toBe(
    true,
  );
});

test('a condition that a patch brings is replaced by the one that says whether the request is ready', () => {
  const composition = queueWith([{ type: 'ToCompositeFieldPath', fromFieldPath: 'status.conditions' }]);
  const { composite } = renderComposition(composition, requestOf({}), [observedOf('queue', { status: available() })]);
  expect(composite.status.conditions).toEqual([
    expect.objectContaining({ type: 'Ready', status: 'True', lastTransitionTime: '2024-01-01T00:00:00Z' }),
    expect.objectContaining({ type: 'Synced', status: 'True' }),
  ]);
});

test.each([
  // A null is passed over, unless all that there was to merge into an empty object was null.
  ['MergeObjects', { old: 1, filled: { y: 1 }, hollow: { x: null } }],
  ['ForceMergeObjects', { old: null, filled: { x: null, y: 1 }, hollow: { x: null } }],
] as const)('nulls through %s', (toFieldPath, expected) => {
  const patch = { fromFieldPath: 'spec.from', toFieldPath: 'spec.into', policy: { toFieldPath } };
  const composition = queueWith([patch], { into: { old: 1, filled: {}, hollow: {} } });
  const request = requestOf({ from: { old: null, filled: { x: null, y: 1 }, hollow: { x: null } } });
  expect(renderComposition(composition, request).resources[0].spec.into).toEqual(expected);
});

test('a step without base patches what an earlier step made, whose numbers became floats on the way', () => {
  const first = patchStep({
    resources: [{ name: 'queue', base: { ...base, spec: { numbers: [1, 2], size: 1_000_000 } } }],
  });
  const second: PatchAndTransformInput = {
    resources: [
      {
        name: 'queue',
        patches: [
          { fromFieldPath: 'spec.numbers', toFieldPath: 'spec.numbers', policy: { toFieldPath: 'AppendArray' } },
        ],
      },
    ],
  };
  const { resources } = renderComposition(
    compositionOf(first, patchStep(second, 'second')),
    requestOf({ numbers: [2, 3] }),
  );
  // In one step the 2 would be known; a float64 never equals an int64.
  expect(resources[0].spec.numbers).toEqual([1, 2, 2, 3]);
});

test('a step without base needs an earlier one', () => {
  expect(() => renderComposition(compositionOf(patchStep({ resources: [{ name: 'queue' }] })), requestOf({}))).toThrow(
    'composed resource "queue" has no base template, and was not produced by a previous Function in the pipeline',
  );
});

test('an environment patch of a required source is fatal, not a reason to wait', () => {
  const patches = [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' as const } }];
  const composition = compositionOf(patchStep({ environment: { patches } }));
  expect(() => renderComposition(composition, requestOf({}))).toThrow(
    'cannot apply the "FromCompositeFieldPath" environment patch at index 0: spec.missing: no such field',
  );
});

test('patch sets stand where they are named', () => {
  const composition = compositionOf(
    patchStep({
      patchSets: [{ name: 'common', patches: [{ fromFieldPath: 'metadata.name', toFieldPath: 'spec.name' }] }],
      resources: [{ name: 'queue', base, patches: [{ type: 'PatchSet', patchSetName: 'common' }] }],
    }),
  );
  expect(renderComposition(composition, requestOf({})).resources[0].spec).toEqual({ name: 'orders' });
});

test.each<[string, Partial<PatchAndTransformInput>, string]>([
  ['no resources', {}, 'resources: Required value: resources or environment patches are required'],
  [
    'a resource without name',
    { resources: [{ name: '', base }] },
    'resources[0].name: Required value: name is required',
  ],
  [
    'a patch without source',
    { resources: [{ name: 'a', base, patches: [{ toFieldPath: 'x' }] }] },
    'resources[0].patches[0].fromFieldPath: Required value: fromFieldPath must be set for patch type FromCompositeFieldPath',
  ],
  [
    'a combine of nothing',
    {
      resources: [
        {
          name: 'a',
          base,
          patches: [{ type: 'CombineFromComposite', toFieldPath: 'x', combine: { strategy: 'string', variables: [] } }],
        },
      ],
    },
    'resources[0].patches[0].combine.string: Required value: string must be set for combine strategy string',
  ],
  [
    'an unknown policy',
    {
      resources: [
        { name: 'a', base, patches: [{ fromFieldPath: 'x', policy: { toFieldPath: 'Merge' as 'Replace' } }] },
      ],
    },
    'Invalid value: "Merge": unknown toFieldPathPolicy',
  ],
  [
    'a patch between the environment and a resource among those of the environment',
    { environment: { patches: [{ type: 'CombineFromEnvironment' }] } },
    'environment.patches[0][type]: Invalid value: "CombineFromEnvironment": invalid environment patch type',
  ],
  [
    'a readiness check without path',
    { resources: [{ name: 'a', base, readinessChecks: [{ type: 'NonEmpty' }] }] },
    'resources[0].readinessChecks[0].fieldPath: Required value: cannot be empty',
  ],
  [
    'a connection detail without key',
    { resources: [{ name: 'a', base, connectionDetails: [{ name: 'k', type: 'FromConnectionSecretKey' }] }] },
    'from connection secret key connection detail requires a key',
  ],
])('%s is refused before anything runs', (_, input, message) => {
  expect(() => renderComposition(compositionOf(patchStep(input)), requestOf({}))).toThrow(`invalid Function input: `);
  expect(() => renderComposition(compositionOf(patchStep(input)), requestOf({}))).toThrow(message);
});

describe('the connection Secret', () => {
  const secretOf = (writeConnectionSecretToRef: PatchAndTransformInput['writeConnectionSecretToRef'], spec = {}) => {
    const details = [
      { name: 'text', type: 'FromFieldPath' as const, fromFieldPath: 'status.text' },
      { name: 'list', type: 'FromFieldPath' as const, fromFieldPath: 'status.list' },
      { name: 'gone', type: 'FromFieldPath' as const, fromFieldPath: 'status.gone' },
    ];
    const resources = [{ name: 'queue', base, connectionDetails: details }];
    const composition = compositionOf(patchStep({ resources, writeConnectionSecretToRef }));
    const observed = [observedOf('queue', { status: { text: 'a', list: [1, '<'] } })];
    return renderComposition(composition, requestOf(spec), observed).resources.find(({ kind }) => kind === 'Secret');
  };

  test('holds texts as they are, anything else as JSON, and nothing of what is not there', () => {
    const data: Record<string, string> = secretOf(undefined)?.data;
    const plain = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
    expect(Object.fromEntries(plain)).toEqual({ text: 'a', list: '[1,"\\u003c"]' });
  });

  test.each([
    ['the request', undefined, {}, 'orders-connection'],
    ['the input', { name: 'login' }, {}, 'login'],
    ['the request, which counts more', { name: 'login' }, { writeConnectionSecretToRef: { name: 'asked' } }, 'asked'],
    [
      'a patch',
      { name: 'login', patches: [{ fromFieldPath: 'spec.name', toFieldPath: 'name' }] },
      { name: 'patched' },
      'patched',
    ],
    [
      'a patch without source',
      { name: 'login', patches: [{ fromFieldPath: 'spec.x', toFieldPath: 'name' }] },
      {},
      'login',
    ],
  ])('is named by %s', (_, ref, spec, name) => {
    expect(secretOf(ref, spec)?.metadata.name).toBe(name);
  });

  test('takes its name from the request only', () => {
    const patches = [{ type: 'FromEnvironmentFieldPath' as const, fromFieldPath: 'x', toFieldPath: 'name' }];
    expect(() => secretOf({ patches })).toThrow('unsupported patch type FromEnvironmentFieldPath at index 0');
  });
});

test.each([
  ['is a float as it was given', [], '%!d(float64=5)'],
  ['is an integer once anything was written beside it', [{ fromFieldPath: 'metadata.name', toFieldPath: 'who' }], '5'],
])('a number of the environment %s', (_, patches, expected) => {
  const fmt: Patch = {
    type: 'FromEnvironmentFieldPath',
    fromFieldPath: 'count',
    toFieldPath: 'spec.text',
    transforms: [{ type: 'string', string: { type: 'Format', fmt: '%d' } }],
  };
  const composition = compositionOf(
    patchStep({ environment: { patches }, resources: [{ name: 'queue', base, patches: [fmt] }] }),
  );
  const { resources } = renderComposition(composition, requestOf({}), [], { environment: { count: 5 } });
  expect(resources[0].spec.text).toBe(expected);
});
