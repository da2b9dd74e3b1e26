import { ApiObject } from 'cdk8s';
import { GoldenError } from 'cdk8s-golden-path';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';

type Fields = Readonly<Record<string, unknown>>;

/** What a full synthesis has to say of some objects. */
function messages(...objects: { readonly apiVersion: string; readonly kind: string }[]): string[] {
  const env = testEnvironment();
  for (const [i, object] of objects.entries()) new ApiObject(env, `object-${i}`, object);
  try {
    synthObjects(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(GoldenError);
    return (error as GoldenError).problems.map(({ message }) => message);
  }
}

function object(apiVersion: string, kind: string, spec: Fields, name = 'api') {
  return { apiVersion, kind, metadata: { name, labels: { app: name } }, spec };
}

const main = { name: 'main', image: 'ghcr.io/acme/api:1', ports: [{ name: 'http', containerPort: 8080 }] };
const labels = { app: 'api' };
const volumes = [{ name: 'v', emptyDir: {} }];

function deployment(pod: Fields = {}, matchLabels: Fields = labels) {
  const template = { metadata: { labels }, spec: { containers: [main], ...pod } };
  return object('apps/v1', 'Deployment', { selector: { matchLabels }, template });
}

const mainWith = (fields: Fields, pod: Fields = {}) => deployment({ ...pod, containers: [{ ...main, ...fields }] });
const probing = (handler: Fields) => mainWith({ livenessProbe: handler });
const service = (spec: Fields = {}) =>
  object('v1', 'Service', { selector: labels, ports: [{ port: 80, targetPort: 'http' }], ...spec });
const autoscaler = () => {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
  return object('autoscaling/v2', 'HorizontalPodAutoscaler', { maxReplicas: 2, scaleTargetRef });
};
const budget = (value: string) =>
  object('policy/v1', 'PodDisruptionBudget', { maxUnavailable: 1, selector: { matchLabels: { app: value } } });
const route = (port: number) =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', { rules: [{ backendRefs: [{ name: 'api', port }] }] });
const ingress = (port: Fields) =>
  object('networking.k8s.io/v1', 'Ingress', { defaultBackend: { service: { name: 'api', port } } });
const monitor = (kind: string, endpoints: string) =>
  object('monitoring.coreos.com/v1', kind, { [endpoints]: [{ port: 'http' }] });
const scaledJob = (pod: Fields) => {
  const template = { spec: { containers: [main], restartPolicy: 'Never', ...pod } };
  return object('keda.sh/v1alpha1', 'ScaledJob', {
    triggers: [{ type: 'cron', metadata: {} }],
    jobTargetRef: { template },
  });
};

test('the objects that the cases break are sound', () => {
  expect(messages(deployment(), service(), autoscaler(), budget('api'), route(80), ingress({ number: 80 }))).toEqual(
    [],
  );
  expect(messages(scaledJob({}))).toEqual([]);
});

test.each([
  ['a port name', [mainWith({ ports: [{ name: 'Admin', containerPort: 1 }] })]],
  ['two containers', [deployment({ containers: [main, main] })]],
  ['two init containers', [deployment({ initContainers: [1, 2].map(() => ({ name: 'i', image: 'a:1' })) })]],
  ['an init container of the name of another container', [deployment({ initContainers: [{ ...main, ports: [] }] })]],
  ['two volumes', [deployment({ volumes: [...volumes, ...volumes] })]],
  ['two ports of one name', [mainWith({ ports: [1, 2].map((containerPort) => ({ name: 'a', containerPort })) })]],
  ['two ports that are the same', [mainWith({ ports: [1, 2].map(() => ({ name: 'a', containerPort: 1 })) })]],
  ['two variables', [mainWith({ env: ['1', '2'].map((value) => ({ name: 'A', value })) })]],
  [
    'two mounts at one path',
    [mainWith({ volumeMounts: [1, 2].map(() => ({ name: 'v', mountPath: '/a' })) }, { volumes })],
  ],
  [
    'two mounts at one path, spelled in two ways',
    [mainWith({ volumeMounts: ['/a', '/a/'].map((mountPath) => ({ name: 'v', mountPath })) }, { volumes })],
  ],
  ['a probe of no port name', [probing({ httpGet: { port: 'Bad_Name' } })]],
  ['a probe of port 0', [probing({ tcpSocket: { port: 0 } })]],
  ['a probe of port 70000', [probing({ grpc: { port: 70000 } })]],
  ['a probe of a port that is not there', [probing({ httpGet: { port: 'x' } })]],
  ['a target port of no port name', [deployment(), service({ ports: [{ port: 80, targetPort: 'Bad_Name' }] })]],
  ['a Service’s selector of no label', [deployment(), service({ selector: { app: 'a b' } })]],
  ['a workload’s selector of no label', [deployment({}, { app: 'a b' })]],
  ['a budget’s selector of no label', [deployment(), budget('a b')]],
  ['a workload that is there twice', [deployment(), deployment()]],
  ['an autoscaler that is there twice', [deployment(), autoscaler(), autoscaler()]],
  ['an account of no name', [deployment({ serviceAccountName: 'Bad_Name' })]],
  ['a route to port 70000', [deployment(), service(), route(70000)]],
  ['a route to port 0', [deployment(), service(), route(0)]],
  ['an Ingress to port 70000', [deployment(), service(), ingress({ number: 70000 })]],
  ['an Ingress to port 0, which says that there is none', [deployment(), service(), ingress({ number: 0 })]],
  ['a ServiceMonitor without selector', [deployment(), service(), monitor('ServiceMonitor', 'endpoints')]],
  ['a PodMonitor without selector', [deployment(), monitor('PodMonitor', 'podMetricsEndpoints')]],
  ['two containers of a CRD’s pods', [scaledJob({ containers: [main, main] })]],
  ['a port name of a CRD’s pods', [scaledJob({ containers: [{ ...main, ports: [{ name: 'A', containerPort: 1 }] }] })]],
  ['two volumes of a CRD’s pods', [scaledJob({ volumes: [...volumes, ...volumes] })]],
])('%s: one defect, one message', (_, objects) => {
  expect(messages(...objects)).toEqual([expect.any(String)]);
});
