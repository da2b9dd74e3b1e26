import { demandOf } from '../../src/team/demand';
import { showAmount } from '../../src/team/demand-amounts';
import { claim, deployment, podsOf, small, teamObject } from './team-objects';

/** What a quota would show as used. */
function used(...[objects, options]: Parameters<typeof demandOf>): Record<string, string> {
  return Object.fromEntries([...demandOf(objects, options).used].map(([key, value]) => [key, showAmount(key, value)]));
}

const jobSpec = { parallelism: 3, template: podsOf(small) };

test('a Deployment needs its replicas and the surge of a rollout', () => {
  expect(used([deployment('api')])).toMatchObject({
    pods: '3',
    'requests.cpu': '600m',
    'requests.memory': '768Mi',
    'limits.memory': '1536Mi',
    'count/deployments.apps': '1',
  });
});

test.each<[string, Record<string, unknown>, string]>([
  ['a fourth, rounded up, where nothing is said', { strategy: undefined, replicas: 5 }, '7'],
  ['a percentage, rounded up', { strategy: { rollingUpdate: { maxSurge: '10%' } }, replicas: 11 }, '13'],
  ['nothing with Recreate', { strategy: { type: 'Recreate' }, replicas: 5 }, '5'],
  ['nothing where nothing runs', { strategy: undefined, replicas: 0 }, '0'],
  ['its surge also while it is paused', { paused: true }, '3'],
])('a rollout adds %s', (_, spec, pods) => {
  expect(used([deployment('api', spec)]).pods).toBe(pods);
});

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };

test.each<[string, Parameters<typeof teamObject>, string]>([
  ['an HPA', ['autoscaling/v2', 'HorizontalPodAutoscaler', 'api', { maxReplicas: 9, scaleTargetRef: target }], '10'],
  [
    'a ScaledObject',
    ['keda.sh/v1alpha1', 'ScaledObject', 'a', { maxReplicaCount: 8, scaleTargetRef: { name: 'api' } }],
    '9',
  ],
  [
    'a ScaledObject that says no number',
    ['keda.sh/v1alpha1', 'ScaledObject', 'a', { scaleTargetRef: { name: 'api' } }],
    '101',
  ],
  [
    'an HPA of another kind',
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'a',
      { maxReplicas: 9, scaleTargetRef: { ...target, kind: 'StatefulSet' } },
    ],
    '3',
  ],
])('%s sets the full scale of what it names', (_, autoscaler, pods) => {
  expect(used([deployment('api'), teamObject(...autoscaler)]).pods).toBe(pods);
});

test('a number that KEDA is paused at counts, also above its range', () => {
  const scaled = teamObject('keda.sh/v1alpha1', 'ScaledObject', 'a', {
    maxReplicaCount: 3,
    scaleTargetRef: { name: 'api' },
  });
  const metadata = { ...scaled.metadata, annotations: { 'autoscaling.keda.sh/paused-replicas': '7' } };
  expect(used([deployment('api'), { ...scaled, metadata }]).pods).toBe('8');
});

test.each<[string, Parameters<typeof teamObject>, string]>([
  [
    'a StatefulSet replaces one by one',
    ['apps/v1', 'StatefulSet', 'db', { replicas: 3, template: podsOf(small) }],
    '3',
  ],
  ['a Job runs no more pods than it wants to complete', ['batch/v1', 'Job', 'j', { ...jobSpec, completions: 2 }], '2'],
  ['a Job that rests may be resumed', ['batch/v1', 'Job', 'j', { ...jobSpec, suspend: true }], '3'],
  [
    'a CronJob that forbids overlap runs once',
    ['batch/v1', 'CronJob', 'c', { concurrencyPolicy: 'Forbid', jobTemplate: { spec: jobSpec } }],
    '3',
  ],
  [
    'a CronJob that allows overlap is taken to run twice',
    ['batch/v1', 'CronJob', 'c', { jobTemplate: { spec: jobSpec } }],
    '6',
  ],
  [
    'a ScaledJob runs as many Jobs as it may',
    ['keda.sh/v1alpha1', 'ScaledJob', 's', { maxReplicaCount: 4, jobTargetRef: jobSpec }],
    '12',
  ],
  [
    'a canary adds a fourth',
    ['argoproj.io/v1alpha1', 'Rollout', 'r', { replicas: 4, strategy: { canary: {} }, template: podsOf(small) }],
    '5',
  ],
  [
    'a canary with routed traffic runs twice',
    [
      'argoproj.io/v1alpha1',
      'Rollout',
      'r',
      { replicas: 4, strategy: { canary: { trafficRouting: {} } }, template: podsOf(small) },
    ],
    '8',
  ],
  [
    'blue-green runs twice',
    ['argoproj.io/v1alpha1', 'Rollout', 'r', { replicas: 4, strategy: { blueGreen: {} }, template: podsOf(small) }],
    '8',
  ],
])('%s', (_, object, pods) => {
  expect(used([teamObject(...object)]).pods).toBe(pods);
});

test('a DaemonSet runs on every node, and is a problem where nobody counted them', () => {
  const agent = teamObject('apps/v1', 'DaemonSet', 'agent', { template: podsOf(small) });
  expect(used([agent], { nodes: 7 }).pods).toBe('7');
  expect(demandOf([agent]).problems).toEqual([
    'DaemonSet "agent": runs a pod on every node, and nobody said how many there are; give the number of nodes',
  ]);
});

test('what a pod names as a whole stands for its containers, before a LimitRange gives those its defaults', () => {
  const limitRange = { limits: [{ type: 'Container', defaultRequest: { cpu: '100m', memory: '128Mi' } }] };
  const pod = (resources: object) => teamObject('v1', 'Pod', 'p', { containers: [{ name: 'a' }], resources } as never);
  expect(used([pod({ requests: { cpu: '1' } })], { limitRange })).toMatchObject({
    'requests.cpu': '1',
    'requests.memory': '128Mi',
  });
  expect(used([pod({ limits: { cpu: '2', memory: '1Gi' } })], { limitRange })).toMatchObject({
    'requests.cpu': '2',
    'requests.memory': '1Gi',
    'limits.memory': '1Gi',
  });
});

test('a pod that names only requests as a whole leaves what it does not name to its containers, defaults included', () => {
  const limitRange = { limits: [{ type: 'Container', defaultRequest: { memory: '128Mi' } }] };
  const containers = [{ name: 'a', resources: { requests: { memory: '64Mi' } } }, { name: 'b' }];
  const pod = teamObject('v1', 'Pod', 'p', { containers, resources: { requests: { cpu: 1 } } });
  expect(used([pod], { limitRange })['requests.memory']).toBe('192Mi');
});

test('a request of a whole pod above its limit is a problem', () => {
  const resources = { requests: { cpu: 2 }, limits: { cpu: 1 } };
  const pod = teamObject('v1', 'Pod', 'p', { containers: [{ name: 'a' }], resources });
  expect(demandOf([pod]).problems).toEqual([
    expect.stringContaining('spec.resources requests 2 cpu, by itself or by its containers, above its limit 1'),
  ]);
});

test('defaults of a LimitRange above what a pod names as a whole are a problem', () => {
  const limitRange = { limits: [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '100m' } }] };
  const resources = { requests: { cpu: '50m' }, limits: { cpu: '500m' } };
  const pod = teamObject('v1', 'Pod', 'p', { containers: [{ name: 'a' }], resources });
  expect(demandOf([pod], { limitRange }).problems).toEqual([
    expect.stringContaining('the containers request 100m cpu, above the 50m of spec.resources'),
    expect.stringContaining('spec.containers[a] has a limit of 1 cpu, above the 500m of spec.resources'),
  ]);
});

test('claims count one by one, those of a class for that class too', () => {
  const data = { storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } };
  const set = teamObject('apps/v1', 'StatefulSet', 'db', {
    replicas: 3,
    template: podsOf(small),
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: data }],
  });
  expect(used([set, claim('files', '5Gi')], { storageClass: 'slow' })).toMatchObject({
    persistentvolumeclaims: '4',
    'requests.storage': '35Gi',
    'fast.storageclass.storage.k8s.io/requests.storage': '30Gi',
    'slow.storageclass.storage.k8s.io/persistentvolumeclaims': '1',
  });
});

test('a volume that lives as long as its pod is claimed by each pod, during a rollout too', () => {
  const ephemeral = { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1Gi' } } } } };
  const template = podsOf(small, { volumes: [{ name: 'scratch', ephemeral }] });
  expect(used([deployment('api', { template })])['requests.storage']).toBe('3Gi');
});

test('Secrets are counted by name, whoever makes them', () => {
  const external = (name: string, spec: object) =>
    teamObject('external-secrets.io/v1', 'ExternalSecret', name, spec as never);
  const objects = [
    teamObject('v1', 'Secret', 'one'),
    external('one', {}),
    external('two', { target: { name: 'three' } }),
    external('merged', { target: { name: 'four', creationPolicy: 'Merge' } }),
    teamObject('cert-manager.io/v1', 'Certificate', 'tls', { secretName: 'tls' }),
  ];
  // one, three, and the certificate's with the one that is there while it is issued.
  expect(used(objects).secrets).toBe('4');
});

test('a load balancer counts its node ports unless it has none', () => {
  const ports = [{ port: 80 }, { port: 443, nodePort: 30443 }];
  const service = (name: string, spec: object) => teamObject('v1', 'Service', name, { ports, ...spec });
  expect(
    used([
      service('plain', {}),
      service('lb', { type: 'LoadBalancer' }),
      service('bare', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }),
      service('node', { type: 'NodePort' }),
    ]),
  ).toMatchObject({ services: '4', 'services.loadbalancers': '2', 'services.nodeports': '5' });
});

test('what every namespace holds is counted, and what controllers make is not', () => {
  expect(used([deployment('api')])).toMatchObject({ configmaps: '1', 'count/serviceaccounts': '1' });
  expect(used([deployment('api')])).not.toHaveProperty(['count/replicasets.apps']);
});

test('objects in no namespace, and of kinds that nobody described, are not counted', () => {
  const objects = [
    teamObject('rbac.authorization.k8s.io/v1', 'ClusterRole', 'r'),
    teamObject('nobody.example/v1', 'Thing', 't'),
  ];
  expect(used(objects)).toEqual(used([]));
});

test('an operator says what it runs for an object', () => {
  const database = teamObject('postgresql.cnpg.io/v1', 'Cluster', 'orders', { instances: 3 });
  const operators = {
    'postgresql.cnpg.io/Cluster': () => [
      {
        podSpec: { containers: [{ name: 'postgres', resources: small }] },
        pods: { min: 3, max: 3, surge: 0 },
        claims: [{ resources: { requests: { storage: '20Gi' } } }],
      },
    ],
  };
  expect(used([database], { operators })).toMatchObject({
    pods: '3',
    'requests.cpu': '600m',
    'requests.storage': '60Gi',
    persistentvolumeclaims: '3',
  });
});

test.each<[string, Parameters<typeof teamObject>, string]>([
  [
    'requests',
    ['v1', 'Pod', 'p', podsOf({ requests: { cpu: '1 core' } }).spec as never],
    'Pod "p": spec.containers[main].resources.requests.cpu "1 core" is no quantity',
  ],
  [
    'replicas',
    ['apps/v1', 'Deployment', 'd', { replicas: -1, template: podsOf(small) }],
    'Deployment "d": spec.replicas -1 is no count',
  ],
  [
    'a surge',
    ['apps/v1', 'Deployment', 'd', { strategy: { rollingUpdate: { maxSurge: 'one' } }, template: podsOf(small) }],
    'Deployment "d": spec.strategy.rollingUpdate.maxSurge "one" is no number of pods',
  ],
  [
    'a claim',
    ['v1', 'PersistentVolumeClaim', 'c', {}],
    'PersistentVolumeClaim "c": spec.resources.requests.storage undefined is no quantity',
  ],
  [
    'an autoscaler',
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'h', { scaleTargetRef: target }],
    'HorizontalPodAutoscaler "h": spec.maxReplicas is missing; use a whole number',
  ],
])('%s that can not be counted are a problem', (_, object, message) => {
  expect(demandOf([teamObject(...object)]).problems.join('\n')).toContain(message);
});
