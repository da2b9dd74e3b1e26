import { renderComposition } from '../../../src/crossplane/testing';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import type { Finding } from '../report';
import { queueComposition, queueDefinition, queueRequest } from './queue-api';
import { isTrue, poll, until } from './until';

const resourceName = 'crossplane.io/composition-resource-name';

// biome-ignore lint/suspicious/noExplicitAny: the fields of any kind of object, read and never written
type Fields = any;

/** The real Crossplane makes one request ready, and composes in each step what the in-process renderer does. */
export async function queueInCore(api: ApiClient): Promise<Finding> {
  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  await api.ensure(queueDefinition);
  await until(api, queueDefinition, (live) => isTrue(live, 'Established'));
  await api.ensure(queueComposition);
  await api.ensure(queueRequest);

  const problems: string[] = [];
  const composed: KubeObject[] = [];
  // The dead letters come first, and the queue once their ARN is known.
  for (const resource of ['dead-letters', 'queue']) {
    const made = await untilComposed(api, resource);
    composed.push(made);
    problems.push(...(await asRendered(api, composed)));
    await playCloud(api, made, resource);
  }
  const live = await until(api, queueRequest, (request) => isTrue(request, 'Ready'));
  if ((live as Fields).status.url !== 'https://sqs/queue') {
    problems.push(`status.url is ${JSON.stringify((live as Fields).status.url)}, not https://sqs/queue`);
  }
  const secret = await until(api, secretOf('orders-connection'));
  const details = decoded((secret as Fields).data);
  if (details !== '{"arn":"arn:aws:sqs:eu-west-1:1:queue","url":"https://sqs/queue"}') {
    problems.push(`connection Secret holds ${details}`);
  }
  const refusal = await api.ask('DELETE', await api.pathOf(composed[0]));
  if (refusal.status < 400 || !/in-use by 1 usage/.test(refusal.body?.message)) {
    problems.push(`dead letters in use may be deleted: ${refusal.status} ${refusal.body?.message}`);
  }
  return { counted: `${composed.length} composed resources and a Secret`, problems };
}

/** The resource must be what the in-process renderer makes of the live request and of what was there before. */
async function asRendered(api: ApiClient, composed: readonly KubeObject[]): Promise<string[]> {
  const request = (await api.get(queueRequest)) as KubeObject;
  const before = composed.slice(0, -1);
  const observed = await Promise.all(before.map(async (object) => (await api.get(object)) as Fields));
  const made = composed[composed.length - 1] as Fields;
  const wanted = made.metadata.annotations[resourceName];
  const rendered = renderComposition(queueComposition as Fields, request as Fields, observed).resources.find(
    ({ metadata }) => metadata.annotations[resourceName] === wanted,
  );
  const missing = (rendered === undefined && [`${wanted} is not rendered`]) || [];
  const { forProvider, writeConnectionSecretToRef } = rendered?.spec ?? {};
  const same = [
    ['forProvider', forProvider],
    ['writeConnectionSecretToRef', writeConnectionSecretToRef],
  ].filter(([field, value]) => JSON.stringify(sorted(value)) !== JSON.stringify(sorted(made.spec[field])));
  const different = same.map(
    ([field, value]) =>
      `${wanted} spec.${field}: rendered ${JSON.stringify(value)}, live ${JSON.stringify(made.spec[field])}`,
  );
  return [...missing, ...different];
}

function sorted(value: Fields): Fields {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    : value;
}

/** Does what the provider would: makes the queue, says where it is, and writes its connection Secret. */
async function playCloud(api: ApiClient, object: KubeObject, resource: string): Promise<void> {
  const lastTransitionTime = '2026-01-01T00:00:00Z';
  const conditions = ['Ready', 'Synced'].map((type) => ({
    type,
    status: 'True',
    reason: 'Available',
    lastTransitionTime,
  }));
  const atProvider = { arn: `arn:aws:sqs:eu-west-1:1:${resource}`, url: `https://sqs/${resource}` };
  const { writeConnectionSecretToRef } = object.spec as Fields;
  if (writeConnectionSecretToRef !== undefined) {
    await api.ensure({ ...secretOf(writeConnectionSecretToRef.name), stringData: { url: atProvider.url } });
  }
  await api.call('PATCH', await api.pathOf(object, 'status'), {
    contentType: 'application/merge-patch+json',
    body: { status: { atProvider, conditions } },
  });
}

function secretOf(secret: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace: 'shop' } };
}

function decoded(data: Readonly<Record<string, string>>): string {
  const entries = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

async function untilComposed(api: ApiClient, resource: string): Promise<KubeObject> {
  return poll(`no ${resource} was composed`, async () => {
    const queues = await api.list('sqs.aws.m.upbound.io/v1beta1', 'Queue', 'shop');
    return queues.find(({ metadata }) => metadata.annotations?.[resourceName] === resource);
  });
}
