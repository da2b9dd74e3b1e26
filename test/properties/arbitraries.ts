import * as fc from 'fast-check';
import { secretReference } from '../../src/platform/secret-reference';
import { domain, type Subject } from './subject';
import { volumes } from './volume-arbitrary';

type Props = Readonly<Record<string, unknown>>;

const name = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z][-a-z0-9]{50}[a-z0-9]$/) },
);
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,11}$/);
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('on', 'no', '0777', '12:30', '1e3', '', 'null', '~', 'a\n\tb\n\n', '🍲', ' # ', '- a', '"'),
);
const duration = (min: number, max: number) => fc.integer({ min, max }).map((seconds) => `${seconds}s`);
const image = fc
  .tuple(word, fc.constantFrom(':1.2.3', ':v1_0-rc.1', `@sha256:${'a'.repeat(64)}`, `:2@sha256:${'0'.repeat(64)}`))
  .map(([path, version]) => `registry.example/apps/${path.toLowerCase()}${version}`);
const reference = fc.tuple(word, fc.option(word, { nil: undefined })).map(([p, k]) => secretReference(`team/${p}`, k));
const size = fc.oneof(
  fc.constantFrom('xs', 'small', 'medium', 'large', 'xl'),
  fc.record({ cpu: fc.constantFrom('100m', 1, '0.5', 2.5), memory: fc.constantFrom('64Mi', '1Gi', 268435456, '1e9') }),
  fc.constant({ cpu: '250m', memory: '1Gi', memoryLimit: '2Gi', cpuLimit: 4 }),
);
const command = fc.array(text, { maxLength: 3 });
const env = (prefix: string) =>
  dictionary(
    prefix,
    fc.oneof(
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      reference,
      fc.constantFrom({ field: 'metadata.name' }, { field: 'status.podIP' }, { field: "metadata.labels['a']" }),
      fc.constant({ fromSecret: 'credentials', key: 'token' }),
      fc.constant({ fromConfig: 'settings', key: 'mode', optional: true }),
    ),
  );

/** A record whose names begin alike, so that records of different prefixes never clash. */
function dictionary<T>(prefix: string, value: fc.Arbitrary<T>, maxKeys = 3): fc.Arbitrary<Record<string, T>> {
  return fc
    .dictionary(word, value, { maxKeys })
    .map((record) => Object.fromEntries(Object.entries(record).map(([key, v]) => [`${prefix}${key}`, v])));
}

/** Some of the props of a record, each present half of the time. */
function some(
  record: Record<string, fc.Arbitrary<unknown>>,
  requiredKeys: readonly string[] = [],
): fc.Arbitrary<Props> {
  return fc.record(record, { requiredKeys: [...requiredKeys] }) as fc.Arbitrary<Props>;
}

const container = some({ image, command, args: command, size, inheritEnv: fc.boolean(), env: env('X_') }, ['image']);
const security = fc.oneof(
  some({ runAsUser: fc.integer({ min: 1, max: 65_535 }), runAsGroup: fc.nat(65_535), fsGroup: fc.nat(65_535) }),
  some(
    {
      reason: fc.constant('because a test wants it so'),
      runAsUser: fc.constant(0),
      readOnlyRootFilesystem: fc.boolean(),
      allowPrivilegeEscalation: fc.boolean(),
      capabilities: fc.subarray(['NET_BIND_SERVICE', 'SYS_PTRACE']),
      seccomp: fc.constantFrom('RuntimeDefault', 'Unconfined'),
      privileged: fc.boolean(),
    },
    ['reason'],
  ),
);
const identity = some({
  aws: fc.constant('arn:aws:iam::123456789012:role/app'),
  gcp: fc.constant('app@project.iam.gserviceaccount.com'),
  azure: fc.constant('00000000-0000-0000-0000-000000000000'),
});

/** Props of every workload. */
const common: Record<string, fc.Arbitrary<unknown>> = {
  image,
  command,
  args: command,
  size,
  env: env('E_'),
  config: dictionary('C_', fc.oneof(text, fc.integer(), fc.boolean())),
  files: dictionary('/etc/app/', text),
  secretFiles: dictionary('/etc/secret/', reference),
  secretsFrom: fc.array(reference, { maxLength: 2 }),
  secretTemplates: dictionary('T_', fc.constant('a {{ .B }} c')),
  secretRefresh: fc.constantFrom('15m', '1h'),
  restartOnRotation: fc.boolean(),
  existingSecrets: fc.subarray(['credentials']),
  volumes,
  initContainers: dictionary('init-', container, 2).map(lowerKeys),
  sidecars: dictionary('side-', container, 2).map(lowerKeys),
  extraContainers: dictionary('extra-', container, 1).map(lowerKeys),
  security,
  identity,
  permissions: fc.subarray([{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }]),
  egress: fc.subarray([
    'api.example.com:443',
    '*.example.org:8443',
    '10.2.0.0/16:5432',
    '[2001:db8::/32]:53',
    { cidrs: ['0.0.0.0/0'], port: 443, reason: 'a crawler' },
    { host: 'db.example.com', cidrs: ['10.3.0.0/16'], port: 5432, protocol: 'udp' },
  ]),
  architecture: fc.constantFrom('amd64', 'arm64'),
  nodePool: word,
  priority: fc.constantFrom('urgent', 'low.batch'),
  spread: fc.boolean(),
  tolerations: fc.subarray([{ key: 'dedicated', operator: 'Exists' }]),
  labels: dictionary('example.com/', word),
  annotations: dictionary('example.com/', text),
  podAnnotations: dictionary('example.com/', text),
  imagePullSecrets: fc.subarray(['credentials']),
};

function lowerKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
}

const timing = { every: duration(1, 60), timeout: duration(1, 10), failures: fc.integer({ min: 1, max: 50 }) };

/** Ports, and probes that ask at them. */
const listening = fc
  .uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 4, maxLength: 4 })
  .chain(([port, second, third, metrics]) => {
    const probe = fc.oneof(
      fc.constant(false),
      some({ ...timing, http: fc.constant('/ok'), port: fc.constantFrom(port, 'second') }, ['http']),
      some({ ...timing, tcp: fc.constantFrom(true, second) }, ['tcp']),
      some({ ...timing, grpc: fc.constant(third), service: word }, ['grpc']),
      some({ ...timing, exec: fc.constant(['true']) }, ['exec']),
    );
    return some(
      {
        port: fc.constant(port),
        servicePort: fc.constantFrom(...[port, 80].filter((p) => ![second, third, metrics].includes(p))),
        ports: fc.constant({ second, third: { port: third, protocol: 'tcp', servicePort: third } }),
        health: fc.constantFrom('/healthz', 'grpc'),
        probes: some({ readiness: probe, liveness: probe, startup: probe }),
        metrics: fc.oneof(fc.boolean(), some({ port: fc.constantFrom(metrics, 'second'), path: fc.constant('/m') })),
      },
      ['port', 'ports', 'servicePort'],
    );
  });

const triggers = {
  queue: fc.constant({ scaler: 'rabbitmq', settings: { queueName: 'q', mode: 'QueueLength', value: '5' } }),
  cron: fc.constant([{ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'Europe/Berlin', replicas: 2 }]),
  prometheus: fc.constant({ server: 'http://prometheus:9090', query: 'up', target: 3 }),
};
const percent = fc.integer({ min: 1, max: 200 });
const range = { cpu: percent, memory: percent, stabilizeUp: duration(0, 3600), stabilizeDown: duration(0, 3600) };
const metric = fc.record({
  name: fc.constant('requests'),
  target: fc.constantFrom(5, '100m'),
  from: fc.constantFrom('pods', 'external'),
});
const scale = fc.oneof(
  fc.nat(5),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), some({ ...range, metrics: fc.array(metric, { maxLength: 1 }) }))
    .map(([min, r]) => ({ min, max: min + 4, ...r })),
  fc.tuple(fc.nat(2), some({ ...range, ...triggers }, ['cron'])).map(([min, r]) => ({ min, max: min + 3, ...r })),
);
const replicated: Record<string, fc.Arbitrary<unknown>> = {
  ...common,
  scale,
  rollout: some({
    maxSurge: fc.constantFrom(1, '25%', 3),
    maxUnavailable: fc.constantFrom(0, 1, '50%'),
    minReady: duration(0, 60),
    deadline: duration(61, 3600),
    history: fc.nat(10),
  }),
  stopDelay: duration(0, 29),
  stopTimeout: duration(30, 300),
};
const running = {
  ...common,
  retries: fc.nat(10),
  timeout: duration(1, 86_400),
  parallelism: fc.integer({ min: 1, max: 5 }),
  completions: fc.integer({ min: 1, max: 5 }),
  keepFor: duration(0, 86_400),
};
const host = word.map((label) => `${label.toLowerCase()}.${domain}`);
const path = fc.constantFrom('/', '/api', '/api/v1/', '/a-b/c_d', '/~x');
const callers = fc.subarray(['random', 'friends', 'friends/api', 'anyone', { from: 'friends', ports: ['second'] }]);
const routed = {
  host,
  callers,
  paths: fc.uniqueArray(path, { minLength: 1, maxLength: 3 }),
  via: fc.constantFrom('gateway', 'ingress', 'both'),
  beforeDeploy: some({ command: fc.constant(['migrate']), args: command, image, retries: fc.nat(5) }, ['command']),
  afterFailedDeploy: some({ command: fc.constant(['restore']), args: command, image, retries: fc.nat(5) }, ['command']),
};
const redirects = fc.constant([{ from: '/old', to: '/new', status: 301 }]);

/** A workload of any kind with props that are all valid, each prop present about half of the time. */
export const validSubject: fc.Arbitrary<Subject> = fc.oneof(
  subject('service', fc.tuple(some({ ...replicated, ...routed }, ['image']), listening).map(merge)),
  subject('service', fc.tuple(some({ ...replicated, host, redirects }, ['image', 'host']), listening).map(merge)),
  subject('worker', some(replicated, ['image'])),
  subject('worker', fc.tuple(some(replicated, ['image']), listening).map(merge)),
  subject(
    'stateful',
    fc
      .tuple(
        some({ ...replicated, callers, podManagement: fc.constantFrom('OrderedReady', 'Parallel') }, ['image']),
        listening,
      )
      .map(merge),
  ),
  subject(
    'job',
    some({ ...running, runs: fc.constantFrom('before-deploy', 'with-deploy', 'after-deploy', 'after-failed-deploy') }, [
      'image',
    ]),
  ),
  subject(
    'cronJob',
    some(
      {
        ...running,
        schedule: fc.constantFrom('0 3 * * *', '*/5 * * * MON-FRI', '@daily', '59 23 31 12 *'),
        timeZone: fc.constantFrom('Europe/Berlin', 'Etc/UTC', 'Asia/Kolkata'),
        concurrency: fc.constantFrom('Allow', 'Forbid', 'Replace'),
        startingDeadline: duration(10, 3600),
        history: some({ succeeded: fc.nat(9), failed: fc.nat(9) }),
        suspend: fc.boolean(),
      },
      ['image', 'schedule'],
    ),
  ),
);

function merge([props, ports]: [Props, Props]): Props {
  return { ...props, ...ports };
}

function subject(kind: Subject['kind'], props: fc.Arbitrary<Props>): fc.Arbitrary<Subject> {
  return fc.record({ kind: fc.constant(kind), name, props });
}
