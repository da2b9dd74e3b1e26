import { renderComposition } from '../../../src/crossplane/testing';
import { compositionOf, observedOf, patchStep, queueWith, readyStep, requestOf } from './compositions';

const queue = { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue' };
const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
const required = { fromFieldPath: 'status.arn', policy: { fromFieldPath: 'Required' as const } };

test('a composed resource gets the names, labels and owner that Crossplane gives it', () => {
  const { resources } = renderComposition(queueWith([]), {
    ...requestOf({}),
    metadata: { name: 'orders', namespace: 'shop', uid: 'u1' },
  });
  expect(resources).toEqual([
    {
      ...queue,
      metadata: {
        generateName: 'orders-',
        namespace: 'shop',
        annotations: { 'crossplane.io/composition-resource-name': 'queue' },
        labels: { 'crossplane.io/composite': 'orders' },
        ownerReferences: [
          {
            apiVersion: 'acme.io/v1',
            kind: 'Queue',
            name: 'orders',
            uid: 'u1',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: {},
    },
  ]);
});

test('a resource that is there keeps its name', () => {
  const { resources } = renderComposition(queueWith([]), requestOf({}), [observedOf('queue', {})]);
  expect(resources[0].metadata).toMatchObject({ name: 'orders-queue' });
  expect(resources[0].metadata).not.toHaveProperty('generateName');
});

test('the request is ready when all that was composed is', () => {
  const composition = compositionOf(
    patchStep({ resources: ['a', 'b'].map((name) => ({ name, base: queue as never })) }),
    readyStep,
  );
  const half = renderComposition(composition, requestOf({}), [observedOf('a', ready)]);
  expect(half).toMatchObject({ ready: false, unready: ['b'] });
  expect(half.composite.status.conditions).toEqual([
    expect.objectContaining({ type: 'Ready', status: 'False', reason: 'Creating', message: 'Unready resources: b' }),
  ]);
  const whole = renderComposition(composition, requestOf({}), [observedOf('a', ready), observedOf('b', ready)]);
  expect(whole).toMatchObject({ ready: true, unready: [] });
});

test.each([
  [3, 'Unready resources: r0, r1, and r2'],
  [5, 'Unready resources: r0, r1, r2, and 2 more'],
])('%i unready resources read %s', (count, message) => {
  const resources = Array.from({ length: count }, (_, index) => ({ name: `r${index}`, base: queue as never }));
  const { composite } = renderComposition(compositionOf(patchStep({ resources })), requestOf({}));
  expect(composite.status.conditions[0].message).toBe(message);
});

test('a resource waits for a required source, with a warning, and the request with it', () => {
  const composition = compositionOf(
    patchStep({
      resources: [
        {
          name: 'dlq',
          base: queue as never,
          patches: [{ type: 'ToEnvironmentFieldPath', fromFieldPath: 'status.arn', toFieldPath: 'dlq' }],
        },
        {
          name: 'queue',
          base: queue as never,
          patches: [
            {
              type: 'FromEnvironmentFieldPath',
              fromFieldPath: 'dlq',
              toFieldPath: 'spec.arn',
              policy: { fromFieldPath: 'Required' },
            },
          ],
        },
      ],
    }),
  );
  const first = renderComposition(composition, requestOf({}));
  expect(first.resources).toHaveLength(1);
  expect(first.ready).toBe(false);
  expect(first.results).toEqual([
    {
      step: 'patch',
      severity: 'Warning',
      message:
        'not adding new composed resource "queue" to desired state because "FromEnvironmentFieldPath" patch at index 0 ' +
        "has 'policy.fromFieldPath: Required': dlq: no such field",
    },
  ]);
  const second = renderComposition(composition, requestOf({}), [observedOf('dlq', { status: { arn: 'arn:dlq' } })]);
  expect(second.resources[1].spec).toEqual({ arn: 'arn:dlq' });
  expect(second.results).toEqual([]);
});

test('a resource that is there stays when its required source is gone', () => {
  const composition = queueWith([{ ...required, fromFieldPath: 'spec.gone', toFieldPath: 'spec.arn' }]);
  const { resources, results } = renderComposition(composition, requestOf({}), [observedOf('queue', {})]);
  expect(resources).toHaveLength(1);
  expect(results[0].message).toMatch(/ignoring 'policy.fromFieldPath: Required' because 'to' resource already exists/);
});

test('a resource without an observed twin gives the request nothing', () => {
  const composition = queueWith([
    { type: 'ToCompositeFieldPath', fromFieldPath: 'status.url', toFieldPath: 'status.url' },
  ]);
  expect(renderComposition(composition, requestOf({})).composite.status).not.toHaveProperty('url');
  const seen = renderComposition(composition, requestOf({}), [observedOf('queue', { status: { url: 'https://q' } })]);
  expect(seen.composite.status.url).toBe('https://q');
});

test('the environment is given, and left for whoever comes next', () => {
  const composition = queueWith([
    { type: 'FromEnvironmentFieldPath', fromFieldPath: 'region', toFieldPath: 'spec.region' },
  ]);
  const { resources, context } = renderComposition(composition, requestOf({}), [], {
    environment: { region: 'eu-west-1' },
  });
  expect(resources[0].spec.region).toBe('eu-west-1');
  expect(context['apiextensions.crossplane.io/environment']).toMatchObject({
    region: 'eu-west-1',
    kind: 'Environment',
  });
});

describe('connection details', () => {
  const composition = compositionOf(
    patchStep({
      resources: [
        {
          name: 'queue',
          base: queue as never,
          connectionDetails: [
            { name: 'url', type: 'FromConnectionSecretKey', fromConnectionSecretKey: 'url' },
            { name: 'port', type: 'FromFieldPath', fromFieldPath: 'status.port' },
            { name: 'scheme', type: 'FromValue', value: 'https' },
          ],
        },
      ],
    }),
  );
  const observed = [observedOf('queue', { status: { port: 443 } })];
  const options = { connectionDetails: { queue: { url: 'https://q' } } };

  test('are in a composed Secret', () => {
    const { resources, connectionDetails } = renderComposition(composition, requestOf({}), observed, options);
    expect(connectionDetails).toEqual({ url: 'https://q', port: '443', scheme: 'https' });
    expect(resources.find(({ kind }) => kind === 'Secret')).toMatchObject({
      metadata: { name: 'orders-connection', namespace: 'shop' },
      data: { url: 'aHR0cHM6Ly9x', port: 'NDQz', scheme: 'aHR0cHM=' },
      type: 'connection.crossplane.io/v1alpha1',
    });
  });

  test('are left to Crossplane v1, which a request without spec.crossplane is of', () => {
    const request = { ...requestOf({}), spec: {} };
    const { resources, connectionDetails } = renderComposition(composition, request, observed, options);
    expect(connectionDetails).toHaveProperty('url', 'https://q');
    expect(resources.map(({ kind }) => kind)).toEqual(['Queue']);
  });
});

describe('what cannot be rendered names its place', () => {
  test('a step of another function', () => {
    const composition = compositionOf({ step: 'templates', functionRef: { name: 'function-go-templating' } });
    expect(() => renderComposition(composition, requestOf({}))).toThrow(
      '[composition queues, step templates] function "function-go-templating" cannot be run here; ' +
        'known are function-patch-and-transform and function-auto-ready',
    );
  });

  test('a request of another kind', () => {
    expect(() => renderComposition(queueWith([]), { apiVersion: 'acme.io/v1', kind: 'Bucket' })).toThrow(
      'is for acme.io/v1 Queue, not for a request of acme.io/v1 Bucket',
    );
  });

  test('an observed resource that does not say which it is', () => {
    const stranger = { ...queue, metadata: { name: 'x' } };
    expect(() => renderComposition(queueWith([]), requestOf({}), [stranger])).toThrow(
      'observed Queue x has no annotation crossplane.io/composition-resource-name',
    );
  });

  test('an error of a function', () => {
    const composition = queueWith([{ fromFieldPath: 'spec.name.first', toFieldPath: 'spec.name' }]);
    expect(() => renderComposition(composition, requestOf({ name: 'x' }))).toThrow(
      '[composition queues, step patch] cannot render composed resource "queue" "FromCompositeFieldPath" patch at index 0: ' +
        'spec.name: not an object',
    );
  });

  test('a member that the input does not have', () => {
    const composition = queueWith([{ fromFieldPath: 'spec.name', toField: 'spec.name' } as never]);
    expect(() => renderComposition(composition, requestOf({ name: 'x' }))).toThrow(
      'cannot get Function input: unknown object member name "toField" at resources[0].patches[0].toField',
    );
  });
});

test('nothing that was given is changed', () => {
  const composition = queueWith([{ fromFieldPath: 'spec.tags', policy: { toFieldPath: 'MergeObjects' } }], {
    tags: { a: 1 },
  });
  const request = requestOf({ tags: { b: { c: [1] } } });
  const observed = [observedOf('queue', { status: { url: 'x' } })];
  const before = JSON.stringify([composition, request, observed]);
  renderComposition(composition, request, observed);
  expect(JSON.stringify([composition, request, observed])).toBe(before);
});
