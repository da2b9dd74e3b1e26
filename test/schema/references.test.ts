import type { PlainObject } from '../../src/schema/placed-object';
import { type Case, holds, problemsOf } from './reference-cases';
import { apiWith, container, object, service, template, workload } from './reference-objects';

const api = workload('api');

/** A pod of each kind that runs pods, with the label `app: api`. */
const runners: readonly PlainObject[] = [
  api,
  workload('api', {}, 'StatefulSet'),
  workload('api', {}, 'DaemonSet'),
  workload('api', {}, 'ReplicaSet'),
  workload('api', {}, 'Rollout'),
  object('Job', 'x', { spec: { template: template() } }),
  object('CronJob', 'x', { spec: { jobTemplate: { spec: { template: template() } } } }),
  object('ScaledJob', 'x', { spec: { jobTargetRef: { template: template() } } }),
  object('Pod', 'api', { spec: { containers: [container()] } }),
];

describe('Services and pods', () => {
  test.each(runners.map((runner) => [runner.kind, runner] as const))(
    'a Service reaches the pods of a %s',
    (_, runner) => {
      expect(problemsOf([service(), runner])).toEqual([]);
      const others = JSON.parse(JSON.stringify(runner).replaceAll('"app":"api"', '"app":"apo"'));
      expect(problemsOf([service(), others]).map((p) => p.message)).toEqual([
        expect.stringMatching(/^Service "api": spec\.selector .*none has the label app=api \(did you mean "apo"\?\)/),
      ]);
    },
  );

  holds([
    [
      'a Service selects pods of its own namespace only',
      [service(), api],
      [service(), { ...api, metadata: { name: 'api', namespace: 'other' } }],
      /selects no pod of the app in namespace "shop": there is none;.*external: \[\{ kind: 'Pod', name: '\*' \}\]/,
    ],
    [
      'a Service asks for labels that one pod has all of',
      [service({ selector: { app: 'api' } }), api],
      [service({ selector: { app: 'api', tier: 'web' } }), api, workload('b', {}, 'Job')],
      /none has a label "tier"/,
    ],
    [
      'a Service without selector, or for another host, needs no pods',
      [
        service({ selector: undefined }),
        object('Service', 'x', { spec: { type: 'ExternalName', selector: { app: 'z' } } }),
      ],
      [service({ selector: { app: 'z' } })],
      /selects no pod/,
    ],
    [
      'a named target port is a port of a pod; a number need not be declared',
      [
        service(),
        object('Service', 'n', { spec: { selector: { app: 'api' }, ports: [{ port: 1, targetPort: 9999 }] } }),
        api,
      ],
      [service({ ports: [{ name: 'web', port: 80, targetPort: 'htp' }] }), api],
      /^Service "api": spec\.ports\[web\]\.targetPort "htp" is no TCP port .*did you mean "http".*they have "http"/,
    ],
    [
      'a named target port has the protocol of the Service port',
      [
        service({ ports: [{ port: 53, protocol: 'UDP', targetPort: 'dns' }] }),
        apiWith({ ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }),
      ],
      [
        service({ ports: [{ port: 53, targetPort: 'dns' }] }),
        apiWith({ ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }),
      ],
      /"dns" is no TCP port/,
    ],
    [
      'a sidecar offers ports, an init container that ends does not',
      [service({ ports: [{ port: 80, targetPort: 'proxy' }] }), sidecar('Always')],
      [service({ ports: [{ port: 80, targetPort: 'proxy' }] }), sidecar(undefined)],
      /"proxy" is no TCP port/,
    ],
    [
      'pods that others make are declared',
      [service({ selector: { app: 'made-elsewhere' } })],
      [service({ selector: { app: 'made-elsewhere' } }), { ...service(), metadata: { name: 'x', namespace: 'b' } }],
      /in namespace "b"/,
      [{ kind: 'Pod', name: '*', namespace: 'shop' }],
    ],
  ]);

  test('a selector may ask for labels that controllers write', () => {
    const selector = { app: 'api', 'statefulset.kubernetes.io/pod-name': 'api-0' };
    expect(problemsOf([service({ selector }), workload('api', {}, 'StatefulSet')])).toEqual([]);
  });
});

function sidecar(restartPolicy: string | undefined): PlainObject {
  const init = { name: 'proxy', restartPolicy, ports: [{ name: 'proxy', containerPort: 15001 }] };
  return workload('api', { initContainers: [init] });
}

function budget(selector: unknown): PlainObject {
  return object('PodDisruptionBudget', 'api', { spec: { selector } });
}

function expression(key: string, operator: string, ...values: string[]): unknown {
  return { matchExpressions: [{ key, operator, values }] };
}

describe('selectors of budgets and workloads', () => {
  holds([
    [
      'a budget reaches pods by labels',
      [budget({ matchLabels: { app: 'api' } }), api],
      [budget({ matchLabels: { app: 'ap' } }), api],
      /^PodDisruptionBudget "api": spec\.selector .*did you mean "api"/,
    ],
    ['a budget has a selector', [budget({}), api], [budget(undefined), api], /spec\.selector is missing/],
    [
      'In',
      [budget(expression('app', 'In', 'x', 'api')), api],
      [budget(expression('app', 'In', 'x', 'y')), api],
      /none has all/,
    ],
    ['In one', [budget(expression('app', 'In', 'api')), api], [budget(expression('app', 'In', 'x')), api], /app=x/],
    [
      'NotIn',
      [budget(expression('app', 'NotIn', 'x')), api],
      [budget(expression('app', 'NotIn', 'api')), api],
      /none has all/,
    ],
    ['Exists', [budget(expression('app', 'Exists')), api], [budget(expression('tier', 'Exists')), api], /none has all/],
    [
      'DoesNotExist',
      [budget(expression('tier', 'DoesNotExist')), api],
      [budget(expression('app', 'DoesNotExist')), api],
      /none has all/,
    ],
    [
      'a workload selects its own pods',
      [api],
      [object('Deployment', 'api', { spec: { selector: { matchLabels: { app: 'ap' } }, template: template() } })],
      /^Deployment "api": spec\.selector .* does not select the pods of its own template, labelled \{"app":"api"\}/,
    ],
    [
      'two workloads select different pods',
      [api, workload('b'), { ...workload('api', {}, 'StatefulSet'), metadata: { name: 'api', namespace: 'other' } }],
      [api, workload('api', {}, 'StatefulSet')],
      /^StatefulSet "api": .* selects the pods of Deployment "api" too/,
    ],
    [
      'a workload with a narrower selector is still selected by a wider one',
      [api],
      [
        api,
        object('Deployment', 'narrow', {
          spec: {
            selector: { matchLabels: { app: 'api', tier: 'b' } },
            template: template({}, { app: 'api', tier: 'b' }),
          },
        }),
      ],
      /^Deployment "api": .* selects the pods of Deployment "narrow" too/,
    ],
  ]);

  test('a Job may have the labels of a workload', () => {
    expect(problemsOf([api, object('Job', 'migrate', { spec: { template: template() } })])).toEqual([]);
  });
});

function hpa(name: string, target: unknown): PlainObject {
  return object('HorizontalPodAutoscaler', name, { spec: { scaleTargetRef: target } });
}

function scaled(name: string, target: unknown): PlainObject {
  return object('ScaledObject', name, { spec: { scaleTargetRef: target } });
}

const toApi = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };

describe('autoscalers', () => {
  holds([
    [
      'an HPA has a target',
      [hpa('a', toApi), api],
      [hpa('a', { ...toApi, name: 'apo' }), api],
      /^HorizontalPodAutoscaler "a": spec\.scaleTargetRef names apps\/v1 Deployment "apo".*did you mean "api"/,
    ],
    [
      'the target has the group that the HPA names',
      [hpa('a', toApi), api],
      [hpa('a', { kind: 'Deployment', name: 'api' }), api],
      /names v1 Deployment "api".*makes no v1 Deployment/,
    ],
    [
      'a ScaledObject has a target, a Deployment unless it says otherwise',
      [scaled('a', { name: 'api' }), api],
      [scaled('a', { name: 'api', kind: 'StatefulSet' }), api],
      /^ScaledObject "a": .* names apps\/v1 StatefulSet "api"/,
    ],
    [
      'a target has one autoscaler',
      [hpa('a', toApi), api],
      [hpa('a', toApi), scaled('b', { name: 'api' }), api],
      /^ScaledObject "b": .*HorizontalPodAutoscaler "a" scales already/,
    ],
    [
      'a target leaves its replicas to the autoscaler',
      [hpa('a', toApi), api, workload('fixed', {}, 'Deployment', { replicas: 2 })],
      [hpa('a', toApi), workload('api', {}, 'Deployment', { replicas: 2 })],
      /^Deployment "api": spec\.replicas 2 .*HorizontalPodAutoscaler "a"/,
    ],
    [
      'a target may be external',
      [hpa('a', { ...toApi, name: 'theirs' })],
      [hpa('a', { ...toApi, name: 'other' })],
      /external: \[\{ kind: 'Deployment', name: 'other' \}\]/,
      [{ kind: 'Deployment', name: 'theirs' }],
    ],
  ]);
});

function route(backend: object, kind = 'HTTPRoute'): PlainObject {
  return object(kind, 'r', { spec: { rules: [{ backendRefs: [backend] }] } });
}

function ingress(name: string, port: unknown): PlainObject {
  return object('Ingress', 'i', { spec: { rules: [{ http: { paths: [{ backend: { service: { name, port } } }] } }] } });
}

const served = [service(), api];

describe('routes', () => {
  holds([
    ...['HTTPRoute', 'GRPCRoute', 'TCPRoute'].map(
      (kind): Case => [
        `${kind}: a backend exists`,
        [...served, route({ name: 'api', port: 80 }, kind)],
        [...served, route({ name: 'apo', port: 80 }, kind)],
        new RegExp(`^${kind} "r": spec\\.rules\\[0\\]\\.backendRefs\\[0\\] names Service "apo".*did you mean "api"`),
      ],
    ),
    [
      'a backend has the port',
      [...served, route({ name: 'api', port: 80 })],
      [...served, route({ name: 'api', port: 8080 })],
      /names port 8080 of Service "api".*which has "80" or "http"/,
    ],
    ['a backend names a port', served, [...served, route({ name: 'api' })], /names no port of Service "api"/],
    [
      'a backend of another kind or namespace is not looked for',
      [route({ name: 'x', kind: 'Bucket', group: 'example.com' }), route({ name: 'x', namespace: 'other', port: 1 })],
      [route({ name: 'x', port: 1 })],
      /names Service "x"/,
    ],
    [
      'a mirror exists',
      [...served, object('HTTPRoute', 'm', { spec: mirrorTo('api') })],
      [...served, object('HTTPRoute', 'm', { spec: mirrorTo('copy') })],
      /spec\.rules\[0\]\.filters\[0\]\.requestMirror\.backendRef names Service "copy"/,
    ],
    [
      'a Service may be external',
      [route({ name: 'theirs', port: 1 })],
      [route({ name: 'other', port: 1 })],
      /names Service "other"/,
      [{ kind: 'Service', name: 'theirs' }],
    ],
    [
      'the backend of an Ingress exists',
      [...served, ingress('api', { number: 80 })],
      [...served, ingress('apo', { number: 80 })],
      /^Ingress "i": spec\.rules\[0\]\.http\.paths\[0\]\.backend\.service names Service "apo"/,
    ],
    [
      'the backend of an Ingress has the port, by number',
      [...served, ingress('api', { number: 80 })],
      [...served, ingress('api', { number: 81 })],
      /names port 81/,
    ],
    [
      'the backend of an Ingress has the port, by name',
      [...served, ingress('api', { name: 'http' }), ingress('action', { name: 'use-annotation' })],
      [...served, ingress('api', { name: 'htp' })],
      /names port "htp" of Service "api" \(did you mean "http"\?\)/,
    ],
    [
      'the default backend of an Ingress exists',
      [
        ...served,
        object('Ingress', 'd', { spec: { defaultBackend: { service: { name: 'api', port: { number: 80 } } } } }),
      ],
      [object('Ingress', 'd', { spec: { defaultBackend: { service: { name: 'api', port: { number: 80 } } } } })],
      /spec\.defaultBackend\.service names Service "api"/,
    ],
  ]);
});

function mirrorTo(name: string): unknown {
  return { rules: [{ filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name, port: 80 } } }] }] };
}

function serviceMonitor(app: string, port: string, fields: object = {}): PlainObject {
  return object('ServiceMonitor', 'm', {
    spec: { selector: { matchLabels: { app } }, endpoints: [{ port }], ...fields },
  });
}

function podMonitor(app: string, port: string): PlainObject {
  return object('PodMonitor', 'm', { spec: { selector: { matchLabels: { app } }, podMetricsEndpoints: [{ port }] } });
}

describe('monitors', () => {
  holds([
    [
      'a ServiceMonitor selects a Service',
      [...served, serviceMonitor('api', 'http')],
      [...served, serviceMonitor('apo', 'http')],
      /^ServiceMonitor "m": spec\.selector .*no Service of the app .*did you mean "api"/,
    ],
    [
      'a ServiceMonitor names a port of the Service',
      [...served, serviceMonitor('api', 'http')],
      [...served, serviceMonitor('api', 'metrics')],
      /spec\.endpoints\[0\]\.port "metrics" is no port name of the Services .*they have "http"/,
    ],
    [
      'a monitor of other namespaces is not looked into',
      [
        serviceMonitor('x', 'y', { namespaceSelector: { any: true } }),
        serviceMonitor('x', 'y', { namespaceSelector: { matchNames: ['b'] } }),
      ],
      [serviceMonitor('x', 'y', { namespaceSelector: { matchNames: ['shop'] } })],
      /selects no Service/,
    ],
    [
      'a PodMonitor selects pods',
      [api, podMonitor('api', 'http')],
      [api, podMonitor('apo', 'http')],
      /^PodMonitor "m": spec\.selector .*no pod of the app/,
    ],
    [
      'a PodMonitor names a port of the pods',
      [api, podMonitor('api', 'http')],
      [api, podMonitor('api', 'metrics')],
      /spec\.podMetricsEndpoints\[0\]\.port "metrics" is no port name of the pods/,
    ],
  ]);
});

function binding(kind: string, role: object, subject: object): PlainObject {
  return object(kind, 'b', { roleRef: role, subjects: [{ kind: 'ServiceAccount', ...subject }] });
}

const account = object('ServiceAccount', 'api');
const role = object('Role', 'reader');
const toReader = { kind: 'Role', name: 'reader' };

describe('bindings', () => {
  holds([
    [
      'a Role exists',
      [account, role, binding('RoleBinding', toReader, { name: 'api' })],
      [account, role, binding('RoleBinding', { kind: 'Role', name: 'raeder' }, { name: 'api' })],
      /^RoleBinding "b": roleRef names Role "raeder".*did you mean "reader"/,
    ],
    [
      'a service account exists, unless it is of another namespace',
      [role, account, binding('RoleBinding', toReader, { name: 'x', namespace: 'elsewhere' })],
      [role, account, binding('RoleBinding', toReader, { name: 'x', namespace: 'shop' })],
      /subjects\[0\] names ServiceAccount "x"/,
    ],
    [
      'a ClusterRole is not looked for, the service account of its binding is',
      [
        account,
        binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'view' }, { name: 'api', namespace: 'shop' }),
      ],
      [account, binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'view' }, { name: 'x', namespace: 'shop' })],
      /^ClusterRoleBinding "b": subjects\[0\] names ServiceAccount "x"/,
    ],
    [
      'both may be external',
      [binding('RoleBinding', toReader, { name: 'api' })],
      [binding('RoleBinding', { kind: 'Role', name: 'x' }, { name: 'api' })],
      /names Role "x"/,
      [
        { kind: 'Role', name: 'reader' },
        { kind: 'ServiceAccount', name: '*' },
      ],
    ],
  ]);
});

test('problems come in the order of the objects, each with the path of its construct', () => {
  const found = problemsOf([
    service({ selector: { app: 'z' } }),
    hpa('a', toApi),
    apiWith({ envFrom: [{ secretRef: { name: 's' } }] }),
  ]);
  expect(found.map(({ path }) => path)).toEqual(['shop/Service-api', 'shop/Deployment-api']);
});

test.each([
  ['no metadata', { apiVersion: 'apps/v1', kind: 'Deployment' }],
  ['no spec', object('Deployment', 'api')],
  ['text where fields belong', object('Deployment', 'api', { spec: 'x' })],
  ['null where lists belong', workload('api', { containers: null, volumes: null })],
  ['odd items', workload('api', { containers: [null, 'x', { name: 1, env: [3], ports: 'x' }] })],
  ['odd service', service({ selector: [], ports: {} })],
  ['odd route', object('HTTPRoute', 'r', { spec: { rules: [{ backendRefs: [null] }, 3] } })],
])('an object with %s is left to its schema', (_, malformed) => {
  expect(problemsOf([malformed as PlainObject])).toEqual([]);
});
