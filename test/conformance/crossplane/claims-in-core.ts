import { createHash } from 'node:crypto';
import { awsBackends } from '../../../compositions/aws/aws-backends';
import { CrossplanePlatform } from '../../../src/crossplane/composition/crossplane-platform';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { Platform } from '../../../src/platform/platform';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { MessageQueue } from '../../../xrds/message-queue';
import { ObjectBucket } from '../../../xrds/object-bucket';
import { PostgresInstance } from '../../../xrds/postgres-instance';
import { awsFacts } from '../../crossplane/aws/aws-cluster';
import { inParallel } from '../in-parallel';
import type { Finding } from '../report';
import { difference, placeOf } from './apis-in-core';
import { externalNameOf, playedPassword, rdsAddress, readyCondition, sqsUrl } from './played-providers';
import { isTrue, poll, until } from './until';
import { deletable, usedResources } from './used-resources';

// biome-ignore lint/suspicious/noExplicitAny: the fields of any kind of object, read and never written
type Fields = any;

const compositions = awsBackends({ name: 'eu-prod', cloud: { aws: awsFacts }, crossplane: 'v1' });

/** Every kind that claims are composed of. */
export const claimedKinds = [
  ...new Map(
    compositions.flatMap(({ kinds }) => kinds).map((kind) => [`${kind.apiVersion} ${kind.kind}`, kind]),
  ).values(),
];

/** An environment of a platform that runs Crossplane v1. */
function environment() {
  const platform = new Platform({
    domain: 'acme.io',
    crossplane: 'v1',
    backends: (place) => awsBackends(place),
    topology: {
      environments: { production: { clusters: ['eu-prod'] } },
      clusters: { 'eu-prod': { cloud: { aws: awsFacts } } },
    },
  });
  return testEnvironment({ platform, environment: 'production' });
}

/** Requests as an app makes them, and what their contracts come to. */
function requested() {
  const env = environment();
  const hash = createHash('sha256').update(env.namespace).digest('hex').slice(0, 8);
  const requests = [
    new PostgresInstance(env, 'orders-db', { deletionProtection: false }),
    new MessageQueue(env, 'events', { deadLetterAfter: 5 }),
    new ObjectBucket(env, 'uploads', { versioning: true }),
  ] as const;
  const connection = {
    'orders-db-postgresinstance-connection': {
      host: rdsAddress(`orders-db-${hash}`),
      port: '5432',
      database: 'app',
      username: 'app',
      password: playedPassword,
    },
    'events-messagequeue-connection': {
      queue: sqsUrl(`events-${hash}`),
      endpoint: 'https://sqs.eu-west-1.amazonaws.com',
    },
    'uploads-objectbucket-connection': { bucket: `uploads-${hash}-123456789012`, region: 'eu-west-1' },
  };
  const claims = synthObjects(env) as unknown as KubeObject[];
  const named = requests.flatMap((request) =>
    Object.values(request.useTarget().keys).flatMap((location) => ('secret' in location ? location.secret : [])),
  );
  return { namespace: env.namespace, claims, connection, named: [...new Set(named)] };
}

/** Claims become ready in the real Crossplane, and their Secrets hold what workloads were told is there. */
export async function claimsInCore(api: ApiClient): Promise<Finding> {
  const { namespace, claims, connection, named } = requested();
  await install(api);
  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  for (const claim of claims) await api.ensure(claim);

  const done = new Set<string>();
  const composed = await poll('claims did not become ready', async (explain) => {
    const live = await inParallel(claims, (claim) => api.get(claim));
    const objects = await composedObjects(api);
    for (const object of objects.filter(({ metadata }) => !done.has(String(metadata.uid)))) {
      done.add(String(object.metadata.uid));
      await playCloud(api, object);
    }
    explain(live.map((one) => one && `${placeOf(one)} ${JSON.stringify(one.status)}`).join('\n'));
    return live.every((one) => one && isTrue(one, 'Ready')) ? objects : undefined;
  });
  const problems = difference('Secrets that workloads read', named.sort(), Object.keys(connection).sort());
  for (const [name, expected] of Object.entries(connection)) {
    const secret = await until(api, { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
    problems.push(...difference(`Secret ${name}`, decoded(secret), expected));
  }
  problems.push(...(await deletable(api, usedResources(composed))));
  return { counted: `${claims.length} claims, ${composed.length} composed resources`, problems };
}

/** A claim that is deleted stays until everything is gone that it was fulfilled with. */
export async function claimsLeaveCore(api: ApiClient): Promise<Finding> {
  const { claims } = requested();
  const before = (await composedObjects(api)).length;
  for (const claim of claims) await api.call('DELETE', await api.pathOf(claim));
  const problems = new Set<string>();
  await poll('something stayed in the cluster', async (explain) => {
    const objects = await composedObjects(api);
    const live = (await inParallel(claims, (claim) => api.get(claim))).filter((one) => one !== undefined);
    for (const claim of claims) {
      const own = objects.filter((one) => isComposedFor(one, claim));
      const gone = live.every(({ metadata }) => metadata.name !== claim.metadata.name);
      if (gone && own.length > 0) problems.add(`${placeOf(claim)} went before ${own.map(placeOf).join(', ')}`);
    }
    explain([...objects, ...live].map(placeOf).join(', '));
    return objects.length === 0 && live.length === 0 ? true : undefined;
  });
  return { counted: `${before} composed resources`, problems: [...problems] };
}

/** APIs and compositions; packages are not, since none is pulled. */
async function install(api: ApiClient): Promise<void> {
  const providerConfig = { credentials: { source: 'InjectedIdentity' } } as const;
  const platform = new CrossplanePlatform(environment(), 'crossplane', {
    compositions,
    awsClassic: { providerConfig },
  });
  const objects = synthObjects(platform) as unknown as KubeObject[];
  for (const kind of ['CompositeResourceDefinition', 'Composition']) {
    for (const object of objects.filter((one) => one.kind === kind)) {
      await api.ensure(object);
      if (kind === 'CompositeResourceDefinition') {
        await until(api, object, (live) => isTrue(live, 'Established') && isTrue(live, 'Offered'));
      }
    }
  }
}

async function composedObjects(api: ApiClient): Promise<KubeObject[]> {
  const lists = await Promise.all(claimedKinds.map(({ apiVersion, kind }) => api.list(apiVersion, kind)));
  return lists.flat();
}

function isComposedFor({ metadata }: KubeObject, claim: KubeObject): boolean {
  return metadata.labels?.['crossplane.io/claim-name'] === claim.metadata.name;
}

/** What the provider reports of what it made, by kind. */
const reports: Readonly<Record<string, (name: string) => object>> = {
  Queue: (name) => ({ arn: `arn:aws:sqs:eu-west-1:123456789012:${name}`, url: sqsUrl(name) }),
  SecurityGroup: () => ({ ownerId: awsFacts.accountId, securityGroupID: 'sg-1' }),
  Bucket: (name) => ({ arn: `arn:aws:s3:::${name}` }),
  DBInstance: (name) => ({ endpoint: { address: rdsAddress(name), port: 5432 }, engineVersion: '16.9' }),
};

/** Does what the provider would: says where the thing is, and writes its connection Secret. Crossplane sees to Usages itself. */
async function playCloud(api: ApiClient, object: KubeObject): Promise<void> {
  if (object.kind === 'Usage') return;
  const { writeConnectionSecretToRef } = object.spec as Fields;
  if (writeConnectionSecretToRef) {
    const { apiVersion, kind, metadata } = object;
    const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: metadata.uid }];
    const stringData = { password: playedPassword };
    await api.ensure({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { ...writeConnectionSecretToRef, ownerReferences },
      stringData,
    } as KubeObject);
  }
  const atProvider = reports[object.kind]?.(externalNameOf(object)) ?? {};
  await api.call('PATCH', await api.pathOf(object, 'status'), {
    contentType: 'application/merge-patch+json',
    body: { status: { atProvider, conditions: ['Ready', 'Synced'].map(readyCondition) } },
  });
}

function decoded({ data }: KubeObject): Record<string, string> {
  const entries = Object.entries((data ?? {}) as Readonly<Record<string, string>>);
  return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}
