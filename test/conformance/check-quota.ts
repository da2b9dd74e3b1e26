import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitRangeSpec, ResourceQuotaSpec } from '../../imports/kubernetes';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { type Around, bruteForce, expand, podUsage, type Sums, thousandths } from '../team/pod-expansion';
import { inParallel } from './in-parallel';
import type { Finding } from './report';
import { createPrerequisites } from './stand-ins';

/** Kinds that make pods or scale what makes them: the pods and claims are made here instead, as many as there can be. */
const makers =
  /^(Deployment|ReplicaSet|StatefulSet|DaemonSet|Job|CronJob|Pod|PersistentVolumeClaim|HorizontalPodAutoscaler|ScaledObject)$/;
const bounds = /^(ResourceQuota|LimitRange)$/;

/**
 * The bounds of a namespace admit everything that is rendered for it at full scale during a rollout, count it as it is counted
 * in an expansion into single pods, have room for the pods of the headroom, and refuse the next one.
 *
 * The cluster needs a controller manager, which counts, and no scheduler. The namespace must be without workloads: the pods are
 * made from their templates.
 *
 * @param objects everything that is rendered for one namespace, its ResourceQuota and LimitRange among them
 */
export async function checkQuota(
  api: ApiClient,
  namespace: string,
  objects: readonly KubeObject[],
  around: Around = {},
): Promise<Finding> {
  const problems: string[] = [];
  const create = async (object: KubeObject) => {
    const answer = await api.ask('POST', await api.collection(object.apiVersion, object.kind, namespace), {
      body: { ...object, metadata: { ...object.metadata, namespace } },
    });
    const refused = answer.status >= 400 && answer.status !== 409;
    return refused ? `${object.kind} ${object.metadata.name}: ${answer.body.message}` : undefined;
  };
  const createAll = async (all: readonly KubeObject[]) =>
    problems.push(...(await inParallel(all, create)).filter((problem) => problem !== undefined));

  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const inside = objects.filter(({ metadata }) => metadata.namespace === namespace);
  await createAll(inside.filter(({ kind }) => bounds.test(kind)));
  const quota = () => quotaOf(api, namespace);
  await until('the quota is counted for the first time', async () => {
    const { spec, status } = await quota();
    return Object.keys(status.used ?? {}).length === Object.keys(spec.hard ?? {}).length;
  });
  const accounts = ({ kind }: KubeObject) => kind === 'ServiceAccount';
  await createAll(inside.filter(accounts));
  await until('the namespace has its account', async () =>
    (await api.list('v1', 'ServiceAccount', namespace)).some(({ metadata }) => metadata.name === 'default'),
  );
  const manifests = inside.map((object) => ({ file: object.metadata.name, bytes: Buffer.from(''), object }));
  await createPrerequisites(api, manifests);
  await createAll(inside.filter(({ kind }) => !makers.test(kind) && !bounds.test(kind) && kind !== 'ServiceAccount'));

  const { pods, claims } = expand(inside, around);
  await createAll(claims.map((spec, i) => named('PersistentVolumeClaim', `claim-${i}`, { spec })));
  await createAll(pods.map((template, i) => podOf(template, `pod-${i}`)));

  const limitRange = inside.find(({ kind }) => kind === 'LimitRange')?.spec as LimitRangeSpec | undefined;
  const expected = bruteForce(inside, { limitRange, ...around });
  // What a pod claims for itself is claimed by a controller.
  await until(
    'everything is counted as it is expanded',
    async () => (await miscounted(quota, expected)).length === 0,
  ).catch(async () => problems.push(...(await miscounted(quota, expected))));
  const room = await roomFor(quota, podUsage(pods[0].spec, limitRange));
  const more = Array.from({ length: room }, (_, i) => podOf(pods[0], `more-${i}`));
  await createAll(more);
  const refusal = await create(podOf(pods[0], 'one-too-many'));
  if (!refusal?.includes('exceeded quota')) {
    problems.push(`one pod more than the ${room} of the headroom is ${refusal ?? 'admitted'}`);
  }
  return { counted: `${pods.length} pods, ${claims.length} claims, room for ${room} more pods`, problems };
}

interface Quota {
  readonly spec: ResourceQuotaSpec;
  readonly status: { readonly hard?: Record<string, string>; readonly used?: Record<string, string> };
}

async function quotaOf(api: ApiClient, namespace: string): Promise<Quota> {
  const [quota] = await api.list('v1', 'ResourceQuota', namespace);
  if (quota === undefined) throw new Error(`${namespace} has no ResourceQuota`);
  return quota as unknown as Quota;
}

/** Where the quota's count differs from the expansion, key by key. Objects of single kinds are not expanded. */
async function miscounted(quota: () => Promise<Quota>, expected: Sums): Promise<string[]> {
  const { used = {} } = (await quota()).status;
  return Object.entries(used).flatMap(([key, counted]) =>
    key.startsWith('count/') || thousandths(counted) === (expected[key] ?? 0n)
      ? []
      : `the quota counts ${key} ${counted}, and the expansion ${expected[key] ?? 0n} thousandths`,
  );
}

/** How many more pods of a form the quota has room for. */
async function roomFor(quota: () => Promise<Quota>, usage: Sums): Promise<number> {
  const { hard = {}, used = {} } = (await quota()).status;
  const rooms = Object.entries(usage)
    .filter(([key, value]) => hard[key] !== undefined && value > 0n)
    .map(([key, value]) => Number((thousandths(hard[key]) - thousandths(used[key])) / value));
  return Math.min(...rooms);
}

// biome-ignore lint/suspicious/noExplicitAny: a pod template of any workload
function podOf({ metadata, spec }: any, name: string): KubeObject {
  return named('Pod', name, { metadata: { labels: metadata?.labels, name }, spec });
}

function named(kind: string, name: string, fields: object): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name }, ...fields };
}

async function until(what: string, isSo: () => Promise<boolean>, withinSeconds = 60): Promise<void> {
  const deadline = performance.now() + withinSeconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinSeconds} s: ${what}`);
    await sleep(200);
  }
}
