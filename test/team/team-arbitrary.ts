import fc from 'fast-check';
import type { LimitRangeSpec } from '../../imports/kubernetes';
import type { PlainObject } from '../../src/platform/placed-object';

/** Everything that one namespace holds, and what is around it. */
export interface Team {
  readonly objects: readonly PlainObject[];
  readonly limitRange?: LimitRangeSpec;
  readonly nodes: number;
  readonly overlappingRuns: number;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** A record without the keys whose value is undefined. */
const sparse = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model).map((record) => Object.fromEntries(Object.entries(record).filter(([, v]) => v !== undefined)));

const cpu = fc.oneof(
  fc.integer({ min: 1, max: 4000 }).map((n) => `${n}m`),
  fc.constantFrom(1, 2, '0.5', '1.25', 0.1, '0'),
);
const bytes = fc.oneof(
  fc.integer({ min: 1, max: 4000 }).map((n) => `${n}Mi`),
  fc.constantFrom('1Gi', '1.5Gi', '512M', '1G', 1_000_000, '333k', '2048Ki'),
);
const amounts = sparse({
  cpu: maybe(cpu),
  memory: maybe(bytes),
  'ephemeral-storage': fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: bytes }),
  'example.com/gpu': fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom('1', 2) },
  ),
});
const resources = sparse({ requests: maybe(amounts), limits: maybe(amounts) });
const wholePod = sparse({
  requests: maybe(sparse({ cpu: maybe(cpu), memory: maybe(bytes) })),
  limits: maybe(sparse({ cpu: maybe(cpu), memory: maybe(bytes) })),
});

const container = sparse({ name: fc.constant('main'), resources: maybe(resources) });
const initContainer = sparse({
  name: fc.constant('init'),
  resources: maybe(resources),
  restartPolicy: fc.constantFrom(undefined, 'Always'),
});
const claim = sparse({
  storageClassName: fc.constantFrom(undefined, 'fast', 'slow'),
  resources: bytes.map((storage) => ({ requests: { storage } })),
});
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const podSpec = sparse({
  containers: fc.array(container, { minLength: 1, maxLength: 3 }),
  initContainers: maybe(fc.array(initContainer, { maxLength: 4 })),
  resources: rarely(wholePod),
  overhead: rarely(fc.record({ cpu, memory: bytes })),
  volumes: rarely(fc.tuple(claim.map((spec) => ({ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec } } })))),
});
const template = podSpec.map((spec) => ({ spec }));

const replicas = maybe(fc.nat(12));
const share = fc.oneof(
  fc.nat(5),
  fc.nat(150).map((n) => `${n}%`),
);
const strategy = sparse({
  type: fc.constantFrom(undefined, 'RollingUpdate', 'Recreate'),
  rollingUpdate: maybe(sparse({ maxSurge: maybe(share), maxUnavailable: maybe(share) })),
});
const job = sparse({
  parallelism: maybe(fc.nat(4)),
  completions: maybe(fc.integer({ min: 1, max: 6 })),
  suspend: fc.constantFrom(undefined, true),
  template,
});

const specs: Record<string, fc.Arbitrary<object>> = {
  'apps/v1 Deployment': sparse({ replicas, strategy: maybe(strategy), template }),
  'apps/v1 StatefulSet': sparse({
    replicas,
    template,
    volumeClaimTemplates: maybe(
      fc.array(
        claim.map((spec) => ({ metadata: { name: 'data' }, spec })),
        { maxLength: 2 },
      ),
    ),
  }),
  'apps/v1 DaemonSet': sparse({
    template,
    updateStrategy: maybe(share.map((maxSurge) => ({ rollingUpdate: { maxSurge } }))),
  }),
  'apps/v1 ReplicaSet': sparse({ replicas, template }),
  'batch/v1 Job': job,
  'batch/v1 CronJob': sparse({
    concurrencyPolicy: fc.constantFrom(undefined, 'Allow', 'Forbid', 'Replace'),
    suspend: fc.constantFrom(undefined, true),
    jobTemplate: job.map((spec) => ({ spec })),
  }),
  'v1 Pod': podSpec,
  'v1 PersistentVolumeClaim': claim,
  'v1 ConfigMap': fc.constant({}),
  'v1 Secret': fc.constant({}),
  'external-secrets.io/v1 ExternalSecret': sparse({ target: maybe(fc.constantFrom({ name: 'shared' }, {})) }),
  'v1 Service': sparse({
    type: fc.constantFrom(undefined, 'ClusterIP', 'NodePort', 'LoadBalancer'),
    ports: fc.array(fc.constant({ port: 80 }), { minLength: 1, maxLength: 3 }),
  }),
};

const scaler = fc.constantFrom('Deployment', 'StatefulSet', 'ReplicaSet').chain((kind) =>
  fc.record({
    target: fc.record({ apiVersion: fc.constant('apps/v1'), kind: fc.constant(kind), name: fc.constant('') }),
    keda: fc.boolean(),
    max: maybe(fc.integer({ min: 1, max: 15 })),
  }),
);

/** An object named by its place in the team, sometimes with an autoscaler of its own. */
const member = fc.record({
  object: fc
    .constantFrom(...Object.keys(specs))
    .chain((id) => specs[id].map((spec) => ({ apiVersion: id.split(' ')[0], kind: id.split(' ')[1], spec }))),
  scaled: maybe(scaler),
});

const limitRange = sparse({
  type: fc.constantFrom('Container', 'Pod'),
  default: maybe(amounts),
  defaultRequest: maybe(amounts),
  max: maybe(amounts),
  min: maybe(amounts),
}).map((item) => ({ limits: [item] }) as unknown as LimitRangeSpec);

/** A team with every kind of workload, autoscaler, claim and container that demand knows. */
export const team: fc.Arbitrary<Team> = fc.record({
  objects: fc.array(member, { maxLength: 12 }).map((members) =>
    members.flatMap(({ object, scaled }, i) => {
      const named = { ...object, metadata: { name: `m${i}` } };
      if (!scaled || object.kind !== scaled.target.kind) return [named];
      const scaleTargetRef = { ...scaled.target, name: `m${i}` };
      const autoscaler = scaled.keda
        ? {
            apiVersion: 'keda.sh/v1alpha1',
            kind: 'ScaledObject',
            spec: { scaleTargetRef, ...(scaled.max && { maxReplicaCount: scaled.max }) },
          }
        : {
            apiVersion: 'autoscaling/v2',
            kind: 'HorizontalPodAutoscaler',
            spec: { scaleTargetRef, maxReplicas: scaled.max ?? 4 },
          };
      return [named, { ...autoscaler, metadata: { name: `m${i}` } }];
    }),
  ),
  limitRange: maybe(limitRange),
  nodes: fc.nat(6),
  overlappingRuns: fc.integer({ min: 1, max: 4 }),
});
