import { awsBackends } from '../../compositions/aws/aws-backends';
import { gcpBackends } from '../../compositions/gcp/gcp-backends';
import { CrossplanePlatform } from '../../src/crossplane/composition/crossplane-platform';
import type { CrossplaneVersion } from '../../src/platform/backend';
import { Platform, type PlatformProps } from '../../src/platform/platform';
import { synthObject, synthObjects, testEnvironment } from '../../src/testing';
import { GoldenService } from '../../src/workload/golden-service';
import { MessageQueue } from '../../xrds/message-queue';
import { ObjectBucket } from '../../xrds/object-bucket';
import { PostgresInstance } from '../../xrds/postgres-instance';
import { awsFacts } from './aws/aws-cluster';
import { gcpFacts } from './gcp/gcp-facts';

const everywhere = { cidrs: ['10.1.0.0/16'] };
const network = { backends: { PostgresInstance: everywhere, MessageQueue: everywhere, ObjectBucket: everywhere } };

function platformOn(crossplane: CrossplaneVersion, props: Partial<PlatformProps> = {}): Platform {
  return new Platform({
    domain: 'acme.io',
    crossplane,
    topology: {
      environments: { production: { clusters: ['eu-prod'] } },
      clusters: { 'eu-prod': { cloud: { aws: awsFacts, gcp: gcpFacts }, network } },
      owners: { orders: { costCenter: 'cc-104' } },
    },
    backends: (cluster) => awsBackends(cluster),
    ...props,
  });
}

const environmentOn = (...platform: Parameters<typeof platformOn>) =>
  testEnvironment({ platform: platformOn(...platform), environment: 'production', team: 'orders' });

/** What an app team writes, whatever Crossplane the platform runs. */
function rendered(crossplane: CrossplaneVersion) {
  const env = environmentOn(crossplane);
  const api = new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.0.0', port: 8080 });
  api.uses(new PostgresInstance(env, 'db', { size: 'small' }), { env: { DATABASE_URL: 'uri', DB: 'host' } });
  api.uses(new MessageQueue(env, 'events', { deadLetterAfter: 5 }), { env: { EVENTS: 'queue' } });
  api.uses(new ObjectBucket(env, 'files', { versioning: true }), { env: { BUCKET: 'bucket', S3: 'endpoint' } });
  return synthObjects(env);
}

const requests = ['PostgresInstance', 'MessageQueue', 'ObjectBucket'];
const isRequest = ({ kind }: { kind: string }) => requests.includes(kind);

test('an app is the same whatever Crossplane fulfils its requests, down to the Secrets and their keys', () => {
  const others = (crossplane: CrossplaneVersion) => rendered(crossplane).filter((object) => !isRequest(object));
  expect(others('v1')).toEqual(others('v2'));
});

test('a claim asks for what the request of Crossplane v2 asks for, and for the Secret that workloads read', () => {
  const [claims, onV2] = (['v1', 'v2'] as const).map((crossplane) => rendered(crossplane).filter(isRequest));
  expect(claims.map(({ spec: { writeConnectionSecretToRef: _, ...spec }, ...rest }) => ({ ...rest, spec }))).toEqual(
    onV2,
  );
  expect(claims.map(({ kind, spec }) => [kind, spec.writeConnectionSecretToRef.name])).toEqual([
    ['PostgresInstance', 'db-postgresinstance-connection'],
    ['MessageQueue', 'events-messagequeue-connection'],
    ['ObjectBucket', 'files-objectbucket-connection'],
  ]);
});

test('a claim says which composition fulfils it where Crossplane v1 looks', () => {
  const env = environmentOn('v1');
  const { request } = new MessageQueue(
    env,
    'events',
    {},
    { composition: 'messagequeues-aws-classic', compositionUpdatePolicy: 'Manual' },
  );
  expect(synthObject(request).spec).toEqual({
    compositionRef: { name: 'messagequeues-aws-classic' },
    compositionUpdatePolicy: 'Manual',
    writeConnectionSecretToRef: { name: 'events-messagequeue-connection' },
  });
});

test('what the API refuses is refused of a claim too, and so is what is not for its author to say', () => {
  const queue = (spec: object) => () => new MessageQueue(environmentOn('v1'), 'events', spec as never);
  expect(queue({ retentionHours: 0 })).toThrow(/retentionHours 0 /);
  expect(queue({ writeConnectionSecretToRef: { name: 'mine' } })).toThrow(
    /writeConnectionSecretToRef .* is no field of the request; use the options/,
  );
  expect(queue({ crossplane: {} })).toThrow(/crossplane/);
});

test('a backend for the other Crossplane is refused with what to change', () => {
  const env = environmentOn('v1', { backends: (cluster) => gcpBackends(cluster) });
  expect(() => new MessageQueue(env, 'events')).toThrow(
    'the composition "messagequeues-gcp" is for Crossplane v2, and crossplane of the platform is "v1"; give the platform backends for that, or set crossplane to "v2"',
  );
});

test('a grant is refused, because nothing makes it there', () => {
  const env = environmentOn('v1');
  const api = new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.0.0', port: 8080 });
  expect(() => api.uses(new MessageQueue(env, 'events'), 'send')).toThrow(
    /nothing fulfils a MessageQueueAccess .* whose backends are postgresinstances-aws-classic, messagequeues-aws-classic/,
  );
});

test('a database that was renamed is refused by the provider that cannot know its password', () => {
  const renamed = { movedFrom: { name: 'old-db' } };
  expect(() => new PostgresInstance(environmentOn('v1'), 'db', {}, renamed)).toThrow(
    /movedFrom is not read by the composition postgresinstances-aws-classic/,
  );
  expect(() => new MessageQueue(environmentOn('v1'), 'events', {}, renamed)).not.toThrow();
});

describe('a cluster with Crossplane v1', () => {
  const env = environmentOn('v1');
  const compositions = awsBackends({ name: 'eu-prod', cloud: { aws: awsFacts }, crossplane: 'v1' });
  const providerConfig = { credentials: { source: 'InjectedIdentity' } } as const;
  const objects = synthObjects(
    new CrossplanePlatform(env, 'crossplane', {
      compositions,
      awsClassic: { providerConfig, serviceAccountAnnotations: { role: 'arn:role' } },
    }),
  );
  const find = (kind: string) => objects.filter((object) => object.kind === kind);

  test('gets APIs with claims', () => {
    expect(find('CompositeResourceDefinition').map(({ apiVersion, metadata }) => [apiVersion, metadata.name])).toEqual(
      ['xpostgresinstances', 'xmessagequeues', 'xobjectbuckets'].map((plural) => [
        'apiextensions.crossplane.io/v1',
        `${plural}.platform.golden-path.local`,
      ]),
    );
  });

  test('gets the one package of the classic provider, and how it signs in', () => {
    expect(find('Provider')).toMatchObject([
      {
        metadata: { name: 'provider-aws' },
        spec: {
          package: 'xpkg.upbound.io/crossplane-contrib/provider-aws:v0.58.0',
          runtimeConfigRef: { name: 'provider-aws-classic' },
        },
      },
    ]);
    expect(find('ProviderConfig')).toMatchObject([
      { apiVersion: 'aws.crossplane.io/v1beta1', metadata: { name: 'default' }, spec: providerConfig },
    ]);
    expect(find('DeploymentRuntimeConfig')[0].spec.serviceAccountTemplate.metadata.annotations).toEqual({
      role: 'arn:role',
    });
  });

  test('gets nothing that only Crossplane v2 knows', () => {
    expect(find('ManagedResourceActivationPolicy')).toEqual([]);
    expect(find('ClusterProviderConfig')).toEqual([]);
    expect(JSON.stringify(find('Composition'))).not.toMatch(/protection\.crossplane\.io|\.m\.upbound\.io/);
  });

  test('is refused compositions for Crossplane v2, and needs to know how to sign in', () => {
    const onV2 = awsBackends({ name: 'eu-prod', cloud: { aws: awsFacts } });
    expect(() => new CrossplanePlatform(environmentOn('v1'), 'crossplane', { compositions: onV2.slice(0, 3) })).toThrow(
      /"postgresinstances-aws" is for Crossplane v2, and crossplane of the platform is "v1"/,
    );
    expect(() => new CrossplanePlatform(environmentOn('v1'), 'crossplane', { compositions })).toThrow(
      /pass awsClassic, how providers sign in there/,
    );
  });
});

test('a Crossplane that is neither is refused', () => {
  expect(() => platformOn('v3' as never)).toThrow(
    'crossplane "v3" is no version that compositions are for; use "v1" or "v2"',
  );
});
