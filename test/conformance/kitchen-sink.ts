import { Size } from 'cdk8s';
import {
  GoldenApp,
  GoldenCronJob,
  GoldenJob,
  GoldenService,
  GoldenStatefulService,
  GoldenWorker,
  Platform,
} from 'cdk8s-golden-path';
import { ConfigMap, EnvValue, NetworkPolicy, NetworkPolicyPort, Probe, Volume } from 'cdk8s-plus-29';

/** An app that uses every feature of the workloads at least once, in one environment; another has two plain clusters. */
const platform = new Platform({
  domain: 'sink.example',
  labelPrefix: 'platform.sink.example',
  registries: ['registry.example/sink', 'registry.example/public'],
  sizes: { tiny: { cpu: '50m', memory: '64Mi' } },
  defaultSize: 'tiny',
  cpuLimitRatio: 4,
  topology: {
    environments: {
      everything: { clusters: ['all'] },
      production: { clusters: ['west', 'east'], home: 'west', promotion: 'manual', tier: 'critical' },
    },
    clusters: {
      all: { kubernetes: '1.36', network: { apiServer: ['10.0.0.1/32'] } },
      west: { kubernetes: '1.36' },
      east: { gateway: 'gateway/east' },
    },
    owners: { kitchen: { slack: '#kitchen' } },
  },
  routing: { via: 'both', gateway: 'gateway/public', certificateIssuer: 'issuer', ingressClass: 'nginx' },
  monitoring: { labels: { release: 'prometheus' }, interval: '15s', sampleLimit: 5000 },
  telemetry: { endpoint: 'http://collector.observability:4317', protocol: 'grpc', sampling: 0.1 },
  secretStore: { name: 'vault', kind: 'ClusterSecretStore' },
  nodePoolLabel: 'platform.sink.example/pool',
});

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const locked = {
  sink: { tag: '1.4.2', digest },
  proxy: { repository: 'registry.example/public/proxy', tag: '3', digest },
};
const app = new GoldenApp({
  platform,
  team: 'kitchen',
  system: 'restaurant',
  name: 'sink',
  images: { everything: locked, production: locked },
});

app.forEachEnvironment((env) => {
  const image = env.image('sink');
  const proxy = env.image('proxy');
  const front = new GoldenService(env, 'front', {
    image,
    port: 8080,
    host: `front.${env.domain}`,
    scale: env.select({ production: { min: 3, max: 9 }, default: 2 }),
    config: { HOME_CLUSTER: env.isHome },
  });
  if (env.name === 'production') return;

  const web = new GoldenService(env, 'web', {
    image,
    command: ['/web'],
    args: ['--listen', ':8080', ''],
    port: 8080,
    servicePort: 8000,
    ports: { grpc: { port: 9000, protocol: 'grpc' }, dns: { port: 5353, protocol: 'udp' }, admin: 8081 },
    metrics: { port: 9090, path: '/stats', interval: '10s' },
    health: '/healthz',
    probes: {
      readiness: { http: '/ready', port: 'admin', every: '5s', timeout: '2s', failures: 2, delay: '1s' },
      liveness: { grpc: 9000, service: 'web' },
      startup: { exec: ['/web', 'check'], failures: 60 },
    },
    size: { cpu: '250m', memory: '256Mi', memoryLimit: '300Mi', cpuLimit: 1 },
    scale: {
      min: 2,
      max: 10,
      cpu: 70,
      memory: 80,
      metrics: [
        { name: 'requests_per_second', target: 100 },
        { name: 'queue_length', target: '30', from: 'external' },
      ],
      stabilizeUp: '30s',
      stabilizeDown: '10m',
    },
    hosts: [`web.${env.domain}`, `www.${env.domain}`],
    paths: ['/', '/api/v1'],
    via: 'both',
    redirects: [
      { from: '/old', to: '/new', status: 301 },
      { from: '/away', to: '/' },
    ],
    identity: {
      aws: 'arn:aws:iam::123456789012:role/web',
      gcp: 'web-app@project.iam.gserviceaccount.com',
      azure: '00000000-0000-0000-0000-000000000001',
    },
    permissions: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    architecture: 'amd64',
    nodePool: 'general',
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' }],
    priority: 'urgent',
    rollout: { maxSurge: '25%', maxUnavailable: 1, minReady: '5s', deadline: '15m', history: 5 },
    stopDelay: '10s',
    stopTimeout: '60s',
    labels: { tier: 'front' },
    annotations: { 'example.com/note': 'yes: "quoted", # no comment' },
    podAnnotations: { 'example.com/pod': 'on' },
    imagePullSecrets: ['registry'],
    beforeDeploy: { command: ['/web', 'migrate'], args: ['--all'], image: proxy, retries: 2, timeout: '5m' },
    config: { MODE: 'on', LEVEL: 7, RATIO: 1e-7, DEBUG: false, EMPTY: '', TIME: '12:30', OCTAL: '0777' },
    files: { '/etc/web/app.yaml': 'a: 1\nb:\n\t- tab\n', '/etc/other/app.yaml': '', '/etc/emoji.txt': '🍲  \n\n' },
    env: {
      TEXT: 'no',
      NOTHING: '',
      NUMBER: 1e3,
      FLAG: true,
      NODE: { field: 'spec.nodeName' },
      FROM_SECRET: { fromSecret: 'front', key: 'token', optional: true },
      FROM_CONFIG: { fromConfig: 'front', key: 'HOME_CLUSTER' },
      PLUS: EnvValue.fromValue('plus'),
      PASSWORD: env.secret('web/database', 'password'),
    },
    secretsFrom: [env.secret('web/all'), env.secret('web/more')],
    secretFiles: {
      '/etc/secrets/key.pem': env.secret('web/tls', 'key'),
      '/etc/secrets/whole': env.secret('web/whole'),
    },
    secretTemplates: { DATABASE_URL: 'postgres://web:{{ .PASSWORD }}@db/web' },
    secretRefresh: '15m',
  });
  web.env('LATE', env.secret('web/late', 'value'));
  web.deployment.patch('/spec/template/spec/dnsConfig/options', [{ name: 'ndots', value: '1' }]);
  web.deployment.patch({ spec: { template: { spec: { hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }] } } } });
  web.service.patch({ spec: { sessionAffinity: 'ClientIP' } });

  new GoldenService(env, 'rpc', {
    image,
    port: 9090,
    protocol: 'grpc',
    health: 'grpc',
    metrics: true,
    host: `rpc.${env.domain}`,
    via: 'gateway',
    probes: { startup: false, liveness: Probe.fromTcpSocket() },
    scale: { min: 1, max: 3, behavior: { scaleDown: { selectPolicy: 'Disabled' } } },
  });

  const shared = new ConfigMap(env, 'shared', { metadata: { name: 'shared' }, data: { 'motd.txt': 'hello\n' } });
  const keeper = new GoldenWorker(env, 'keeper', {
    image,
    scale: 1,
    size: 'large',
    port: 7000,
    protocol: 'tcp',
    metrics: { port: 9100 },
    volumes: {
      scratch: { emptyDir: true, mountPath: '/scratch' },
      fast: { emptyDir: { size: '64Mi', memory: true }, mountPath: '/fast' },
      data: { claim: { size: '10Gi', storageClass: 'standard' }, mountPath: '/data', subPath: 'keeper/v1' },
      everyone: { claim: { size: '1Gi', accessMode: 'ReadWriteMany' }, mountPath: '/everyone' },
      given: { existingClaim: 'keeper-given', mountPath: '/given', readOnly: true },
      brief: { ephemeral: { size: '2Gi' }, mountPath: '/brief' },
      shared: { configMap: shared, mountPath: '/etc/shared', readOnly: true },
      maybe: { configMap: 'front', optional: true, mountPath: '/etc/maybe' },
      token: { secret: 'web', optional: true, mountPath: '/etc/token' },
      mixed: {
        projected: {
          sources: [
            { serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 3600 } },
            { configMap: { name: 'shared' } },
          ],
        },
        mountPath: '/etc/mixed',
      },
      driver: { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true }, mountPath: '/mnt/driver' },
      disk: { nfs: { server: 'nfs.example', path: '/export' }, mountPath: '/mnt/nfs' },
      model: { image: 'registry.example/sink/model:1', mountPath: '/model', readOnly: true },
      about: {
        downwardApi: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] },
        mountPath: '/etc/about',
      },
      logs: { hostPath: '/var/log', reason: 'reads the logs of its node', mountPath: '/host/log', readOnly: true },
      plus: {
        volume: Volume.fromEmptyDir(env, 'plus-volume', 'plus', { sizeLimit: Size.mebibytes(8) }),
        mountPath: '/plus',
      },
    },
    initContainers: {
      prepare: { image: proxy, command: ['/prepare'], mounts: { scratch: '/scratch' }, inheritEnv: true },
    },
    sidecars: {
      agent: {
        image: proxy,
        ports: { agent: { port: 15001, protocol: 'tcp' } },
        size: 'xs',
        env: { AGENT_TOKEN: env.secret('agent', 'token') },
        probes: { readiness: { tcp: true } },
      },
    },
    extraContainers: { tail: { image: proxy, args: ['--follow'], mounts: { logs: '/logs' } } },
    security: {
      reason: 'reads files that belong to root',
      runAsUser: 0,
      runAsGroup: 0,
      fsGroup: 2000,
      readOnlyRootFilesystem: false,
      allowPrivilegeEscalation: true,
      capabilities: ['NET_BIND_SERVICE', 'DAC_READ_SEARCH'],
      seccomp: 'Unconfined',
    },
    objects: {
      given: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
      },
    },
    spread: false,
  });

  new GoldenWorker(env, 'consumer', {
    image,
    restartOnRotation: false,
    existingSecrets: ['web'],
    probes: { liveness: { exec: ['/consumer', 'alive'], every: '1m' } },
    scale: {
      min: 0,
      max: 20,
      queue: [
        {
          scaler: 'rabbitmq',
          settings: { queueName: 'soup', mode: 'QueueLength', value: '20' },
          authentication: 'queue',
        },
      ],
      cron: { start: '0 8 * * *', end: '0 18 * * *', timeZone: 'Europe/Berlin', replicas: 2 },
      prometheus: { server: 'http://prometheus.monitoring:9090', query: 'sum(rate(orders[2m]))', target: 50 },
      cpu: 60,
      memory: 75,
      stabilizeDown: '5m',
    },
    objects: {
      queue: {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'TriggerAuthentication',
        metadata: { name: 'queue' },
        spec: { secretTargetRef: [{ parameter: 'host', name: 'web', key: 'PASSWORD' }] },
      },
    },
  });

  new GoldenStatefulService(env, 'store', {
    image,
    port: 5432,
    protocol: 'tcp',
    ports: { raft: { port: 7001, protocol: 'tcp', servicePort: 7101 } },
    metrics: { port: 9187 },
    scale: 3,
    podManagement: 'Parallel',
    volumes: { data: { claim: { size: '5Gi', accessMode: 'ReadWriteOncePod' }, mountPath: '/var/lib/store' } },
    rollout: { minReady: '1s', history: 2 },
    security: { runAsUser: 999, fsGroup: 999, capabilities: ['NET_BIND_SERVICE'] },
  });
  new GoldenStatefulService(env, 'cache', { image, port: 6379, protocol: 'tcp', scale: { min: 1, max: 2 } });

  for (const runs of ['before-deploy', 'with-deploy', 'after-deploy', 'after-failed-deploy'] as const) {
    new GoldenJob(env, `job-${runs}`, {
      image,
      command: ['/job', runs],
      runs,
      retries: 1,
      timeout: '10m',
      ...(runs === 'with-deploy' && { parallelism: 2, completions: 4, keepFor: '1d' }),
      config: { PHASE: runs },
      env: { TOKEN: env.secret('jobs', 'token') },
    });
  }
  new GoldenCronJob(env, 'nightly', {
    image,
    schedule: '15 3 * * MON-FRI',
    timeZone: 'Europe/Berlin',
    concurrency: 'Replace',
    startingDeadline: '10m',
    history: { succeeded: 1, failed: 5 },
    files: { '/etc/nightly.sql': 'select 1;\n' },
  });
  new GoldenCronJob(env, 'resting', { image, schedule: '@hourly', suspend: true, concurrency: 'Allow', retries: 0 });

  new NetworkPolicy(env, 'policy', {
    metadata: { name: 'keeper-by-hand' },
    selector: keeper,
    ingress: { rules: [{ peer: front, ports: [NetworkPolicyPort.tcp(7000)] }] },
  });
});

app.synth();
