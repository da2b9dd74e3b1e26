import {
  GoldenApp,
  GoldenCronJob,
  GoldenService,
  GoldenStatefulService,
  GoldenWorker,
  Platform,
} from 'cdk8s-golden-path';

/** An app whose workloads sleep at night, in every way that there is, and a preview of it. */
const platform = new Platform({
  domain: 'sleep.example',
  hibernation: { image: 'registry.example/kubectl:1.34.1', timeZone: 'Europe/Oslo' },
  routing: { certificateIssuer: 'issuer', via: 'both' },
  topology: {
    environments: { dev: { clusters: ['all'] } },
    clusters: { all: { kubernetes: '1.36', network: { apiServer: ['10.0.0.1/32'] } } },
  },
});

const image = 'registry.example/sleeper:1.0.0';
const volumes = { data: { claim: { size: '1Gi' }, mountPath: '/data' } } as const;
const app = new GoldenApp({ platform, team: 'night', system: 'sleep', name: 'sleepers', hibernate: { dev: 'nights' } });

app.forEachEnvironment((env) => {
  const web = new GoldenService(env, 'web', {
    image,
    port: 8080,
    metrics: true,
    host: `web.${env.domain}`,
    beforeDeploy: { command: ['/migrate'] },
    config: { A: 1 },
    files: { '/etc/a': 'a' },
    env: { PASSWORD: env.secret('web', 'password') },
  });
  const store = new GoldenStatefulService(env, 'store', { image, port: 5432, protocol: 'tcp', volumes });
  web.calls(store);
  new GoldenWorker(env, 'fixed', { image, scale: 3, hibernate: { from: '01:00', to: '05:00', days: 'SUN-THU' } });
  new GoldenWorker(env, 'queue', {
    image,
    scale: {
      min: 1,
      max: 5,
      cpu: 60,
      queue: { scaler: 'rabbitmq', settings: { queueName: 'a', mode: 'QueueLength', value: '5' } },
    },
  });
  new GoldenWorker(env, 'awake', { image, scale: 2, volumes, hibernate: false });
  new GoldenCronJob(env, 'report', { image, schedule: '@daily' });
});
app.preview({ id: 'pr-42', ttl: '72h' });

app.synth();
