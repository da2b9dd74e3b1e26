import type { PlainObject } from '../../src/platform/placed-object';
import { holds, problemsOf } from './reference-cases';
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

const served = [service(), api];

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
