import { groupKindOf, type PlainObject } from '../platform/placed-object';
import { isRecord, show } from '../platform/rule';
import { forbiddenIn, kindsText } from './forbidden';
import { type Kubectl, type KubectlAnswer, short } from './kubectl';

/** Live objects, and the kinds that the cluster does not serve. */
export interface ReadObjects {
  readonly live: readonly PlainObject[];
  /** Of `objects`, those whose kind is not served in their version. */
  readonly unserved: readonly PlainObject[];
}

/** How many objects one kubectl reads. */
const batch = 200;

/**
 * Reads the live objects of those that are rendered, in the versions in which they are rendered. One that is not there is left out.
 *
 * @throws ClusterError when the account may not read them
 */
export async function readObjects(kubectl: Kubectl, objects: readonly PlainObject[]): Promise<ReadObjects> {
  const batches = batchesOf(objects, batch).map(async (members) => readBatch(kubectl, members));
  const all = await Promise.all(batches);
  return { live: all.flatMap(({ live }) => live), unserved: all.flatMap(({ unserved }) => unserved) };
}

async function readBatch(kubectl: Kubectl, objects: readonly PlainObject[]): Promise<ReadObjects> {
  if (objects.length === 0) return { live: [], unserved: [] };
  const words = ['get', '--filename=-', '--output=json', '--ignore-not-found', '--show-managed-fields'];
  const answer = await kubectl.ask(words, listOf(objects.map(referenceTo)));
  if (answer.code === 0) return { live: itemsOf(kubectl, answer), unserved: [] };
  const missing = unservedIn(answer.said);
  const isUnserved = ({ apiVersion, kind }: PlainObject) => missing.has(`${apiVersion} ${kind}`);
  const rest = objects.filter((object) => !isUnserved(object));
  if (rest.length === objects.length) refuseAccount(kubectl, answer, 'read what is rendered');
  const read = await readBatch(kubectl, rest);
  return { ...read, unserved: [...objects.filter(isUnserved), ...read.unserved] };
}

/** The name of an object, without what is in it. */
function referenceTo({ apiVersion, kind, metadata: { name, namespace } }: PlainObject): object {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

/** The versions and kinds that kubectl says the cluster does not serve. */
function unservedIn(said: string): Set<string> {
  const found = said.matchAll(/no matches for kind "([^"]+)" in version "([^"]+)"/g);
  return new Set([...found].map(([, kind, apiVersion]) => `${apiVersion} ${kind}`));
}

/** The kinds that objects define: those of CRDs, and of XRDs, of which Crossplane makes CRDs. */
export function definedKinds(objects: readonly PlainObject[]): Set<string> {
  const definitions =
    /^(?:apiextensions\.k8s\.io\/CustomResource|apiextensions\.crossplane\.io\/CompositeResource)Definition$/;
  return new Set(
    objects
      .filter((object) => definitions.test(groupKindOf(object)))
      .flatMap(({ spec }) => {
        const { group, names, claimNames } = (isRecord(spec) ? spec : {}) as Record<string, { kind?: string }>;
        return [names, claimNames].flatMap((each) => (each?.kind === undefined ? [] : [`${group}/${each.kind}`]));
      }),
  );
}

/** Objects as kubectl reads several. */
export function listOf(items: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'List', items };
}

/** The objects that kubectl printed: a list, one, or none. */
export function itemsOf(kubectl: Kubectl, { stdout }: Pick<KubectlAnswer, 'stdout'>): PlainObject[] {
  if (stdout.trim() === '') return [];
  try {
    const data = JSON.parse(stdout);
    return data.kind === 'List' && Array.isArray(data.items) ? data.items : [data];
  } catch (error) {
    return kubectl.fail('setup', `kubectl printed what is no JSON: ${(error as Error).message}`);
  }
}

/** @throws ClusterError always: the account lacks a right, or kubectl says something that nobody expected */
export function refuseAccount(kubectl: Kubectl, { said }: Pick<KubectlAnswer, 'said'>, what: string): never {
  const forbidden = forbiddenIn(said);
  const context = show(kubectl.context);
  if (forbidden.length === 0) kubectl.fail('setup', `kubectl can't ${what} with context ${context}: ${short(said)}`);
  const [{ user, verb }] = forbidden;
  const message = `the account of context ${context}, ${user}, may not ${what}: it has no right to ${verb} ${kindsText(forbidden)}`;
  kubectl.fail('forbidden', `${message}; give a context whose account has`);
}

/** Items in parts of at most so many. */
export function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
