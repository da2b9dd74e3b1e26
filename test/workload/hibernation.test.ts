import {
  type Environment,
  GoldenApp,
  GoldenService,
  type GoldenServiceProps,
  GoldenStatefulService,
  type Hibernation,
  Platform,
} from 'cdk8s-golden-path';
import { type Manifest, synthObjects } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';
import { image } from './workloads';

const kubectl = 'ghcr.io/acme/kubectl:1.34.1';
const topology = {
  environments: { dev: { clusters: ['a'] }, production: { clusters: ['a'], promotion: 'manual' as const } },
  clusters: { a: { kubernetes: '1.36' as const, network: { apiServer: ['10.0.0.1/32'] } } },
};
const withKeda = new Platform({ domain: 'acme.io', topology, autoscaling: { keda: true } });
const withKubectl = new Platform({ domain: 'acme.io', topology, hibernation: { image: kubectl } });

type Asked = Partial<GoldenServiceProps>;
const byName = (objects: readonly Manifest[]) =>
  new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));

function inDev(platform: Platform, render: (env: Environment) => void, hibernate?: Record<string, Hibernation>) {
  const app = new GoldenApp({ platform, team: 'orders', system: 'shop', environments: ['dev'], hibernate });
  app.forEachEnvironment(render);
  return byName(synthObjects(app));
}

const service = (platform: Platform, props: Asked) =>
  inDev(platform, (env) => new GoldenService(env, 'api', { image, port: 8080, ...props }));

const cron = (start: string, end: string, desiredReplicas: string, timezone = 'Etc/UTC') => ({
  type: 'cron',
  metadata: { timezone, start, end, desiredReplicas },
});
const nights = (replicas: string) => cron('0 6 * * MON,TUE,WED,THU,FRI', '0 20 * * MON,TUE,WED,THU,FRI', replicas);
const cpu = (value: string) => ({ type: 'cpu', metricType: 'Utilization', metadata: { value } });

describe('where the platform has KEDA', () => {
  test.each<[string, Asked, { min: number; max: number; triggers: unknown[] }]>([
    ['the default scale', {}, { min: 0, max: 4, triggers: [nights('2'), cpu('50')] }],
    ['a fixed scale', { scale: 3 }, { min: 0, max: 3, triggers: [nights('3')] }],
    [
      'a scale on CPU and memory',
      { scale: { min: 2, max: 8, cpu: 70, memory: 80 } },
      {
        min: 0,
        max: 8,
        triggers: [nights('2'), { type: 'memory', metricType: 'Utilization', metadata: { value: '80' } }, cpu('70')],
      },
    ],
    [
      'a scale with hours of its own',
      { scale: { min: 1, max: 8, cron: { start: '0 8 * * *', end: '0 9 * * *', timeZone: 'Etc/UTC', replicas: 5 } } },
      { min: 0, max: 8, triggers: [cron('0 8 * * *', '0 9 * * *', '5'), nights('1')] },
    ],
  ])('%s becomes a trigger of the working hours', (_, props, { min, max, triggers }) => {
    const objects = service(withKeda, { ...props, hibernate: 'nights' });
    expect(objects.get('ScaledObject api')?.spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'api' },
      minReplicaCount: min,
      maxReplicaCount: max,
      triggers,
    });
    expect(objects.get('Deployment api')?.spec).not.toHaveProperty('replicas');
    expect([...objects.keys()].filter((name) => /HorizontalPodAutoscaler|CronJob/.test(name))).toEqual([]);
  });

  test('metrics of an adapter stay with the autoscaler, which schedules put to sleep', () => {
    const platform = new Platform({
      domain: 'acme.io',
      topology,
      autoscaling: { keda: true },
      hibernation: { image: kubectl },
    });
    const scale = { min: 2, max: 8, metrics: [{ name: 'requests', target: 100 }] };
    const objects = service(platform, { scale, hibernate: 'nights' });
    expect([...objects.keys()]).toEqual(expect.arrayContaining(['HorizontalPodAutoscaler api', 'CronJob api-sleep']));
  });
});

test('a workload that KEDA scales anyway is put to sleep by KEDA', () => {
  const queue = { scaler: 'rabbitmq', settings: { queueName: 'orders' } };
  const objects = service(withKubectl, { scale: { min: 1, max: 8, queue }, hibernate: 'nights' });
  expect(objects.get('ScaledObject api')?.spec).toMatchObject({
    minReplicaCount: 0,
    triggers: [{ type: 'rabbitmq' }, nights('1')],
  });
  expect([...objects.keys()].filter((name) => name.startsWith('CronJob'))).toEqual([]);
});

describe('where it has not, two schedules', () => {
  const container = (job: Manifest | undefined) => job?.spec.jobTemplate.spec.template.spec.containers[0];

  test('write the number of pods, none at night and the fewest in the morning', () => {
    const objects = service(withKubectl, { scale: { min: 3, max: 9 }, hibernate: 'nights' });
    const sleep = objects.get('CronJob api-sleep');
    const wake = objects.get('CronJob api-wake');
    expect(sleep?.spec).toMatchObject({
      schedule: '0 20 * * MON,TUE,WED,THU,FRI',
      timeZone: 'Etc/UTC',
      suspend: false,
    });
    expect(wake?.spec).toMatchObject({ schedule: '0 6 * * MON,TUE,WED,THU,FRI', timeZone: 'Etc/UTC', suspend: false });
    expect(container(sleep)).toMatchObject({ image: kubectl });
    expect(container(sleep).command).toEqual([
      ...['kubectl', 'patch', 'deployments.apps', 'api', '--namespace=orders-dev', '--subresource=scale'],
      ...['--type=merge', '--patch={"spec":{"replicas":0}}'],
    ]);
    expect(container(wake).command.at(-1)).toBe('--patch={"spec":{"replicas":3}}');
    expect(objects.get('Deployment api')?.spec).not.toHaveProperty('replicas');
    expect(objects.get('HorizontalPodAutoscaler api')?.spec).toMatchObject({ minReplicas: 3, maxReplicas: 9 });
  });

  test('may only read and patch the scale of that workload', () => {
    const objects = inDev(
      withKubectl,
      (env) => new GoldenStatefulService(env, 'db', { image, port: 5432, protocol: 'tcp', hibernate: 'nights' }),
    );
    const resources = ['statefulsets/scale'];
    const rules = [{ apiGroups: ['apps'], resources, resourceNames: ['db'], verbs: ['get', 'patch'] }];
    for (const name of ['db-sleep', 'db-wake']) {
      expect(objects.get(`Role ${name}`)?.rules).toEqual(rules);
      expect(objects.get(`RoleBinding ${name}`)?.subjects).toEqual([{ kind: 'ServiceAccount', name }]);
    }
    expect(objects.get('StatefulSet db')?.spec).not.toHaveProperty('replicas');
    expect(objects.get('ServiceAccount db')).toMatchObject({ automountServiceAccountToken: false });
  });

  test('run as nobody, and reach nothing but names and the API server', () => {
    const objects = service(withKubectl, { hibernate: 'nights' });
    const { securityContext, containers } = objects.get('CronJob api-wake')?.spec.jobTemplate.spec.template.spec ?? {};
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532 });
    expect(containers[0].securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const spec = objects.get('NetworkPolicy api-wake')?.spec;
    expect(spec).not.toHaveProperty('ingress');
    expect(spec.egress.map(({ ports }: { ports: { port: number }[] }) => ports[0].port)).toEqual([53, 6443]);
    expect(spec.egress[1].to).toEqual([{ ipBlock: { cidr: '10.0.0.1/32' } }]);
  });

  test('are pods that the Service of the workload does not reach', () => {
    const objects = service(withKubectl, { hibernate: 'nights' });
    const { selector } = objects.get('Service api')?.spec ?? {};
    const { labels } = objects.get('CronJob api-sleep')?.spec.jobTemplate.spec.template.metadata ?? {};
    expect(labels['app.kubernetes.io/name']).not.toBe(selector['app.kubernetes.io/name']);
  });

  test.each([
    [1, undefined],
    [2, { minReplicas: 2, maxReplicas: 2 }],
  ])('leave a fixed number, %d, to %j, because no manifest may write it', (scale, range) => {
    const objects = service(withKubectl, { scale, hibernate: 'nights' });
    expect(objects.get('Deployment api')?.spec).not.toHaveProperty('replicas');
    const autoscaler = objects.get('HorizontalPodAutoscaler api')?.spec;
    if (range) expect(autoscaler).toMatchObject(range);
    else expect(autoscaler).toBeUndefined();
    const wake = container(objects.get('CronJob api-wake')).command.at(-1);
    expect(wake).toBe(`--patch={"spec":{"replicas":${scale}}}`);
  });
});

describe('hours', () => {
  const trigger = (hibernate: Hibernation) =>
    service(withKeda, { scale: 1, hibernate }).get('ScaledObject api')?.spec.triggers[0].metadata;

  test.each<[Hibernation, string, string]>([
    [{ from: '20:00', to: '06:00', days: 'MON' }, '0 6 * * MON', '0 20 * * MON'],
    [{ from: '18:30', to: '07:05', days: 'SUN-THU' }, '5 7 * * SUN,MON,TUE,WED,THU', '30 18 * * SUN,MON,TUE,WED,THU'],
    [{ from: '20:00', to: '06:00', days: 'MON-SUN' }, '0 6 * * *', '0 20 * * *'],
    [{ from: '20:00', to: '06:00', days: 'SAT-MON,WED' }, '0 6 * * SUN,MON,WED,SAT', '0 20 * * SUN,MON,WED,SAT'],
    // Awake beyond midnight: it falls asleep on the day after.
    [{ from: '01:00', to: '05:00', days: 'FRI,SAT' }, '0 5 * * FRI,SAT', '0 1 * * SUN,SAT'],
  ])('%j', (hibernate, start, end) => {
    expect(trigger(hibernate)).toMatchObject({ start, end });
  });

  test('are those of the workload’s time zone, else of the platform’s', () => {
    const platform = new Platform({
      domain: 'acme.io',
      topology,
      autoscaling: { keda: true },
      hibernation: { timeZone: 'Europe/Berlin' },
    });
    const zone = (hibernate: Hibernation) =>
      service(platform, { hibernate }).get('ScaledObject api')?.spec.triggers[0].metadata.timezone;
    expect(zone('nights')).toBe('Europe/Berlin');
    expect(zone({ from: '20:00', to: '06:00', timeZone: 'Asia/Tokyo' })).toBe('Asia/Tokyo');
  });

  test.each<[unknown, string]>([
    ['days', 'hibernate "days" is no hibernation; write "nights", or'],
    [{ from: '8pm', to: '06:00' }, 'hibernate.from "8pm" is no time; write it like "20:00"'],
    [{ from: '24:00', to: '06:00' }, 'hibernate.from "24:00" is no time'],
    [{ from: '20:00' }, 'hibernate.to undefined is no time'],
    [{ from: '20:00', to: '20:00' }, 'are both "20:00"; name two times of the day'],
    [{ from: '20:00', to: '06:00', days: 'MON-' }, 'hibernate.days "MON-" are no days'],
    [{ from: '20:00', to: '06:00', days: '' }, 'hibernate.days "" are no days'],
    [{ from: '20:00', to: '06:00', timeZone: 'Mars' }, 'hibernate.timeZone "Mars" is no IANA time zone'],
    [{ from: '20:00', to: '06:00', day: 'MON' }, 'hibernate has no setting "day" (did you mean "days"?)'],
  ])('%j are refused', (hibernate, message) => {
    expect(refusals(() => service(withKeda, { hibernate: hibernate as Hibernation }))).toEqual([
      expect.stringContaining(message),
    ]);
  });
});

describe('refused is', () => {
  test('a workload that has no pods to put to sleep', () => {
    expect(refusals(() => service(withKeda, { scale: 0, hibernate: 'nights' }))).toEqual([
      expect.stringContaining('hibernate has no pods to put to sleep at scale 0'),
    ]);
  });

  test('a platform that has nothing to scale with, and does not know the API server', () => {
    const platform = new Platform({ domain: 'acme.io', topology: { environments: topology.environments } });
    expect(refusals(() => service(platform, { hibernate: 'nights' }))).toEqual([
      expect.stringContaining(
        'set autoscaling.keda of the platform where its clusters have KEDA, else hibernation.image',
      ),
      expect.stringContaining('nothing is known of its address on the cluster "a"'),
    ]);
  });

  test('an autoscaler of cdk8s-plus beside it', () => {
    expect(
      refusals(() =>
        inDev(withKeda, (env) => {
          new GoldenService(env, 'api', { image, port: 8080, scale: 1, hibernate: 'nights' }).markHasAutoscaler();
        }),
      ),
    ).toEqual([expect.stringContaining('hibernate: false')]);
  });

  test.each<[object, string]>([
    [{ image: 'kubectl' }, 'hibernation.image "kubectl" has neither tag nor digest'],
    [{ image: 'docker.io/kubectl:1' }, 'a registry that the platform does not know'],
    [{ timeZone: 'Local' }, 'hibernation.timeZone "Local" is no IANA time zone'],
    [{ kubectl: 'a/b:1' }, 'hibernation has no setting "kubectl"'],
  ])('a setting of the platform: %j', (hibernation, message) => {
    const registries = message.includes('registry') ? ['ghcr.io/acme'] : [];
    expect(refusals(() => new Platform({ domain: 'acme.io', registries, hibernation }))).toEqual([
      expect.stringContaining(message),
    ]);
  });

  test('an app that names no environment, or no hours', () => {
    expect(refusals(() => inDev(withKeda, () => {}, { deb: 'nights', dev: 'day' as never }))).toEqual([
      expect.stringContaining('hibernate names the environment "deb", which is unknown (did you mean "dev"?)'),
      expect.stringContaining('hibernate.dev "day" is no hibernation'),
    ]);
    expect(refusals(() => inDev(withKeda, () => {}, 'nights' as never))).toEqual([
      expect.stringContaining('hibernate "nights" is no record; write it by environment'),
    ]);
  });
});

describe('an app says where all of its workloads sleep', () => {
  test('but for those that say it themselves, or have no pods', () => {
    const objects = inDev(
      withKeda,
      (env) => {
        new GoldenService(env, 'api', { image, port: 8080 });
        new GoldenService(env, 'awake', { image, port: 8080, scale: 1, hibernate: false });
        new GoldenService(env, 'none', { image, port: 8080, scale: 0 });
        new GoldenService(env, 'late', { image, port: 8080, hibernate: { from: '22:00', to: '06:00' } });
      },
      { dev: 'nights' },
    );
    expect([...objects.keys()].filter((name) => name.startsWith('ScaledObject'))).toEqual([
      'ScaledObject api',
      'ScaledObject late',
    ]);
    expect(objects.get('Deployment awake')?.spec.replicas).toBe(1);
    expect(objects.get('Deployment none')?.spec.replicas).toBe(0);
    expect(objects.get('ScaledObject late')?.spec.triggers[0].metadata.end).toMatch(/^0 22 /);
  });

  test('and no other environment does', () => {
    const app = new GoldenApp({ platform: withKeda, team: 'orders', system: 'shop', hibernate: { dev: 'nights' } });
    app.forEachEnvironment((env) => new GoldenService(env, 'api', { image, port: 8080 }));
    const sleeping = synthObjects(app).filter(({ kind }) => kind === 'ScaledObject');
    expect(sleeping.map(({ metadata }) => metadata.namespace)).toEqual(['orders-dev']);
  });

  test.each<[Hibernation | undefined, RegExp]>([
    [undefined, /^0 20 /],
    [{ from: '18:00', to: '06:00' }, /^0 18 /],
  ])('a preview does as %j says, else as the app', (hibernate, end) => {
    const app = new GoldenApp({ platform: withKubectl, team: 'orders', system: 'shop', hibernate: { dev: 'nights' } });
    app.forEachEnvironment((env) => new GoldenService(env, 'api', { image, port: 8080 }));
    const { environment } = app.preview({ id: 'pr-42', ttl: '72h', hibernate });
    const objects = byName(synthObjects(environment));
    const spec = objects.get('CronJob api-sleep-pr-42')?.spec;
    expect(spec).toMatchObject({ schedule: expect.stringMatching(end), suspend: false });
    expect(spec.jobTemplate.spec.template.spec.containers[0].command).toContain('api-pr-42');
    expect(objects.get('Role api-sleep-pr-42')?.rules[0].resourceNames).toEqual(['api-pr-42']);
    expect(objects.get('Deployment api-pr-42')?.spec).not.toHaveProperty('replicas');
  });
});
