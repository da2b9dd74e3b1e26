import * as fc from 'fast-check';
import type { ExampleObject } from '../../src/policy/policy';

/** Values that are mostly fine, sometimes not, and now and then null, which is as good as absent. */
const mostly = <T>(fine: readonly T[], bad: readonly T[]): fc.Arbitrary<T | null> =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...fine) },
    { weight: 2, arbitrary: fc.constantFrom(...bad) },
    { weight: 1, arbitrary: fc.constant(null) },
  );

/** Fields that may be absent. */
const fields = (model: Record<string, fc.Arbitrary<unknown>>) => fc.record(model, { requiredKeys: [] });

const capabilities = fields({
  drop: mostly([['ALL'], ['ALL'], ['ALL', 'KILL']], [['KILL'], [], ['all']]),
  add: mostly([[], ['NET_BIND_SERVICE']], [['CHOWN'], ['NET_RAW'], ['SYS_ADMIN', 'NET_BIND_SERVICE']]),
});

const profile = mostly<unknown>(
  [{ type: 'RuntimeDefault' }],
  [{ type: 'Unconfined' }, { type: 'Localhost', localhostProfile: 'app' }],
);

const shared = {
  runAsNonRoot: mostly([true], [false]),
  runAsUser: mostly([1000, 65532], [0]),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: mostly<unknown>(
    [{ type: 'container_t' }, { type: 'container_engine_t' }, { type: '' }],
    [{ type: 'spc_t' }, { user: 'system_u' }, { role: 'system_r' }],
  ),
  windowsOptions: mostly<unknown>(
    [{ runAsUserName: 'ContainerUser' }, { hostProcess: false }],
    [{ hostProcess: true }],
  ),
};

const containerContext = fields({
  ...shared,
  allowPrivilegeEscalation: mostly([false], [true]),
  privileged: mostly([false], [true]),
  procMount: mostly(['Default'], ['Unmasked']),
  readOnlyRootFilesystem: mostly([true], [false]),
  capabilities: fc.option(capabilities),
});

/** What a container of the restricted profile has, so that one wrong field is often the only one. */
const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

const context = fc.oneof(
  { weight: 4, arbitrary: containerContext.map((some) => ({ ...restricted, ...withFew(some) })) },
  { weight: 2, arbitrary: containerContext },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant({}) },
);

/** Keeps two fields at most. */
function withFew(some: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(some).slice(0, 2));
}

const handler = mostly<unknown>(
  [{ httpGet: { path: '/', port: 8080 } }, { tcpSocket: { port: 8080 } }, { exec: { command: ['true'] } }],
  [
    { httpGet: { path: '/', port: 80, host: '169.254.169.254' } },
    { tcpSocket: { port: 80, host: 'other' } },
    { httpGet: { path: '/', port: 80, host: '' } },
  ],
);

const image = mostly(
  ['ghcr.io/acme/app:1.2.3', `ghcr.io/acme/app:1.2.3@sha256:${'a'.repeat(64)}`],
  ['app', 'app:latest', 'docker.io/library/app:1', 'localhost:5000/app', 'ghcr.io/acme-evil/app:1'],
).map((value) => value ?? 'ghcr.io/acme/app:1.2.3');

const resources = mostly<unknown>(
  [{ requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }],
  [
    {},
    { requests: { cpu: '8' } },
    { limits: { memory: '64Gi' } },
    { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi', 'nvidia.com/gpu': '1' } },
  ],
);

const ports = mostly<unknown>(
  [[{ containerPort: 8080 }], []],
  [[{ containerPort: 80, hostPort: 80 }], [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }]],
);

const container = fc.record(
  {
    image,
    securityContext: context,
    resources,
    ports,
    livenessProbe: handler,
    readinessProbe: handler,
    startupProbe: handler,
    imagePullPolicy: mostly(['IfNotPresent'], ['Always', 'Never']),
    lifecycle: mostly<unknown>(
      [{ preStop: { sleep: { seconds: 5 } } }],
      [{ preStop: { httpGet: { path: '/', port: 80, host: 'x' } } }, { postStart: { exec: { command: ['true'] } } }],
    ),
  },
  { requiredKeys: ['image'] },
);

const initContainer = fc
  .tuple(container, fc.boolean())
  .map(([{ livenessProbe, readinessProbe, startupProbe, lifecycle, ...plain }, isSidecar]) =>
    isSidecar ? { ...plain, livenessProbe, readinessProbe, startupProbe, lifecycle, restartPolicy: 'Always' } : plain,
  );

/** An ephemeral container has no ports, resources or probes. */
export const ephemeralContainer = container.map(({ image: source, securityContext }) => ({
  name: 'debugger',
  image: source,
  ...(securityContext === undefined ? {} : { securityContext }),
}));

const named = (prefix: string, list: readonly object[]) => list.map((each, i) => ({ name: `${prefix}${i}`, ...each }));

const volume = mostly<object>(
  [{ emptyDir: {} }, { configMap: { name: 'settings' } }, { secret: { secretName: 'keys' } }],
  [{ hostPath: { path: '/' } }, { nfs: { server: 'nfs', path: '/' } }],
).map((source) => source ?? { emptyDir: {} });

const podContext = fields({
  ...shared,
  fsGroup: fc.constant(1000),
  sysctls: mostly<unknown>(
    [[{ name: 'net.ipv4.tcp_rmem', value: '1' }], []],
    [[{ name: 'kernel.msgmax', value: '1' }]],
  ),
});

/** The specification of a pod that keeps most rules and breaks a few. */
export const podSpec = fc
  .record(
    {
      containers: fc.array(container, { minLength: 1, maxLength: 3 }).map((list) => named('app', list)),
      initContainers: fc.option(fc.array(initContainer, { maxLength: 2 }).map((list) => named('init', list))),
      volumes: fc.option(fc.array(volume, { maxLength: 2 }).map((list) => named('volume', list))),
      securityContext: fc.oneof(podContext.map(withFew), fc.constant(null), fc.constant({ ...restrictedPod() })),
      hostNetwork: mostly([false], [true]),
      hostPID: mostly([false], [true]),
      hostIPC: mostly([false], [true]),
      hostUsers: mostly([true], [false]),
      automountServiceAccountToken: mostly([false], [true]),
      terminationGracePeriodSeconds: fc.constant(30),
    },
    { requiredKeys: ['containers'] },
  )
  .map((spec) => spec as Record<string, unknown>);

function restrictedPod() {
  return { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
}

const annotations = mostly<unknown>([undefined, {}], [{ note: 'x' }]);

/** A kind that runs pods, as an object of it around a template. */
type Wrapper = (template: Record<string, unknown>) => Pick<ExampleObject, 'apiVersion' | 'kind'> & { spec: object };

const selector = { matchLabels: { app: 'random' } };
const withSelector =
  (apiVersion: string, kind: string, more: object = {}): Wrapper =>
  (template) => ({
    apiVersion,
    kind,
    spec: { selector, template, ...more },
  });
const finite = (template: Record<string, unknown>) => ({
  ...template,
  spec: { restartPolicy: 'Never', ...(template.spec as object) },
});

const wrappers: readonly Wrapper[] = [
  (template) => ({ apiVersion: 'v1', kind: 'Pod', spec: template.spec as object }),
  withSelector('apps/v1', 'Deployment'),
  withSelector('apps/v1', 'StatefulSet', { serviceName: 'random' }),
  withSelector('apps/v1', 'DaemonSet'),
  withSelector('apps/v1', 'ReplicaSet'),
  (template) => ({ apiVersion: 'v1', kind: 'ReplicationController', spec: { selector: { app: 'random' }, template } }),
  (template) => ({ apiVersion: 'batch/v1', kind: 'Job', spec: { template: finite(template) } }),
  (template) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: finite(template) } } },
  }),
];

/** A pod, or any kind that makes pods, in the namespace `shop`, that keeps most rules and breaks a few. */
export const workload: fc.Arbitrary<ExampleObject> = workloadOf(podSpec);

/** The same around pods of one's own. */
export function workloadOf(specs: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<ExampleObject> {
  return fc
    .record({ spec: specs, annotations, wrap: fc.constantFrom(...wrappers) })
    .map(({ spec, annotations: notes, wrap }) => {
      const metadata = { labels: { app: 'random' }, ...(notes === undefined ? {} : { annotations: notes }) };
      const wrapped = wrap({ metadata, spec });
      return { ...wrapped, metadata: { name: 'random', namespace: 'shop', ...metadata } };
    });
}

/** The same pod in every kind that makes it. */
export const podInEveryKind: fc.Arbitrary<ExampleObject[]> = podSpec.map((spec) =>
  wrappers.map((wrap) => ({
    ...wrap({ metadata: { labels: { app: 'random' } }, spec }),
    metadata: { name: 'random', namespace: 'shop', labels: { app: 'random' } },
  })),
);
