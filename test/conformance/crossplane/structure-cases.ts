import type { PlainObject } from '../../../src/crossplane/testing';
import type {
  PatchAndTransformInput,
  ResourceTemplate,
} from '../../../src/crossplane/testing/patch-and-transform-input';
import type { ValueObject } from '../../../src/crossplane/testing/value';
import { composition, type RenderCase } from './composition-arbitraries';

/** What a structure case says beside its name; the rest is the same in all of them. */
interface Structure {
  readonly inputs: readonly Partial<PatchAndTransformInput>[];
  readonly request?: Readonly<Record<string, unknown>>;
  readonly observed?: readonly PlainObject[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly autoReady?: boolean;
}

const bucket = (name: string, more: Partial<ResourceTemplate> = {}): ResourceTemplate => ({
  name,
  base: { apiVersion: 's3.aws.m.upbound.io/v1beta2', kind: 'Bucket', spec: { forProvider: { region: 'eu-west-1' } } },
  ...more,
});

function seen(name: string, more: Record<string, unknown> = {}): PlainObject {
  const { metadata, ...rest } = more;
  const annotations = { 'crossplane.io/composition-resource-name': name };
  return {
    apiVersion: 's3.aws.m.upbound.io/v1beta2',
    kind: 'Bucket',
    metadata: { name: `orders-${name}`, namespace: 'shop', ...(metadata as object), annotations },
    ...rest,
  };
}

const conditions = (...pairs: readonly [string, string][]) => ({
  conditions: pairs.map(([type, status]) => ({
    type,
    status,
    reason: 'Seen',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  })),
});
const ready = { status: conditions(['Ready', 'True']) };
const detail = (name: string, value: string) => ({ name, type: 'FromValue' as const, value });
const withSecret = (
  ref: PatchAndTransformInput['writeConnectionSecretToRef'],
  request: Structure['request'] = {},
): Structure => ({
  inputs: [{ resources: [bucket('a', { connectionDetails: [detail('k', 'v')] })], writeConnectionSecretToRef: ref }],
  observed: [seen('a', ready)],
  request: { spec: { crossplane: {}, name: 'chosen', count: 3, ...(request as { spec?: object }).spec } },
});

/** One observed object of a built-in kind; auto-ready has to say the same of it. */
const health = (apiVersion: string, kind: string, more: Record<string, unknown>): Structure => ({
  inputs: [
    {
      resources: [
        { name: 'a', base: { apiVersion, kind }, readinessChecks: [{ type: 'NonEmpty', fieldPath: 'status.never' }] },
      ],
    },
  ],
  observed: [{ ...seen('a', more), apiVersion, kind }],
});

/** A step that writes the environment, then formats a number of it. */
const countInEnvironment = (
  patches: NonNullable<PatchAndTransformInput['environment']>['patches'],
): Partial<PatchAndTransformInput> => ({
  environment: { patches },
  resources: [
    bucket(`after-${patches?.length}`, {
      patches: [
        {
          type: 'FromEnvironmentFieldPath',
          fromFieldPath: 'count',
          toFieldPath: 'spec.text',
          transforms: [{ type: 'string', string: { type: 'Format', fmt: '%d' } }],
        },
      ],
    }),
  ],
});

/** Members that are empty in one way or another, some with this object in them. */
const hollow = (inner: ValueObject): ValueObject => ({
  old: inner.x === null ? null : 1,
  filled: { ...inner, y: inner.x === null ? 1 : 2 },
  hollow: inner,
  deep: { hollow: inner },
  text: inner.x === null ? 'new' : '',
  list: inner.x === null ? [] : [1],
  kept: inner.x === null ? [2] : [],
});

const structures: Readonly<Record<string, Structure>> = {
  'nothing to do': { inputs: [{}] },
  'only environment patches': {
    inputs: [{ environment: { patches: [{ fromFieldPath: 'metadata.name', toFieldPath: 'who' }] } }],
  },
  'no function but auto-ready': { inputs: [] },
  'a base with names and metadata of its own': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name: 'mine', namespace: 'elsewhere', labels: { a: 'b' }, annotations: { c: 'd', e: null } },
            },
          }),
          bucket('b', {
            base: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'x-', annotations: { bad: 5 } } },
          }),
        ],
      },
    ],
  },
  'a base with another controller': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: {
                name: 'mine',
                ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'other', controller: true }],
              },
            },
          }),
        ],
      },
    ],
  },
  'a base with an owner': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'other' }] },
            },
          }),
        ],
      },
    ],
  },
  'a base without kind': { inputs: [{ resources: [{ name: 'a', base: { apiVersion: 'v1' } }] }] },
  'no base and no earlier step': { inputs: [{ resources: [{ name: 'a' }] }] },
  'no base, patched from an earlier step': {
    inputs: [
      {
        resources: [bucket('a', { base: { apiVersion: 'v1', kind: 'ConfigMap', data: { n: 1, list: [1, 'small'] } } })],
      },
      {
        resources: [
          {
            name: 'a',
            patches: [
              { fromFieldPath: 'spec.list', toFieldPath: 'data.list', policy: { toFieldPath: 'AppendArray' } },
              { fromFieldPath: 'metadata.name', toFieldPath: 'data.name' },
            ],
          },
        ],
      },
    ],
    request: { spec: { list: [1, 'small', 2] } },
  },
  'a second step forgets what the first skipped': {
    inputs: [
      {
        resources: [
          bucket('a', { patches: [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } }] }),
        ],
      },
      { resources: [bucket('b')] },
    ],
    observed: [seen('b', ready)],
  },
  'a skipped resource makes the request unready': {
    inputs: [
      {
        resources: [
          bucket('a', { patches: [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } }] }),
          bucket('b'),
        ],
      },
    ],
    observed: [seen('b', ready)],
  },
  'a required source that is lost later': {
    inputs: [
      {
        resources: [
          bucket('a', {
            patches: [
              { fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } },
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.gone', policy: { fromFieldPath: 'Required' } },
            ],
          }),
        ],
      },
    ],
    observed: [seen('a', ready)],
  },
  'an environment patch of a required source': {
    inputs: [{ environment: { patches: [{ fromFieldPath: 'spec.missing', policy: { fromFieldPath: 'Required' } }] } }],
  },
  'an environment patch of a type for resources': {
    inputs: [{ environment: { patches: [{ type: 'CombineFromEnvironment' }] } }],
  },
  'a patch set in a patch set': {
    inputs: [
      { patchSets: [{ name: 'x', patches: [{ type: 'PatchSet', patchSetName: 'x' }] }], resources: [bucket('a')] },
    ],
  },
  'a patch set': {
    inputs: [
      {
        patchSets: [{ name: 'x', patches: [{ fromFieldPath: 'metadata.name', toFieldPath: 'spec.name' }] }],
        resources: [bucket('a', { patches: [{ type: 'PatchSet', patchSetName: 'x' }] })],
      },
    ],
  },
  'the environment keeps its integers for one step': {
    inputs: [
      {
        environment: { patches: [{ fromFieldPath: 'spec.count', toFieldPath: 'count' }] },
        resources: [
          bucket('a', {
            patches: [
              {
                type: 'FromEnvironmentFieldPath',
                fromFieldPath: 'count',
                toFieldPath: 'spec.text',
                transforms: [{ type: 'string', string: { type: 'Format', fmt: '%d' } }],
              },
            ],
          }),
        ],
      },
      {
        resources: [
          bucket('b', {
            patches: [
              {
                type: 'CombineFromEnvironment',
                toFieldPath: 'spec.text',
                combine: { strategy: 'string', variables: [{ fromFieldPath: 'count' }], string: { fmt: '%d' } },
              },
            ],
          }),
        ],
      },
    ],
    request: { spec: { count: 1_000_000 } },
  },
  'the environment as it was given, and written to': {
    inputs: [countInEnvironment([]), countInEnvironment([{ fromFieldPath: 'metadata.name', toFieldPath: 'who' }])],
    environment: { count: 5 },
  },
  ...Object.fromEntries(
    (['MergeObjects', 'MergeObjectsAppendArrays', 'ForceMergeObjects', 'ForceMergeObjectsAppendArrays'] as const).map(
      (toFieldPath): [string, Structure] => [
        `nulls and empty values through ${toFieldPath}`,
        {
          inputs: [
            {
              resources: [
                bucket('a', {
                  base: { apiVersion: 'v1', kind: 'ConfigMap', data: hollow({}) },
                  patches: [{ fromFieldPath: 'spec.from', toFieldPath: 'data', policy: { toFieldPath } }],
                }),
                bucket('b', {
                  base: { apiVersion: 'v1', kind: 'ConfigMap', data: { list: [] } },
                  patches: [{ fromFieldPath: 'spec.none', toFieldPath: 'data.list', policy: { toFieldPath } }],
                }),
              ],
            },
          ],
          request: { spec: { from: hollow({ x: null }), none: [] } },
        },
      ],
    ),
  ),
  'a value handed over through the environment needs its giver first': {
    inputs: [
      {
        resources: [
          bucket('late', {
            patches: [{ type: 'FromEnvironmentFieldPath', fromFieldPath: 'arn', toFieldPath: 'spec.arn' }],
          }),
          bucket('giver', {
            patches: [{ type: 'ToEnvironmentFieldPath', fromFieldPath: 'status.arn', toFieldPath: 'arn' }],
          }),
          bucket('taker', {
            patches: [{ type: 'FromEnvironmentFieldPath', fromFieldPath: 'arn', toFieldPath: 'spec.arn' }],
          }),
        ],
      },
    ],
    observed: [seen('giver', { status: { arn: 'arn:x' } })],
  },
  'an environment of a kind': {
    inputs: [
      { environment: { patches: [{ type: 'ToCompositeFieldPath', fromFieldPath: 'n', toFieldPath: 'status.n' }] } },
    ],
    environment: { kind: 'Settings', n: 1 },
  },
  'status conditions from a patch': {
    inputs: [
      {
        resources: [
          bucket('a', {
            patches: [
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.conditions', toFieldPath: 'status.conditions' },
            ],
          }),
        ],
      },
    ],
    observed: [seen('a', { status: conditions(['Synced', 'True'], ['Ready', 'False']) })],
  },
  'request fields beyond its status': {
    inputs: [
      {
        resources: [
          bucket('a', {
            patches: [
              {
                type: 'ToCompositeFieldPath',
                fromFieldPath: 'status.id',
                toFieldPath: 'metadata.annotations[acme.io/id]',
              },
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.id', toFieldPath: 'metadata.name' },
              { type: 'ToCompositeFieldPath', fromFieldPath: 'status.id', toFieldPath: 'spec.id' },
            ],
          }),
        ],
      },
    ],
    observed: [seen('a', { status: { id: 'i-1' } })],
  },
  'four unready resources': { inputs: [{ resources: ['d', 'c', 'b', 'a'].map((name) => bucket(name)) }] },
  'three unready resources': { inputs: [{ resources: ['c', 'b', 'a'].map((name) => bucket(name)) }] },
  'a failing check is overruled by auto-ready': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'NonEmpty', fieldPath: 'status.never' }] })] }],
    observed: [seen('a', ready)],
  },
  'a failing check without auto-ready': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'NonEmpty', fieldPath: 'status.never' }] })] }],
    observed: [seen('a', ready)],
    autoReady: false,
  },
  'conditions that are none': {
    inputs: [
      {
        resources: [
          bucket('a'),
          bucket('b', {
            readinessChecks: [{ type: 'MatchCondition', matchCondition: { type: 'X', status: 'Unknown' } }],
          }),
        ],
      },
    ],
    observed: [seen('a', { status: { conditions: [{ type: 'Ready', status: 5 }] } }), seen('b', { status: {} })],
    autoReady: false,
  },
  'observed metadata': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b', namespace: 'c', generateName: 'd-' } },
          }),
        ],
      },
    ],
    observed: [seen('a', { metadata: { generateName: 'e-' } }), seen('unknown')],
  },
  'a request of the cluster': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'c' } },
            connectionDetails: [detail('k', 'v')],
          }),
        ],
      },
    ],
    request: { metadata: { name: 'orders' }, spec: { crossplane: {} } },
    observed: [
      {
        ...seen('a'),
        metadata: { name: 'x', namespace: '', annotations: { 'crossplane.io/composition-resource-name': 'a' } },
      },
    ],
  },
  'a request of a claim': {
    inputs: [{ resources: [bucket('a')] }],
    request: {
      metadata: { name: 'orders-x' },
      spec: { claimRef: { apiVersion: 'a/v1', kind: 'C', name: 'orders', namespace: 'shop' } },
    },
  },
  'a request that was composed itself': {
    inputs: [{ resources: [bucket('a')] }],
    request: {
      metadata: {
        name: 'orders-x',
        namespace: 'shop',
        labels: {
          'crossplane.io/composite': 'root',
          'crossplane.io/claim-name': 'c',
          'crossplane.io/claim-namespace': 'n',
        },
      },
    },
  },
  'connection details of a request of Crossplane v1': {
    ...withSecret(undefined),
    request: { spec: { writeConnectionSecretToRef: { name: 'x', namespace: 'y' } } },
  },
  'a connection Secret': withSecret(undefined),
  'a connection Secret with a name': withSecret({ name: 'login' }),
  'a connection Secret with a namespace': withSecret({ namespace: 'other' }),
  'a connection Secret that the request names': withSecret(
    { name: 'login' },
    { spec: { writeConnectionSecretToRef: { name: 'asked' } } },
  ),
  'a connection Secret whose name is patched': withSecret({
    name: 'login',
    patches: [
      {
        fromFieldPath: 'spec.name',
        toFieldPath: 'name',
        transforms: [{ type: 'string', string: { type: 'Format', fmt: '%s-login' } }],
      },
      { fromFieldPath: 'spec.missing', toFieldPath: 'namespace' },
      { fromFieldPath: 'spec.name.below', toFieldPath: 'namespace' },
      { fromFieldPath: 'spec.count', toFieldPath: 'namespace' },
    ],
  }),
  'a connection Secret whose name is combined': withSecret({
    patches: [
      {
        type: 'CombineFromComposite',
        toFieldPath: 'name',
        combine: {
          strategy: 'string',
          variables: [{ fromFieldPath: 'metadata.name' }, { fromFieldPath: 'spec.name' }],
          string: { fmt: '%s-%s' },
        },
      },
    ],
  }),
  'a connection Secret whose name is required': withSecret({
    patches: [{ fromFieldPath: 'spec.missing', toFieldPath: 'name', policy: { fromFieldPath: 'Required' } }],
  }),
  'a connection Secret patched from elsewhere': withSecret({
    patches: [{ type: 'FromEnvironmentFieldPath', fromFieldPath: 'x', toFieldPath: 'name' }],
  }),
  'connection details from fields': {
    inputs: [
      {
        resources: [
          bucket('a', {
            connectionDetails: ['text', 'count', 'big', 'list', 'object', 'gone', 'text.x', 'yes', 'nothing'].map(
              (name) => ({
                name: name.replace('.', '-'),
                type: 'FromFieldPath' as const,
                fromFieldPath: `status.${name}`,
              }),
            ),
          }),
          bucket('b', { connectionDetails: [detail('text', 'later wins')] }),
        ],
      },
    ],
    request: { spec: { crossplane: {} } },
    observed: [
      seen('a', {
        status: { text: 'ä', count: 5, big: 1e21, list: [1, '<'], object: { b: 1, a: 2 }, yes: true, nothing: null },
      }),
      seen('b'),
    ],
  },
  'a connection detail without value': {
    inputs: [{ resources: [bucket('a', { connectionDetails: [{ name: 'x', type: 'FromValue' }] })] }],
  },
  'a readiness check without path': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'NonEmpty' }] })] }],
  },
  'a readiness check of no kind': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'Always' as 'None' }] })] }],
  },
  'a resource without name': { inputs: [{ resources: [{ ...bucket(''), name: '' }] }] },
  'a patch set without name': { inputs: [{ patchSets: [{ name: '', patches: [] }], resources: [bucket('a')] }] },
  'two resources of one name': {
    inputs: [{ resources: [bucket('a'), bucket('a', { base: { apiVersion: 'v1', kind: 'Secret' } })] }],
  },
  'a ConfigMap': health('v1', 'ConfigMap', {}),
  'a bound claim': health('v1', 'PersistentVolumeClaim', { status: { phase: 'Bound' } }),
  'a pending claim': health('v1', 'PersistentVolumeClaim', { status: { phase: 'Pending' } }),
  'a running Pod': health('v1', 'Pod', {
    spec: { restartPolicy: 'Always' },
    status: { phase: 'Running', ...ready.status },
  }),
  'a running Pod that ends': health('v1', 'Pod', { spec: { restartPolicy: 'Never' }, status: { phase: 'Running' } }),
  'a Pod that ended': health('v1', 'Pod', { status: { phase: 'Succeeded' } }),
  'a Service': health('v1', 'Service', { spec: { type: 'ClusterIP' } }),
  'a balancer without address': health('v1', 'Service', { spec: { type: 'LoadBalancer' } }),
  'a balancer with address': health('v1', 'Service', {
    spec: { type: 'LoadBalancer' },
    status: { loadBalancer: { ingress: [{}] } },
  }),
  'an Ingress': health('networking.k8s.io/v1', 'Ingress', { status: { loadBalancer: { ingress: [] } } }),
  'an available Deployment': health('apps/v1', 'Deployment', {
    spec: { replicas: 2 },
    status: { updatedReplicas: 2, availableReplicas: 2, ...conditions(['Available', 'True']) },
  }),
  'a Deployment that rolls out': health('apps/v1', 'Deployment', {
    spec: { replicas: 2 },
    status: { updatedReplicas: 1, availableReplicas: 2, ...conditions(['Available', 'True']) },
  }),
  'a StatefulSet': health('apps/v1', 'StatefulSet', {
    status: { readyReplicas: 1, currentReplicas: 1, currentRevision: 'r', updateRevision: 'r' },
  }),
  'a DaemonSet': health('apps/v1', 'DaemonSet', {
    status: { desiredNumberScheduled: 0, numberReady: 0, updatedNumberScheduled: 0, numberAvailable: 0 },
  }),
  'a ReplicaSet': health('apps/v1', 'ReplicaSet', {
    metadata: { generation: 2 },
    status: { observedGeneration: 2, availableReplicas: 1 },
  }),
  'a ReplicaSet behind its spec': health('apps/v1', 'ReplicaSet', {
    metadata: { generation: 2 },
    status: { availableReplicas: 1 },
  }),
  'a complete Job': health('batch/v1', 'Job', { status: conditions(['Complete', 'True']) }),
  'a failed Job': health('batch/v1', 'Job', { status: conditions(['Failed', 'True'], ['Complete', 'True']) }),
  'a CronJob that ran': health('batch/v1', 'CronJob', {
    status: { lastScheduleTime: '2026-01-01T00:00:00Z', lastSuccessfulTime: '2026-01-01T00:00:05Z' },
  }),
  'a CronJob that failed': health('batch/v1', 'CronJob', {
    status: { lastScheduleTime: '2026-01-01T00:00:00Z', lastSuccessfulTime: '2025-01-01T00:00:05Z' },
  }),
  'a suspended CronJob': health('batch/v1', 'CronJob', { spec: { suspend: true } }),
  'an autoscaler': health('autoscaling/v2', 'HorizontalPodAutoscaler', {
    status: conditions(['ScalingActive', 'True']),
  }),
  'an unhealthy kind with condition Ready': health('v1', 'PersistentVolumeClaim', {
    status: { phase: 'Pending', ...ready.status },
  }),
};

/** Compositions whose shape matters: steps, names, connection Secrets, readiness, kinds that auto-ready knows. */
export const structureCases: readonly RenderCase[] = Object.entries(structures).map(([name, structure]) => ({
  name,
  composition: composition(structure.inputs as PatchAndTransformInput[], structure.autoReady),
  request: {
    apiVersion: 'acme.io/v1alpha1',
    kind: 'MessageQueue',
    metadata: { name: 'orders', namespace: 'shop', uid: 'c0ffee' },
    ...structure.request,
  },
  observed: structure.observed ?? [],
  environment: structure.environment,
}));
