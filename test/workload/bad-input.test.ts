import {
  GoldenCronJob,
  GoldenError,
  GoldenJob,
  GoldenService,
  GoldenStatefulService,
  GoldenWorker,
} from 'cdk8s-golden-path';
import { testEnvironment } from 'cdk8s-golden-path/testing';
import { image } from './workloads';

type Props = Record<string, unknown>;

/** What the props of a workload are refused with: one sentence each. */
function messages(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof GoldenError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

const service = (props: Props, id = 'api') =>
  messages(() => new GoldenService(testEnvironment(), id, { image, port: 8080, ...props } as never));
const tool = { image: 'ghcr.io/acme/tool:1' };
const queue = { scaler: 'rabbitmq', settings: {} };

describe.each<[string, [Props, string][]]>([
  [
    'image',
    [
      [{ image: undefined }, 'is no image reference; write registry/name:tag@sha256:digest'],
      [{ image: 'ghcr.io/acme/api' }, 'has neither tag nor digest, so what runs would change without a commit'],
      [{ image: 'ghcr.io/acme/api:latest' }, 'is pinned to "latest", which moves'],
      [{ image: 'docker.io/other/api:1' }, 'comes from a registry that the platform does not know; use ghcr.io/acme'],
      [{ image: 'ghcr.io/acme-evil/api:1' }, 'comes from a registry that the platform does not know'],
      [{ image: 'UPPER CASE' }, 'is no image reference'],
      [{ command: 'node main.js' }, 'command "node main.js" is no list of words; write each word on its own'],
      [{ args: [1] }, 'args [1] is no list of words'],
    ],
  ],
  [
    'ports',
    [
      [{ port: undefined }, 'port is missing; set the port that the program listens on'],
      [{ port: 0 }, 'port 0 of "http" is no port; use a whole number from 1 to 65535'],
      [{ port: 70000 }, 'port 70000 of "http" is no port; use a whole number from 1 to 65535'],
      [{ port: 80.5 }, 'port 80.5 of "http" is no port'],
      [{ port: '8080' }, 'port "8080" of "http" is no port'],
      [{ ports: { admin: 8080 } }, 'port 8080 is used by "http" and "admin"; give one of them another number'],
      [{ ports: { a: { port: 1, servicePort: 80 } } }, 'servicePort 80 is offered for "http" and "a"'],
      [{ servicePort: 0 }, 'servicePort 0 of "http" is no port'],
      [{ ports: { http: 9000 } }, 'port name "http" is used twice; rename one'],
      [{ ports: { Admin: 9000 } }, 'port name "Admin" is no port name; use at most 15 lower-case letters'],
      [{ ports: { 'longer-than-15-x': 9000 } }, 'is no port name'],
      [{ ports: { '8080': 9000 } }, 'is no port name'],
      [{ ports: 9000 }, 'ports 9000 is no record; write ports by name'],
      [{ ports: { admin: 'x' } }, 'ports.admin "x" is no port; write a number or { port, protocol }'],
      [{ protocol: 'https' }, 'protocol "https" of "https" is unknown; use http, grpc, tcp, udp'],
      [{ metrics: { port: 'nope' } }, 'metrics.port "nope" is none of the ports http'],
      [{ metrics: 9090 }, 'metrics 9090 is neither true nor settings; write { port: 9090 }'],
      [{ metrics: { path: 'metrics' } }, 'metrics.path "metrics" is no path; start it with "/"'],
      [{ metrics: { interval: '30' } }, 'metrics.interval "30" is no duration; write a number with its unit'],
    ],
  ],
  [
    'probes',
    [
      [{ health: 'healthz' }, 'health "healthz" is neither a path nor "grpc"; start a path with "/"'],
      [{ probes: { readyness: false } }, 'probes has no "readyness" (did you mean "readiness"?)'],
      [{ probes: { readiness: {} } }, 'asks in 0 ways; use one of http, tcp, grpc, exec'],
      [{ probes: { readiness: { http: '/', tcp: true } } }, 'asks in 2 ways'],
      [{ probes: { readiness: true } }, 'probes.readiness true is no probe'],
      [{ probes: { readiness: { http: 'x' } } }, 'probes.readiness.http "x" is no path'],
      [{ probes: { readiness: { http: '/', port: 81 } } }, 'asks at port 81, which is not declared; use http'],
      [{ probes: { readiness: { exec: 'true' } } }, 'probes.readiness.exec "true" is no command'],
      [{ probes: { readiness: { http: '/', every: '10' } } }, 'probes.readiness.every "10" is no duration'],
      [{ probes: { readiness: { http: '/', every: '0s' } } }, 'probes.readiness.every "0s" is out of range; use 1s'],
      [{ probes: { readiness: { http: '/', failures: 0 } } }, 'probes.readiness.failures 0 is no count'],
    ],
  ],
  [
    'size',
    [
      [{ size: 'meduim' }, 'size "meduim" is unknown (did you mean "medium"?); use xs, small, medium, large, xl'],
      [{ size: 3 }, 'size 3 is unknown'],
      [{ size: { cpu: 'much', memory: '1Gi' } }, 'size.cpu "much" is no quantity'],
      [{ size: { cpu: 1 } }, 'size.memory undefined is no quantity'],
      [{ size: { cpu: 0, memory: '1Gi' } }, 'size.cpu 0 must be above zero'],
      [{ size: { cpu: 1, memory: '1Gi', memoryLimit: '1Mi' } }, 'size.memoryLimit 1Mi is below size.memory 1Gi'],
      [{ size: { cpu: 2, memory: '1Gi', cpuLimit: 1 } }, 'size.cpuLimit 1 is below size.cpu 2'],
    ],
  ],
  [
    'scale',
    [
      [{ scale: { min: 5, max: 2 } }, 'scale.min 5 is above scale.max 2; lower min or raise max'],
      [{ scale: -1 }, 'is no number of pods'],
      [{ scale: 1.5 }, 'is no number of pods'],
      [{ scale: Number.NaN }, 'is no number of pods'],
      [{ scale: 'many' }, 'scale "many" is no scale; use a number, or { min, max }'],
      [{ scale: { min: 0, max: 2 } }, 'scale.min 0 would never wake up again on CPU or memory'],
      [{ scale: { min: 1 } }, 'scale.max undefined is no number of pods'],
      [{ scale: { min: 1, max: 2, cpuu: 3 } }, 'scale has no setting "cpuu" (did you mean "cpu"?)'],
      [{ scale: { min: 1, max: 2, cpu: 0 } }, 'scale.cpu 0 is no percentage of the request'],
      [{ scale: { min: 1, max: 2, stabilizeDown: 300 } }, 'scale.stabilizeDown 300 is no duration'],
      [{ scale: { min: 1, max: 2, stabilizeDown: '2h' } }, 'scale.stabilizeDown "2h" is out of range'],
      [{ scale: { min: 1, max: 2, metrics: 'rps' } }, 'scale.metrics "rps" is no list; write [{ name, target }]'],
      [{ scale: { min: 1, max: 2, metrics: [{ name: '', target: 1 }] } }, 'needs a name and a target above zero'],
      [{ scale: { min: 1, max: 2, metrics: [{ name: 'a', target: 1 }], queue } }, 'can not be combined'],
      [{ scale: { min: 0, max: 2, queue: { scaler: 'x' } } }, 'needs a scaler and its settings as text'],
      [{ scale: { min: 0, max: 2, cron: { start: '* * * * *' } } }, 'needs start, end, timeZone and a number'],
      [{ scale: { min: 0, max: 2, prometheus: { server: 'x' } } }, 'needs server, query and a target above zero'],
    ],
  ],
  [
    'rollout',
    [
      [{ stopDelay: '5' }, 'stopDelay "5" is no duration; write a number with its unit ms, s, m, h or d, like "30s"'],
      [{ stopDelay: 5 }, 'stopDelay 5 is no duration'],
      [{ stopTimeout: '1500ms' }, 'stopTimeout "1500ms" is no whole number of seconds'],
      [
        { stopDelay: '10s', stopTimeout: '5s' },
        'stopDelay 10s leaves no time to stop within stopTimeout 5s; raise stopTimeout',
      ],
      [{ rollout: 'fast' }, 'rollout "fast" is no record of settings'],
      [{ rollout: { surge: 1 } }, 'rollout has no setting "surge"'],
      [{ rollout: { maxSurge: '25' } }, 'rollout.maxSurge "25" is neither a count nor a percentage'],
      [{ rollout: { maxSurge: 0 } }, 'both 0, so no pod could ever be replaced; raise one'],
      [{ rollout: { maxSurge: '0%', maxUnavailable: '0%' } }, 'both 0, so no pod could ever be replaced'],
      [{ rollout: { history: -1 } }, 'rollout.history -1 is no count'],
      [{ rollout: { minReady: '5' } }, 'rollout.minReady "5" is no duration'],
      [{ rollout: { deadline: '0s' } }, 'rollout.deadline "0s" is out of range'],
    ],
  ],
  [
    'configuration',
    [
      [{ env: [] }, 'env [] is no record'],
      [{ env: { '1A': 'x' } }, 'env name "1A" is no variable name'],
      [{ env: { A: null } }, 'env.A null is no value'],
      [{ env: { A: Number.POSITIVE_INFINITY } }, 'is no finite number'],
      [{ env: { A: { field: 'name' } } }, 'env.A.field "name" is no field of a pod; write it like "metadata.name"'],
      [{ env: { A: { fromSecret: 's' } } }, 'needs a name in fromSecret and a key'],
      [{ env: { A: {} } }, 'env.A {} is no value'],
      [{ config: 'A=1' }, 'config "A=1" is no record'],
      [{ config: { 'A-B': 1 } }, 'config name "A-B" is no variable name'],
      [{ config: { A: {} } }, 'config.A {} is no value'],
      [{ config: { A: 1 }, env: { A: 1 } }, 'A is set in both env and config; keep one'],
      [{ files: { '/etc/../passwd': '' } }, 'file path "/etc/../passwd" is not absolute and plain'],
      [{ files: { 'etc/app': '' } }, 'start with "/", without ".."'],
      [{ files: { '/etc/app/': '' } }, 'is not absolute and plain'],
      [{ files: { '/etc/a b': '' } }, 'has a character that no ConfigMap key takes'],
      [{ files: { '/a': 1 } }, 'file "/a" has the content 1; give it as text'],
      [{ files: { '/a': 'x'.repeat(1_048_577) } }, 'a ConfigMap takes 1048576 at most: mount a volume instead'],
    ],
  ],
  [
    'secrets',
    [
      [{ secretsFrom: ['orders'] }, 'is no list of references; write [env.secret("orders/stripe")]'],
      [{ secretFiles: { '/a': 'password' } }, 'name it by env.secret(path, key)'],
      [{ secretFiles: { '/../a': 'x' } }, 'secret file path "/../a" is not absolute and plain'],
      [{ existingSecrets: 'a' }, 'existingSecrets "a" is no list of Secrets'],
      [{ secretRefresh: '60' }, 'secretRefresh "60" is no duration; write it like "15m" or "1h"'],
      [{ secretTemplates: { A: 1 } }, 'is no record of templates'],
    ],
  ],
  [
    'volumes',
    [
      [{ volumes: [] }, 'volumes [] is no record'],
      [{ volumes: { a: 'x' } }, 'volumes.a "x" is no volume'],
      [{ volumes: { a: { mountPath: '/a' } } }, 'volumes.a has no source; give it one of emptyDir'],
      [{ volumes: { a: { emptyDir: true, nfs: {}, mountPath: '/a' } } }, 'has the sources emptyDir and nfs'],
      [{ volumes: { tmp: { emptyDir: true, mountPath: '/a' } } }, 'volume name "tmp" is taken by the workload itself'],
      [{ volumes: { A: { emptyDir: true, mountPath: '/a' } } }, 'volume name "A" is no DNS label'],
      [{ volumes: { a: { emptyDir: true, mountPath: 'a' } } }, 'volumes.a.mountPath "a" is no absolute path'],
      [{ volumes: { a: { emptyDir: true, mountPath: '/a/../b' } } }, 'is no absolute path'],
      [{ volumes: { a: { emptyDir: true, mountPath: '/tmp' } } }, 'mountPath "/tmp" is mounted twice'],
      [
        { volumes: { a: { emptyDir: true, mountPath: '/a' }, b: { emptyDir: true, mountPath: '/a' } } },
        'volumes.b.mountPath "/a" is mounted twice; choose another path',
      ],
      [{ files: { '/a': '' }, volumes: { a: { emptyDir: true, mountPath: '/a' } } }, 'is mounted twice'],
      [{ volumes: { a: { claim: {}, mountPath: '/a' } } }, 'volumes.a.claim.size undefined is no quantity'],
      [{ volumes: { a: { claim: '1Gi', mountPath: '/a' } } }, 'volumes.a.claim "1Gi" is no claim'],
      [{ volumes: { a: { emptyDir: { size: 'x' }, mountPath: '/a' } } }, 'volumes.a.emptyDir.size "x" is no quantity'],
      [{ volumes: { a: { emptyDir: true, mountPath: '/a', subPath: '../x' } } }, 'leaves the volume'],
      [{ volumes: { a: { hostPath: '/var', mountPath: '/a' } } }, 'add a reason of at least 10 characters'],
    ],
  ],
  [
    'containers',
    [
      [{ sidecars: [] }, 'sidecars [] is no record'],
      [{ sidecars: { a: 'x' } }, 'sidecars.a "x" is no container; write { image }'],
      [{ sidecars: { api: tool } }, 'container name "api" is used twice in the pod'],
      [{ sidecars: { a: tool }, initContainers: { a: tool } }, 'container name "a" is used twice in the pod'],
      [{ sidecars: { a: { image: 'x' } } }, 'sidecars.a: image "x" has neither tag nor digest'],
      [{ sidecars: { a: { ...tool, size: 'big' } } }, 'sidecars.a: size "big" is unknown'],
      [{ sidecars: { a: { ...tool, mounts: { data: '/d' } } } }, 'sidecars.a: mounts names the volume "data"'],
      [{ sidecars: { a: { ...tool, port: 0 } } }, 'sidecars.a: port 0'],
    ],
  ],
  [
    'security and identity',
    [
      [{ security: { runAsRoot: true } }, 'security has no setting "runAsRoot"'],
      [{ security: { runAsUser: -1 } }, 'security.runAsUser -1 is no id'],
      [{ security: { privileged: 'yes' } }, 'security.privileged "yes" is neither true nor false'],
      [{ security: { seccomp: 'Localhost' } }, 'security.seccomp "Localhost" is unknown'],
      [{ security: { capabilities: ['net_admin'] } }, 'is no list of capabilities'],
      [{ security: { runAsUser: 0, reason: 'because' } }, 'explains too little; write a sentence'],
      [{ security: { privileged: true } }, 'weakened by privileged: true without a reason; add security.reason'],
      [{ identity: { aws: 'orders' } }, 'identity.aws "orders" has not the form of "arn:aws:iam::'],
      [{ identity: { ibm: 'x' } }, 'identity has no cloud "ibm"'],
      [{ permissions: [{ verbs: ['get'] }] }, 'needs apiGroups, resources and verbs'],
      [{ permissions: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] }, 'has a wildcard'],
      [{ permissions: 'all' }, 'permissions "all" is no list of rules'],
    ],
  ],
  [
    'placement and metadata',
    [
      [{ architecture: 'x86' }, 'architecture "x86" is unknown; use amd64 or arm64'],
      [{ nodePool: 'a b' }, 'nodePool "a b" is no name'],
      [{ tolerations: 'all' }, 'tolerations "all" is no list of tolerations'],
      [{ spread: 'no' }, 'spread "no" is neither true nor false'],
      [{ labels: { 'app.kubernetes.io/name': 'x' } }, 'is set by the library; choose a key of your own'],
      [{ labels: { a: 1 } }, 'labels["a"] 1 is no text; write it in quotes'],
      [{ annotations: 'x' }, 'annotations "x" is no record of texts'],
      [{ imagePullSecrets: 'registry' }, 'imagePullSecrets "registry" is no list of Secrets; write their names'],
      [{ objects: { a: {} } }, 'objects.a {} is no manifest; it needs apiVersion and kind'],
    ],
  ],
  [
    'route',
    [
      [{ host: 'api.example.com' }, 'is outside "dev.acme.io", the domain of dev; use "api.dev.acme.io"'],
      [{ host: 'evildev.acme.io' }, 'is outside "dev.acme.io"'],
      [{ host: 'https://api.dev.acme.io' }, 'is no host name; use lower-case labels with dots'],
      [{ host: 'a.dev.acme.io', hosts: ['a.dev.acme.io'] }, 'names a host twice'],
      [{ host: 'a.dev.acme.io', protocol: 'tcp' }, "can't be routed to a tcp port"],
      [{ host: 'a.dev.acme.io', paths: ['api'] }, 'path "api" is no URL path'],
      [{ paths: '/a' }, 'paths "/a" is no list of paths'],
      [{ redirects: '/a' }, 'redirects "/a" is no list'],
      [{ host: 'a.dev.acme.io', paths: ['/a', '/a'] }, 'names a path twice'],
      [{ host: 'a.dev.acme.io', via: 'mesh' }, 'via "mesh" is unknown; use gateway, ingress or both'],
      [{ redirects: [{ from: '/a', to: '/b' }] }, 'redirects need a host'],
      [{ host: 'a.dev.acme.io', redirects: [{ from: '/a', to: '/a' }] }, 'leads to itself'],
      [{ host: 'a.dev.acme.io', redirects: [{ from: '/a' }] }, 'needs two paths, from and to'],
      [{ host: 'a.dev.acme.io', via: 'ingress', redirects: [{ from: '/a', to: '/b' }] }, 'no form in an Ingress'],
    ],
  ],
  [
    'beforeDeploy',
    [
      [{ beforeDeploy: 'migrate' }, 'beforeDeploy "migrate" is no command; write { command: ["migrate"] }'],
      [{ beforeDeploy: { command: [] } }, 'beforeDeploy.command [] is empty'],
      [{ beforeDeploy: { command: ['x'], image: 'x' } }, 'has neither tag nor digest'],
      [{ beforeDeploy: { command: ['x'], retries: -1 } }, 'beforeDeploy.retries -1 is no count'],
      [{ beforeDeploy: { command: ['x'], timeout: '10' } }, 'beforeDeploy.timeout "10" is no duration'],
    ],
  ],
])('%s', (_, rows) => {
  test.each(rows)('%j is refused: %s', (props, message) => {
    expect(service(props).join('\n')).toContain(message);
  });
});

test.each([
  ['Orders', 'name "Orders" is no DNS label; use lower-case letters, digits and "-"'],
  ['1api', 'is no DNS label'],
  ['api-', 'is no DNS label'],
  ['a_b', 'is no DNS label'],
  ['a'.repeat(64), 'has 64 characters; use 63 at most'],
])('the name %s is refused', (id, message) => {
  expect(service({}, id)).toEqual([expect.stringContaining(message)]);
});

test('the longest name is taken', () => {
  expect(service({ config: { A: 1 }, files: { '/a': '' } }, 'a'.repeat(63))).toEqual([]);
});

const longName = 'a'.repeat(53);
test.each<[string, () => unknown]>([
  ['cron job', () => new GoldenCronJob(testEnvironment(), longName, { image, schedule: '@daily' })],
  ['stateful service', () => new GoldenStatefulService(testEnvironment(), longName, { image, port: 80 })],
])('a %s has a shorter name, because its controller adds to it', (_, make) => {
  expect(messages(make)).toEqual([expect.stringContaining('has 53 characters; use 52 at most')]);
});

test('two services of one name are refused', () => {
  const env = testEnvironment();
  new GoldenService(env, 'api', { image, port: 8080 });
  expect(messages(() => new GoldenService(env, 'api', { image, port: 8080 }))).toEqual([
    expect.stringContaining('"api"'),
  ]);
});

test.each<[Props, string]>([
  [{ schedule: undefined }, 'is no cron expression; write five fields, like "0 3 * * *"'],
  [{ schedule: '* * * *' }, 'write minute, hour, day, month and weekday'],
  [{ schedule: '0 0 3 * * *' }, 'is no cron expression that Kubernetes takes'],
  [{ schedule: '61 * * * *' }, 'is no cron expression'],
  [{ schedule: '0 0 30 2 *' }, 'schedule "0 0 30 2 *" never comes; choose a day that exists in its month'],
  [{ schedule: '0 0 L * *' }, 'is no cron expression that Kubernetes takes'],
  [{ schedule: '@never' }, 'is no cron expression'],
  [{ schedule: 'TZ=Europe/Berlin 0 3 * * *' }, 'names a time zone; set timeZone instead'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone "Mars/Olympus" is no IANA time zone'],
  [{ timeZone: 'Local' }, 'timeZone "Local" is no IANA time zone'],
  [{ concurrency: 'Never' }, 'concurrency "Never" is unknown; use Allow, Forbid, Replace'],
  [{ startingDeadline: '5s' }, 'startingDeadline "5s" is out of range; use 10s'],
  [{ history: { failed: -1 } }, 'history.failed -1 is no count'],
  [{ retries: -1 }, 'retries -1 is no count'],
  [{ timeout: 60 }, 'timeout 60 is no duration'],
  [{ parallelism: 0 }, 'parallelism 0 is no count; use a whole number from 1'],
  [{ completions: 0.5 }, 'completions 0.5 is no count'],
  [{ keepFor: '1' }, 'keepFor "1" is no duration'],
])('a cron job with %j is refused: %s', (props, message) => {
  const make = () => new GoldenCronJob(testEnvironment(), 'report', { image, schedule: '@daily', ...props } as never);
  expect(messages(make).join('\n')).toContain(message);
});

test('a phase that a job can not run in is refused', () => {
  expect(messages(() => new GoldenJob(testEnvironment(), 'import', { image, runs: 'never' } as never))).toEqual([
    'runs "never" is unknown; use before-deploy, with-deploy, after-deploy',
  ]);
});

test('an order of pods that a stateful service has not is refused', () => {
  const make = () =>
    new GoldenStatefulService(testEnvironment(), 'db', { image, port: 1, podManagement: 'x' } as never);
  expect(messages(make)).toEqual(['podManagement "x" is unknown; use OrderedReady or Parallel']);
});

test.each<[Props, string]>([
  [{ metrics: true }, 'metrics has no port to be read from; set port, or metrics: { port: 9090 }'],
  [{ health: '/healthz' }, 'has no port to ask at; set port'],
  [{ probes: { liveness: { tcp: true } } }, 'has no port to ask at; set port'],
])('a worker without a port and with %j is refused: %s', (props, message) => {
  const make = () => new GoldenWorker(testEnvironment(), 'mailer', { image, ...props } as never);
  expect(messages(make).join('\n')).toContain(message);
});

test.each([undefined, null, {}])('props %p are refused as a whole', (props) => {
  const make = () => new GoldenService(testEnvironment(), 'api', props as never);
  expect(messages(make)).toEqual(expect.arrayContaining([expect.stringContaining('image undefined')]));
});

test('all violations of one construct come in one error, at its path', () => {
  const make = () => new GoldenService(testEnvironment(), 'Api', { image: 'x', port: 0, size: 'big', scale: -1 });
  expect(messages(make)).toHaveLength(5);
  expect(make).toThrow('[team/dev/eu-dev/Api] ');
});
