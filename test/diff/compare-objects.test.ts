import * as fc from 'fast-check';
import { type ComparedCluster, compareObjects } from '../../src/diff/compare-objects';
import { fieldText } from '../../src/diff/field-change';
import type { PlainObject } from '../../src/platform/placed-object';
import { renderedObjects } from './rendered-objects';

const cluster: ComparedCluster = { minor: '1.34' };

/** The fields in which two objects differ. */
function differing(before: PlainObject, after: PlainObject): string[] {
  return compareObjects(before, after, cluster).map(({ path }) => fieldText(path));
}

function object(kind: string, fields: object): PlainObject {
  const [apiVersion, name] = kind.includes(' ') ? kind.split(' ') : ['v1', kind];
  return { apiVersion, kind: name, metadata: { name: 'api', namespace: 'shop' }, ...fields } as PlainObject;
}

const pod = (container: object, spec: object = {}) =>
  object('apps/v1 Deployment', {
    spec: {
      selector: { matchLabels: { app: 'api' } },
      template: {
        metadata: { labels: { app: 'api' } },
        spec: { containers: [{ name: 'api', image: 'a/b:1', ...container }], ...spec },
      },
    },
  });
const at = 'spec.template.spec';
const containerAt = `${at}.containers[api]`;
const deployment = (spec: object) => object('apps/v1 Deployment', { spec });
const service = (spec: object) => object('Service', { spec });
const policy = (spec: object) => object('networking.k8s.io/v1 NetworkPolicy', { spec });
const role = (...rules: object[]) => object('rbac.authorization.k8s.io/v1 Role', { rules });
const budget = (spec: object) => object('policy/v1 PodDisruptionBudget', { spec });
const ciliumPolicy = (spec: object) => object('cilium.io/v2 CiliumNetworkPolicy', { spec });
const env = (...names: [name: string, value: string][]) =>
  pod({ env: names.map(([name, value]) => ({ name, value })) });

test.each<[string, PlainObject, PlainObject]>([
  ['a protocol of TCP', service({ ports: [{ port: 80 }] }), service({ ports: [{ port: 80, protocol: 'TCP' }] })],
  [
    'a target port that is the port',
    service({ ports: [{ port: 80 }] }),
    service({ ports: [{ port: 80, targetPort: 80 }] }),
  ],
  ['the type of a Service', service({}), service({ type: 'ClusterIP', sessionAffinity: 'None' })],
  ['1000m and 1', pod({ resources: { limits: { cpu: '1000m' } } }), pod({ resources: { limits: { cpu: 1 } } })],
  [
    '1Gi and 1024Mi',
    pod({ resources: { limits: { memory: '1Gi' } } }),
    pod({ resources: { limits: { memory: '1024Mi' } } }),
  ],
  [
    'a request that is the limit',
    pod({ resources: { limits: { cpu: '1' } } }),
    pod({ resources: { limits: { cpu: '1' }, requests: { cpu: '1' } } }),
  ],
  ['how an image with a tag is pulled', pod({}), pod({ imagePullPolicy: 'IfNotPresent' })],
  [
    'how an image tagged as the latest is pulled',
    pod({ image: 'a/b:latest' }),
    pod({ image: 'a/b:latest', imagePullPolicy: 'Always' }),
  ],
  ['how the latest image is pulled', pod({ image: 'a/b' }), pod({ image: 'a/b', imagePullPolicy: 'Always' })],
  [
    'the defaults of a pod',
    pod({}),
    pod({}, { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', securityContext: {} }),
  ],
  [
    'the defaults of a probe',
    pod({ readinessProbe: { httpGet: { port: 80 } } }),
    pod({ readinessProbe: { httpGet: { port: 80, scheme: 'HTTP', path: '/' }, periodSeconds: 10, timeoutSeconds: 1 } }),
  ],
  [
    'the defaults of a Deployment',
    deployment({}),
    deployment({
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      revisionHistoryLimit: 10,
    }),
  ],
  [
    'the mode of a mounted Secret',
    pod({}, { volumes: [{ name: 'a', secret: {} }] }),
    pod({}, { volumes: [{ name: 'a', secret: { defaultMode: 420 } }] }),
  ],
  ['the order of variables', env(['A', '1'], ['B', '2']), env(['B', '2'], ['A', '1'])],
  [
    'the order of rules of a role',
    role(
      { verbs: ['get', 'list'], resources: ['pods'], apiGroups: [''] },
      { verbs: ['get'], resources: ['nodes'], apiGroups: [''] },
    ),
    role(
      { verbs: ['get'], resources: ['nodes'], apiGroups: [''] },
      { verbs: ['list', 'get'], resources: ['pods'], apiGroups: [''] },
    ),
  ],
  [
    'the types of a network policy, and the order of its peers',
    policy({ podSelector: {}, egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    policy({
      podSelector: {},
      policyTypes: ['Egress', 'Ingress'],
      ingress: [],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }, { podSelector: {} }] }],
    }),
  ],
  [
    'a budget that evicts as always',
    budget({ maxUnavailable: 1 }),
    budget({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'IfHealthyBudget' }),
  ],
  [
    'empty labels',
    object('ConfigMap', { data: {} }),
    { ...object('ConfigMap', {}), metadata: { name: 'api', namespace: 'shop', labels: {} } },
  ],
  ['null', object('ConfigMap', { data: null }), object('ConfigMap', {})],
  [
    'what the API server writes',
    service({}),
    {
      ...service({}),
      metadata: { name: 'api', namespace: 'shop', uid: '1', resourceVersion: '2' },
      status: { loadBalancer: {} },
    } as PlainObject,
  ],
  [
    'what a controller writes, and the hash of a ConfigMap',
    deployment({ template: { metadata: { annotations: { 'checksum/config': 'a' } } } }),
    {
      ...deployment({ template: { metadata: { annotations: { 'checksum/config': 'b' } } } }),
      metadata: { name: 'api', namespace: 'shop', annotations: { 'deployment.kubernetes.io/revision': '3' } },
    },
  ],
  [
    'the default of a CRD',
    object('gateway.networking.k8s.io/v1 HTTPRoute', {
      spec: { rules: [{ backendRefs: [{ name: 'api', port: 80 }] }] },
    }),
    object('gateway.networking.k8s.io/v1 HTTPRoute', {
      spec: { rules: [{ backendRefs: [{ name: 'api', port: 80, kind: 'Service', weight: 1 }] }] },
    }),
  ],
])('%s makes no difference', (_, before, after) => {
  expect(differing(before, after)).toEqual([]);
  expect(differing(after, before)).toEqual([]);
});

test.each<[string, PlainObject, PlainObject, string[]]>([
  [
    'another protocol',
    service({ ports: [{ port: 80 }] }),
    service({ ports: [{ port: 80, protocol: 'UDP' }] }),
    ['spec.ports[80/TCP]', 'spec.ports[80/UDP]'],
  ],
  [
    'another target port',
    service({ ports: [{ port: 80 }] }),
    service({ ports: [{ port: 80, targetPort: 8080 }] }),
    ['spec.ports[80/TCP].targetPort'],
  ],
  [
    'another quantity',
    pod({ resources: { limits: { cpu: '1000m' } } }),
    pod({ resources: { limits: { cpu: '1001m' } } }),
    [`${containerAt}.resources.limits.cpu`],
  ],
  ['an image', pod({}), pod({ image: 'a/b:2' }), [`${containerAt}.image`]],
  [
    'a policy for the latest image',
    pod({ image: 'a/b' }),
    pod({ image: 'a/b', imagePullPolicy: 'IfNotPresent' }),
    [`${containerAt}.imagePullPolicy`],
  ],
  [
    'a container',
    pod({}),
    pod({}, { containers: [{ name: 'web', image: 'a/b:1' }] }),
    [`${at}.containers[api]`, `${at}.containers[web]`],
  ],
  ['arguments, as a whole', pod({ args: ['a', 'b'] }), pod({ args: ['b', 'a'] }), [`${containerAt}.args`]],
  [
    'the order of variables that are made of each other',
    env(['A', '1'], ['B', '$(A)']),
    env(['B', '$(A)'], ['A', '1']),
    [`${containerAt}.env[order]`],
  ],
  [
    'the order of containers that start one after the other',
    pod({}, { initContainers: [{ name: 'a' }, { name: 'b' }] }),
    pod({}, { initContainers: [{ name: 'b' }, { name: 'a' }] }),
    [`${at}.initContainers[order]`],
  ],
  [
    'root',
    pod({ securityContext: {} }),
    pod({ securityContext: { runAsUser: 0 } }),
    [`${containerAt}.securityContext.runAsUser`],
  ],
  ['no pods', deployment({}), deployment({ replicas: 0 }), ['spec.replicas']],
  [
    'a selector that selects all',
    policy({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }),
    policy({ podSelector: {}, ingress: [{ from: [{ podSelector: {}, namespaceSelector: {} }] }] }),
    ['spec.ingress[0].from[0].namespaceSelector'],
  ],
  ['everything let in', policy({ podSelector: {} }), policy({ podSelector: {}, ingress: [{}] }), ['spec.ingress']],
  // To Cilium no rules and none listed are two things.
  [
    'an empty list of a CRD',
    ciliumPolicy({ endpointSelector: {} }),
    ciliumPolicy({ endpointSelector: {}, ingress: [] }),
    ['spec.ingress'],
  ],
  [
    'a verb',
    role({ verbs: ['get'], resources: ['pods'], apiGroups: [''] }),
    role({ verbs: ['get', 'list'], resources: ['pods'], apiGroups: [''] }),
    ['rules[0].verbs[list]'],
  ],
  [
    'a label with dots',
    object('ConfigMap', {}),
    { ...object('ConfigMap', {}), metadata: { name: 'api', namespace: 'shop', labels: { 'a.io/b': 'c' } } },
    ['metadata.labels["a.io/b"]'],
  ],
])('%s makes one', (_, before, after, fields) => {
  expect(differing(before, after)).toEqual(fields);
  expect(differing(after, before).sort()).toEqual([...fields].sort());
});

test('a field that was put in front of others does not change them', () => {
  const rules = (...alerts: string[]) =>
    object('monitoring.coreos.com/v1 PrometheusRule', {
      spec: { groups: [{ name: 'a', rules: alerts.map((alert) => ({ alert, expr: 'up == 0' })) }] },
    });
  expect(differing(rules('A', 'B'), rules('New', 'A', 'B'))).toEqual(['spec.groups[a].rules[0]']);
  expect(differing(rules('A', 'B'), rules('A', 'B', 'New'))).toEqual(['spec.groups[a].rules[2]']);
  expect(differing(rules('A', 'B'), rules('A', 'New', 'B'))).toEqual(['spec.groups[a].rules[1]']);
});

describe('for all objects that the library renders', () => {
  const objects = renderedObjects();

  test('one does not differ from itself, whatever the order of its keys', () => {
    for (const each of objects) expect(differing(each, reversed(each) as PlainObject)).toEqual([]);
  });

  test('every value that is changed is found, and nothing else', () => {
    for (const each of objects) {
      for (const { path, object: changed } of mutants(each)) {
        const found = compareObjects(each, changed, cluster);
        if (path.includes('checksum/config') || path.includes('app.kubernetes.io/version')) expect(found).toEqual([]);
        else expect([each.kind, path.join('.'), found.length > 0]).toEqual([each.kind, path.join('.'), true]);
      }
    }
  });
});

test('of a kind that nobody knows, the order of what has names counts', () => {
  const steps = (...names: string[]) =>
    object('acme.io/v1 Pipeline', { spec: { steps: names.map((name) => ({ name })) } });
  expect(differing(steps('a', 'b'), steps('b', 'a'))).toEqual(['spec.steps[order]']);
  expect(differing(steps('a', 'b'), steps('a', 'c', 'b'))).toEqual(['spec.steps[c]']);
});

test('for all data of a kind that nobody knows: only the order of keys makes no difference', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), tie('tree'), { maxKeys: 3 }),
    ),
  }));
  const unknown = (spec: unknown) => object('acme.io/v1 Widget', { spec });
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      expect(differing(unknown(a), unknown(reversed(a)))).toEqual([]);
      const isSame = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      expect(differing(unknown(a), unknown(b)).length === 0).toBe(isSame);
    }),
  );
});

/** The same with the keys of every record the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, each]) => [key, reversed(each)]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

/** Copies of an object with one text, number or truth changed each. */
function* mutants(whole: PlainObject): Generator<{ path: string[]; object: PlainObject }> {
  const walk = function* (value: unknown, path: string[]): Generator<string[]> {
    if (typeof value !== 'object' || value === null) yield path;
    else for (const [key, each] of Object.entries(value)) yield* walk(each, [...path, key]);
  };
  for (const path of walk(whole, [])) {
    if (path.length === 1 || (path[0] === 'metadata' && path.length === 2)) continue;
    const copy = structuredClone(whole) as unknown as Record<string, unknown>;
    const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
    const last = path[path.length - 1];
    const was = holder[last];
    holder[last] = typeof was === 'number' ? was + 17 : typeof was === 'boolean' ? !was : `${was}x`;
    yield { path, object: copy as unknown as PlainObject };
  }
}
