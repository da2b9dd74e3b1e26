import { CrossplanePlatform } from '../../../src/crossplane/composition/crossplane-platform';
import { keysOf } from '../../../src/crossplane/resource/usable';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import type { ConnectionLocation } from '../../../src/platform/backend';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { gcpFacts } from '../../crossplane/gcp/gcp-facts';
import { inParallel } from '../in-parallel';
import type { Finding } from '../report';
import { type FollowedRequest, followedCompositions } from './followed-requests';
import type { PlayedCloud } from './played-cloud';
import { isTrue, poll, until } from './until';

/** What is installed of a CrossplanePlatform: packages are not, since none is pulled. */
const installed = [
  'CompositeResourceDefinition',
  'Composition',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
];

/** Installs APIs, compositions and the rules that protect requests, then makes the requests. */
export async function installApis(api: ApiClient, requests: readonly FollowedRequest[]): Promise<void> {
  const platform = new CrossplanePlatform(testEnvironment(), 'crossplane', {
    compositions: followedCompositions,
    aws: { providerConfig: { credentials: { source: 'IRSA' } } },
    gcp: { providerConfig: { projectID: gcpFacts.project, credentials: { source: 'InjectedIdentity' } } },
  });
  const objects = synthObjects(platform) as unknown as KubeObject[];
  for (const kind of installed) {
    const ofKind = objects.filter((object) => object.kind === kind);
    for (const object of ofKind) await api.ensure(object);
    if (kind === 'CompositeResourceDefinition') {
      await Promise.all(ofKind.map((one) => until(api, one, (live) => isTrue(live, 'Established'))));
    }
  }
  for (const name of new Set(requests.map(({ object }) => String(object.metadata.namespace)))) {
    await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const { object } of requests) await api.ensure(object);
}

/** Plays until every request is ready, and looks at their status and at what their contracts say is in which Secret. */
export async function becomeReady(
  api: ApiClient,
  cloud: PlayedCloud,
  requests: readonly FollowedRequest[],
): Promise<Finding> {
  const problems = new Set<string>();
  const composed = await poll('requests did not become ready', async (explain) => {
    const live = await inParallel(requests, ({ object }) => api.get(object));
    const { objects, fulfilled } = await cloud.turn();
    for (const one of fulfilled) {
      const early = live.find((request) => request && isTrue(request, 'Ready') && owns(request, one));
      if (early) problems.add(`${placeOf(early)} was ready before ${one.kind} ${one.metadata.name}`);
    }
    const unready = live.filter((one) => !(one && isTrue(one, 'Ready')));
    explain(unready.map((one) => one && `${placeOf(one)} ${JSON.stringify(one.status)}`).join('\n'));
    return unready.length === 0 ? objects : undefined;
  });
  for (const request of requests) for (const problem of await mistakes(api, request)) problems.add(problem);
  const keys = requests.reduce((sum, { connection }) => sum + Object.keys(connection).length, 0);
  return {
    counted: `${requests.length} requests, ${composed.length} composed resources, ${keys} keys`,
    problems: [...problems],
  };
}

/** What is wrong with a request that is ready: its status, and what its contract says is in which Secret. */
async function mistakes(
  api: ApiClient,
  { composition, object, connection, status }: FollowedRequest,
): Promise<string[]> {
  const place = placeOf(object);
  const live = (await api.get(object)) as KubeObject;
  const { conditions: _, crossplane: __, ...reported } = live.status as Record<string, unknown>;
  const keys = keysOf(composition.connection, { name: object.metadata.name, spec: object.spec });
  const found = new Map<string, string | undefined>();
  for (const [key, location] of Object.entries(keys)) found.set(key, await valueIn(api, object, location));
  const resolved = (key: string): string | undefined => {
    const location = keys[key];
    return 'text' in location
      ? location.text.replaceAll(/\$\((\w+)\)/g, (_all, part) => `${resolved(part)}`)
      : found.get(key);
  };
  return [
    ...difference(`${place} status`, reported, status),
    ...difference(
      `${place} connection`,
      Object.fromEntries(Object.keys(keys).map((key) => [key, resolved(key)])),
      connection,
    ),
  ];
}

/** What a Secret holds for a key; undefined for a key that is made from others. */
async function valueIn(
  api: ApiClient,
  { metadata }: KubeObject,
  location: ConnectionLocation,
): Promise<string | undefined> {
  if ('text' in location) return undefined;
  const { namespace } = metadata;
  const secret = await api.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name: location.secret, namespace } });
  const value = (secret?.data as Readonly<Record<string, string>> | undefined)?.[location.key];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
}

/** What is said when two values are not the same. */
export function difference(what: string, found: unknown, expected: unknown): string[] {
  const [a, b] = [found, expected].map((value) => JSON.stringify(sorted(value)));
  return a === b ? [] : [`${what}: found ${a}, expected ${b}`];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function owns(request: KubeObject, { metadata }: KubeObject): boolean {
  const owners = (metadata.ownerReferences ?? []) as readonly { readonly uid: string }[];
  return owners.some(({ uid }) => uid === request.metadata.uid);
}

/** An object as messages name it. */
export function placeOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}
