import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiClient, KubeObject } from '../../src/dev/api-client';
import type { PolicyRequest } from './policy-verdicts';

/** An object that an update starts from, as it is in the cluster. */
export interface LiveObject {
  readonly object: KubeObject;
  readonly path: string;
}

/** What the API server would answer to a request, without keeping anything. */
export async function askDryRun(api: ApiClient, request: PolicyRequest): Promise<ApiAnswer> {
  const before = objectBefore(request);
  if (before === undefined) {
    const { apiVersion, kind, metadata } = request.object;
    const path = await api.collection(apiVersion, kind, metadata.namespace);
    return api.ask('POST', path, { query: { dryRun: 'All' }, body: request.object, as: request.request?.userInfo });
  }
  const live = await createLive(api, before);
  if ('status' in live) return live;
  const answer = await askUpdate(api, request, live);
  await deleteLive(api, live);
  return answer;
}

/** The object that has to be there before a request can be made: what an update changes, and a pod before it gets a debugging container. */
export function objectBefore({ object, oldObject }: PolicyRequest): KubeObject | undefined {
  if (ephemeralContainersOf(object) === undefined) return oldObject;
  const { ephemeralContainers: _, ...spec } = object.spec as { ephemeralContainers?: unknown };
  return { ...object, spec };
}

/** Creates an object for real, under a name of its own; a refusal is returned. */
export async function createLive(api: ApiClient, object: KubeObject): Promise<LiveObject | ApiAnswer> {
  const named = { ...object, metadata: { ...object.metadata, name: `update-${randomUUID()}` } };
  const collection = await api.collection(object.apiVersion, object.kind, object.metadata.namespace);
  const created = await api.ask('POST', collection, { body: named });
  if (created.status >= 400) return created;
  const live = { ...created.body, apiVersion: object.apiVersion, kind: object.kind };
  return { object: live, path: await api.pathOf(named) };
}

/** Deletes what `createLive` made. */
export async function deleteLive(api: ApiClient, { path }: LiveObject): Promise<void> {
  await api.ask('DELETE', path, { query: { gracePeriodSeconds: '0' } });
}

/** What the API server would answer to an update of an object that is there. */
export function askUpdate(api: ApiClient, { object, request }: PolicyRequest, live: LiveObject): Promise<ApiAnswer> {
  const query = { dryRun: 'All' };
  const as = request?.userInfo;
  const ephemeralContainers = ephemeralContainersOf(object);
  if (ephemeralContainers !== undefined) {
    // Debugging containers are added to a pod that runs, through a subresource.
    const spec = { ...(live.object.spec as object), ephemeralContainers };
    return api.ask('PUT', `${live.path}/ephemeralcontainers`, { query, as, body: { ...live.object, spec } });
  }
  const { name, uid, resourceVersion } = live.object.metadata;
  const metadata = { ...object.metadata, name, uid, resourceVersion };
  return api.ask('PUT', live.path, { query, as, body: { ...object, metadata } });
}

function ephemeralContainersOf({ kind, spec }: KubeObject): readonly unknown[] | undefined {
  const { ephemeralContainers } = (spec ?? {}) as { ephemeralContainers?: unknown };
  return kind === 'Pod' && Array.isArray(ephemeralContainers) ? ephemeralContainers : undefined;
}
