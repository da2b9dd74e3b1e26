import { Chart } from 'cdk8s';
import { awsBackends } from '../../compositions/aws/aws-backends';
import { gcpBackends } from '../../compositions/gcp/gcp-backends';
import { onpremBackends } from '../../compositions/onprem/onprem-backends';
import { GoldenApp } from '../../src/app/golden-app';
import type { Backends } from '../../src/platform/backend';
import { Platform } from '../../src/platform/platform';
import { type Manifest, synthObject, synthObjects, testEnvironment } from '../../src/testing';
import { GoldenJob } from '../../src/workload/golden-job';
import { GoldenService, type GoldenServiceProps } from '../../src/workload/golden-service';
import { MessageQueue } from '../../xrds/message-queue';
import { ObjectBucket } from '../../xrds/object-bucket';
import { PostgresInstance } from '../../xrds/postgres-instance';
import { irsaFacts } from '../crossplane/aws/access-cases';
import { awsFacts } from '../crossplane/aws/aws-cluster';
import { gcpFacts } from '../crossplane/gcp/gcp-facts';
import { onpremFacts } from '../crossplane/onprem/onprem-facts';
import { refusals } from '../platform/refusals';

const image = `ghcr.io/acme/api:1.0.0@sha256:${'a'.repeat(64)}`;
const place = { cidrs: ['10.1.0.0/16'] };
const sts = { cidrs: ['10.2.0.0/16'] };
const network = {
  backends: { MessageQueue: place, ObjectBucket: place, PostgresInstance: place, WorkloadIdentity: sts },
};

/** `dev` on one cluster, `production` on two, all of one cloud. */
function platformOf(backends: Backends, cloud: Record<string, Record<string, unknown>>): Platform {
  const cluster = { kubernetes: '1.34', cloud, network } as const;
  return new Platform({
    domain: 'acme.io',
    backends,
    topology: {
      environments: {
        dev: { clusters: ['eu-dev'] },
        production: { clusters: ['us-prod', 'eu-prod'], home: 'eu-prod' },
      },
      clusters: { 'eu-dev': cluster, 'eu-prod': cluster, 'us-prod': cluster },
    },
  });
}

const aws = platformOf((cluster) => awsBackends(cluster), { aws: awsFacts });
const irsa = platformOf((cluster) => awsBackends(cluster), { aws: irsaFacts });
const gcp = platformOf((cluster) => gcpBackends(cluster), { gcp: gcpFacts });
const onprem = platformOf((cluster) => onpremBackends(cluster), { onprem: onpremFacts });

interface Place {
  readonly platform?: Platform;
  readonly cluster?: string;
  readonly props?: Partial<GoldenServiceProps>;
}

function service({ platform = aws, cluster = 'eu-dev', props }: Place = {}) {
  const environment = cluster === 'eu-dev' ? 'dev' : 'production';
  const env = testEnvironment({ platform, environment, cluster, team: 'orders' });
  return { env, api: new GoldenService(env, 'api', { image, port: 8080, ...props }) };
}

const ofKind = (objects: readonly Manifest[], kind: string) => objects.filter((object) => object.kind === kind);

const variablesOf = (api: GoldenService): { name: string; value?: string; valueFrom?: Manifest }[] =>
  synthObject(api.deployment).spec.template.spec.containers[0].env ?? [];

describe('a verb', () => {
  test('asks for access of the account to the one resource', () => {
    const { env, api } = service();
    api.uses(new MessageQueue(env, 'events', { fifo: true, region: 'us-east-1' }), 'send');
    expect(ofKind(synthObjects(env), 'MessageQueueAccess')).toMatchObject([
      {
        metadata: { name: 'api-events-send', namespace: env.namespace },
        spec: {
          verb: 'send',
          account: 'api',
          resource: { name: 'events', fifo: true, region: 'us-east-1', encryption: 'provider' },
        },
      },
    ]);
  });

  test('asks once, however often it is said, and again for another verb, resource or workload', () => {
    const { env, api } = service();
    const [events, orders] = ['events', 'orders'].map((name) => new MessageQueue(env, name));
    const bucket = new ObjectBucket(env, 'bucket', {}, { name: 'events' });
    const worker = new GoldenService(env, 'worker', { image, port: 8080 });
    api.uses(events, 'send', { env: { EVENTS: 'queue' } });
    api.uses(events, 'send', { env: { ENDPOINT: 'endpoint' } });
    api.uses(events, 'receive');
    api.uses(orders, 'send');
    api.uses(bucket, 'readWrite');
    worker.uses(events, 'send');
    const objects = synthObjects(env);
    const asked = [...ofKind(objects, 'MessageQueueAccess'), ...ofKind(objects, 'ObjectBucketAccess')];
    expect(asked.map(({ metadata }) => metadata.name).sort()).toEqual([
      'api-events-readwrite',
      'api-events-receive',
      'api-events-send',
      'api-orders-send',
      'worker-events-send',
    ]);
    expect(ofKind(objects, 'WorkloadIdentity').map(({ metadata }) => metadata.name)).toEqual(['api', 'worker']);
  });

  test('belongs to the workload, and goes when it goes', () => {
    const { env, api } = service();
    api.uses(new MessageQueue(env, 'events'), 'send');
    const below = api.node.findAll().filter((child) => 'api' in child);
    expect(below.map((child) => (child as unknown as { name: string }).name).sort()).toEqual([
      'api',
      'api-events-send',
    ]);
  });

  test('is not needed to be told how to connect', () => {
    const { env, api } = service();
    api.uses(new MessageQueue(env, 'events'), { env: { EVENTS: 'queue' } });
    const kinds = synthObjects(env).map(({ kind }) => kind);
    expect(kinds).not.toContain('MessageQueueAccess');
    expect(kinds).not.toContain('WorkloadIdentity');
  });

  test('follows what was renamed and moved', () => {
    const { env, api } = service();
    api.uses(new MessageQueue(env, 'events', {}, { movedFrom: { name: 'old', namespace: 'old-home' } }), 'send');
    expect(ofKind(synthObjects(env), 'MessageQueueAccess')[0].spec.resource).toMatchObject({
      name: 'events',
      formerName: 'old',
      formerNamespace: 'old-home',
    });
  });

  test('in a preview is about the preview alone', () => {
    const app = new GoldenApp({ platform: aws, team: 'orders', system: 'commerce', environments: ['dev'] });
    app.forEachEnvironment((env) => {
      new GoldenService(env, 'api', { image, port: 8080 }).uses(new MessageQueue(env, 'events'), 'send');
    });
    const objects = synthObjects(app.preview({ id: 'pr-42', ttl: '72h' }));
    expect(ofKind(objects, 'MessageQueueAccess')).toMatchObject([
      {
        metadata: { name: 'api-events-send-pr-42' },
        spec: { account: 'api-pr-42', resource: { name: 'events-pr-42' } },
      },
    ]);
    expect(ofKind(objects, 'WorkloadIdentity')).toMatchObject([
      { metadata: { name: 'api-pr-42' }, spec: { account: 'api-pr-42' } },
    ]);
  });

  test('has a name that fits, and is its own, whatever the names of both', () => {
    const { env } = service();
    const names = ['a'.repeat(40), `${'a'.repeat(39)}b`];
    const queues = names.map((name) => new MessageQueue(env, name));
    const api = new GoldenService(env, 'w'.repeat(50), { image, port: 8080 });
    for (const queue of queues) api.uses(queue, 'receive');
    const asked = ofKind(synthObjects(env), 'MessageQueueAccess').map(({ metadata }) => metadata.name as string);
    expect(new Set(asked).size).toBe(2);
    for (const name of asked) expect(name.length).toBeLessThanOrEqual(63);
  });
});

describe('the account of a workload', () => {
  const accountOf = (platform: Platform, cluster = 'eu-dev') => {
    const { env, api } = service({ platform, cluster });
    api.uses(new MessageQueue(env, 'events'), 'send');
    return synthObject(api.serviceAccount).metadata.annotations;
  };

  test('has the role that its identity makes where it takes it by itself, in every cluster', () => {
    const { env, api } = service({ platform: irsa });
    api.uses(new MessageQueue(env, 'events'), 'send');
    expect(synthObject(api.serviceAccount).metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': expect.stringMatching(/^arn:aws:iam::123456789012:role\/api-[0-9a-f]{8}$/),
    });
    expect(accountOf(irsa, 'eu-prod')).toEqual(accountOf(irsa, 'us-prod'));
  });

  test.each([
    ['EKS Pod Identity', aws],
    ['Google Cloud', gcp],
    ['premises', onprem],
  ])('needs nothing on %s', (_, platform) => {
    expect(accountOf(platform)).toBeUndefined();
  });

  test.each([
    [aws, { aws: 'arn:aws:iam::123456789012:role/orders' }, 'aws'],
    [gcp, { gcp: 'orders@project.iam.gserviceaccount.com' }, 'gcp'],
  ])('cannot be somebody else at the same time: %#', (platform, identity, cloud) => {
    const { env, api } = service({ platform, props: { identity } });
    const queue = new MessageQueue(env, 'events');
    expect(refusals(() => api.uses(queue, 'send'))).toEqual([
      `uses MessageQueue/events to send, which its account would be allowed, but identity.${cloud} says that it is somebody else; leave that out, or leave out the verb and allow it there`,
    ]);
    const other = service({ platform: onprem, props: { identity } });
    expect(refusals(() => other.api.uses(new MessageQueue(other.env, 'events'), 'send'))).toEqual([]);
  });
});

describe('the network of a workload', () => {
  const opened = (platform: Platform, verb?: 'send') => {
    const { env, api } = service({ platform });
    const queue = new MessageQueue(env, 'events');
    if (verb) {
      api.uses(queue, verb);
      api.uses(queue, 'receive');
    } else api.uses(queue);
    const rules: { to: { ipBlock?: { cidr: string } }[]; ports: { port: number }[] }[] = synthObject(api.networkPolicy)
      .spec.egress;
    return rules.flatMap(({ to, ports }) =>
      to.flatMap(({ ipBlock }) => (ipBlock ? ports.map(({ port }) => `${ipBlock.cidr} ${port}`) : [])),
    );
  };

  test.each([
    ['the agent of EKS', aws, ['169.254.170.23/32 80', 'fd00:ec2::23/128 80']],
    ['STS, where the topology says that it is', irsa, ['10.2.0.0/16 443']],
    ['the metadata server of GKE', gcp, ['169.254.169.254/32 80', '169.254.169.252/32 988']],
    ['nothing more on premises', onprem, []],
  ])('is opened to what it signs in at, once: %s', (_, platform, expected) => {
    const without = opened(platform);
    expect(opened(platform, 'send')).toEqual([...without, ...expected]);
  });

  test('is not opened to an STS of which nobody knows where it is', () => {
    const cluster = {
      kubernetes: '1.34',
      cloud: { aws: irsaFacts },
      network: { backends: { MessageQueue: place } },
    } as const;
    const platform = new Platform({
      domain: 'acme.io',
      backends: (one) => awsBackends(one),
      topology: { environments: { dev: { clusters: ['eu-dev'] } }, clusters: { 'eu-dev': cluster } },
    });
    expect(refusals(() => opened(platform, 'send'))).toEqual([
      'uses WorkloadIdentity/api, and nothing is known of where a WorkloadIdentity is reached from the cluster "eu-dev"; set network.backends.WorkloadIdentity of the cluster in the topology',
    ]);
  });
});

describe('credentials', () => {
  const env = { EVENTS: 'queue', EVENTS_USER: 'username', EVENTS_PASSWORD: 'password' } as const;

  test.each([
    ['AWS', aws, []],
    ['Google Cloud', gcp, []],
    ['premises', onprem, ['EVENTS_USER', 'EVENTS_PASSWORD']],
  ])('are told by the same line, and left out where they are not needed: %s', (_, platform, expected) => {
    const { env: chart, api } = service({ platform });
    api.uses(new MessageQueue(chart, 'events'), 'send', { env });
    const names = variablesOf(api).map(({ name }) => name);
    expect(names).toContain('EVENTS');
    expect(names.filter((name) => /^EVENTS_/.test(name))).toEqual(expected);
  });

  test('of two verbs are those of two users', () => {
    const { env: chart, api } = service({ platform: onprem });
    const queue = new MessageQueue(chart, 'events');
    api.uses(queue, 'send', { env: { SENDER: 'username' } });
    api.uses(queue, 'receive', { env: { RECEIVER: 'username' } });
    expect(variablesOf(api).filter(({ name }) => /^(SENDER|RECEIVER)$/.test(name))).toEqual([
      secret('SENDER', 'api-events-send-messagequeueaccess-user-credentials', 'username'),
      secret('RECEIVER', 'api-events-receive-messagequeueaccess-user-credentials', 'username'),
    ]);
    expect(synthObject(api.deployment).metadata.annotations?.['secret.reloader.stakater.com/reload']).toBe(
      'api-events-receive-messagequeueaccess-user-credentials,api-events-send-messagequeueaccess-user-credentials',
    );
  });

  test('of a bucket on premises are those of its claim', () => {
    const { env: chart, api } = service({ platform: onprem });
    api.uses(new ObjectBucket(chart, 'uploads'), 'readWrite', { env: { AWS_ACCESS_KEY_ID: 'accessKeyId' } });
    expect(variablesOf(api)).toContainEqual(secret('AWS_ACCESS_KEY_ID', 'uploads-objectbucket', 'AWS_ACCESS_KEY_ID'));
  });

  test('reach other clusters of the environment through the store', () => {
    const rendered = (cluster: string) => {
      const { env: chart, api } = service({ platform: onprem, cluster });
      const worker = new GoldenService(chart, 'worker', { image, port: 8080 });
      api.uses(new MessageQueue(chart, 'events'), 'send', { env });
      const bucket = new ObjectBucket(chart, 'uploads');
      for (const one of [api, worker]) one.uses(bucket, 'readWrite', { env: { KEY: 'accessKeyId' } });
      return synthObjects(chart);
    };
    const names = (objects: readonly Manifest[], kind: string) =>
      ofKind(objects, kind).map(({ metadata }) => metadata.name);
    const user = 'api-events-send-messagequeueaccess-user-credentials';
    const home = rendered('eu-prod');
    expect(names(home, 'PushSecret')).toEqual(expect.arrayContaining([user, 'uploads-objectbucket']));
    expect(names(home, 'MessageQueueAccess')).toEqual(['api-events-send']);
    const other = rendered('us-prod');
    expect(names(other, 'ExternalSecret')).toEqual(expect.arrayContaining([user, 'uploads-objectbucket']));
    expect(names(other, 'MessageQueueAccess')).toEqual([]);
  });
});

const secret = (name: string, from: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: from, key } },
});

test('what only another cluster than the home asks for is refused, because nobody would make it', () => {
  const rendered = (isAsked: (cluster: string) => boolean) => {
    const app = new GoldenApp({ platform: aws, team: 'orders', system: 'commerce', environments: ['production'] });
    app.forEachEnvironment((env) => {
      const queue = new MessageQueue(env, 'events');
      const api = new GoldenService(env, 'api', { image, port: 8080 });
      if (isAsked(env.cluster)) api.uses(queue, 'send');
    });
    return synthObjects(app);
  };
  expect(refusals(() => rendered((cluster) => cluster === 'us-prod'))).toEqual([
    'is requested in the cluster "eu-prod", where the app does not ask for MessageQueueAccess/api-events-send; make it there too, and whatever uses it with a verb',
    'is requested in the cluster "eu-prod", where the app does not ask for WorkloadIdentity/api; make it there too, and whatever uses it with a verb',
  ]);
  expect(refusals(() => rendered((cluster) => cluster === 'eu-prod'))).toEqual([]);
  expect(refusals(() => rendered(() => true))).toEqual([]);
});

describe('access is refused', () => {
  test.each<[string, Platform, (env: ReturnType<typeof service>) => unknown, string]>([
    [
      'for a verb that there is not',
      aws,
      ({ env, api }) => api.uses(new MessageQueue(env, 'events'), 'recieve' as never),
      'uses MessageQueue/events with the verb "recieve" (did you mean "receive"?); it takes send or receive',
    ],
    [
      'for a verb that is no text',
      aws,
      ({ env, api }) => api.uses(new MessageQueue(env, 'events'), 5 as never),
      'uses MessageQueue/events with the verb 5; it takes send or receive',
    ],
    [
      'to what takes no verb',
      aws,
      ({ env, api }) => api.uses(new PostgresInstance(env, 'db') as never, 'read' as never),
      'uses PostgresInstance/db with the verb "read", and takes none: whoever reads its connection may use it; leave the verb out',
    ],
    [
      'that a backend cannot grant',
      onprem,
      ({ env, api }) => api.uses(new ObjectBucket(env, 'uploads'), 'read'),
      'verb "read" is less than Rook can grant, whose user of a bucket may do everything with it; use "readWrite", and a bucket of its own for what others may not see',
    ],
    [
      'to an account whose role could not have a name',
      aws,
      ({ env }) =>
        new GoldenService(env, 'a'.repeat(56), { image, port: 8080 }).uses(new MessageQueue(env, 'events'), 'send'),
      `account "${'a'.repeat(56)}" has 56 characters; use 55 at most`,
    ],
    [
      'to what runs before a deployment',
      aws,
      ({ env }) =>
        new GoldenJob(env, 'job', { image, runs: 'before-deploy' }).uses(new MessageQueue(env, 'events'), 'send'),
      'uses MessageQueue/events to send, but runs before a deployment, and access would come with it; set runs to "with-deploy", or leave the verb out',
    ],
  ])('%s', (_, platform, run, message) => {
    expect(refusals(() => run(service({ platform })))).toEqual([message]);
  });

  const ofPayments = () => testEnvironment({ platform: aws, environment: 'dev', team: 'payments' });
  const elsewhere = () =>
    new Chart(testEnvironment({ platform: aws, environment: 'dev', team: 'orders' }), 'x', { namespace: 'x' });

  test('of more than a role of IAM takes, until its quota was raised', () => {
    const raised = platformOf((cluster) => awsBackends(cluster), { aws: { ...awsFacts, policiesPerRole: 11 } });
    const granted = (platform: Platform) => () => {
      const { env, api } = service({ platform });
      const queues = Array.from({ length: 11 }, (_, i) => new MessageQueue(env, `queue-${i}`));
      for (const queue of [...queues, queues[0]]) api.uses(queue, 'send');
    };
    expect(refusals(granted(aws))).toEqual([
      'uses MessageQueue/queue-10 to send, but is granted 10 things already; let another workload do some of it, or raise the quota of policies that a role takes, and with it cloud.aws.policiesPerRole',
    ]);
    for (const platform of [raised, gcp, onprem]) expect(refusals(granted(platform))).toEqual([]);
  });

  test.each([
    ['team', ofPayments, 'of the team "payments"'],
    ['namespace', elsewhere, 'in the namespace "x"'],
  ])('to the queue of another %s', (_, scope, whose) => {
    const { api } = service();
    const queue = new MessageQueue(scope(), 'events');
    expect(refusals(() => api.uses(queue, 'send'))).toEqual([
      `uses MessageQueue/events ${whose}, and access is granted within a team's own namespace only; let that team offer a service that is called, or give this one a resource of its own`,
    ]);
  });
});
