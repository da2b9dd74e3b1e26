import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { inParallel } from '../in-parallel';
import type { Finding } from '../report';
import { difference, placeOf } from './apis-in-core';
import type { FollowedRequest } from './followed-requests';
import type { PlayedCloud } from './played-cloud';
import { poll } from './until';
import { deletable, usedResources } from './used-resources';

/**
 * Deletes every request; what stays outside of the cluster is what was to stay, and in the cluster nothing does. What is in
 * use refuses to go before its user.
 */
export async function beDeleted(
  api: ApiClient,
  cloud: PlayedCloud,
  requests: readonly FollowedRequest[],
): Promise<Finding> {
  const made = cloud.things.size;
  const used = usedResources((await cloud.turn()).objects);
  const problems = await deletable(api, used);
  problems.push(...(await unprotect(api, requests)));
  for (const { object } of requests) await api.call('DELETE', await api.pathOf(object));
  await poll('something stayed in the cluster', async (explain) => {
    const live = await inParallel(requests, ({ object }) => api.get(object));
    const { objects } = await cloud.turn();
    const secrets = (await api.list('v1', 'Secret')).filter((secret) => cloud.isIn(secret));
    const left = [...live, ...objects, ...secrets].filter((one) => one !== undefined);
    explain(left.map(placeOf).join(', '));
    return left.length === 0 || undefined;
  });
  for (const { of, by } of used) {
    const [first, last] = [by, of].map((one) => cloud.ended.indexOf(String(one.metadata.uid)));
    if (first > last) problems.push(`${placeOf(of)} was deleted before ${placeOf(by)}, which is in it`);
  }
  const left = [...cloud.things.values()].map(({ namespace, resource }) => `${namespace}/${resource}`);
  problems.push(...difference('left outside', left.sort(), requests.flatMap(({ leaves }) => leaves).sort()));
  return {
    counted: `${made} things outside of the cluster, ${left.length} of them left, ${used.length} in use`,
    problems,
  };
}

/** What is protected refuses to be deleted, and so does its namespace, until its protection is off. */
async function unprotect(api: ApiClient, requests: readonly FollowedRequest[]): Promise<string[]> {
  const problems: string[] = [];
  const refused = async (object: KubeObject, expected: boolean) => {
    const answer = await api.ask('DELETE', await api.pathOf(object), { query: { dryRun: 'All' } });
    const isRefused = answer.status === 403 && /set deletionProtection to false/.test(answer.body?.message);
    if (isRefused !== expected)
      problems.push(`DELETE ${placeOf(object)}: ${answer.status} ${answer.body?.message ?? ''}`);
  };
  for (const { object, refuses } of requests) await refused(object, refuses);
  for (const name of new Set(requests.map(({ object }) => String(object.metadata.namespace)))) {
    const holds = requests.some(({ object, refuses }) => refuses && object.metadata.namespace === name);
    await refused({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, holds);
  }
  for (const { object } of requests.filter(({ refuses }) => refuses)) {
    await api.call('PATCH', await api.pathOf(object), {
      contentType: 'application/merge-patch+json',
      body: { spec: { deletionProtection: false } },
    });
  }
  return problems;
}
