import type { PlainObject } from '../platform/placed-object';
import { knownKinds } from '../schema/kinds';
import { type Forbidden, forbiddenIn } from './forbidden';
import type { Kubectl } from './kubectl';
import type { LivePlace } from './live-place';
import { managedBy } from './no-longer-rendered';
import { batchesOf, itemsOf, refuseAccount } from './read-objects';
import { parseServedKinds, type ServedKind, servedOf } from './served-kinds';

/** Objects of a cluster that a render of this library made, now or before. */
export interface LabelledObjects {
  readonly found: readonly PlainObject[];
  /** What the account may not list, so that it is not known. */
  readonly unlisted: readonly Forbidden[];
}

/** How many kinds one kubectl lists, one after the other. */
const batch = 25;

/**
 * Finds what carries the label of this library, among the kinds that the package and the platform's CRDs know and those that are
 * rendered: in the namespaces of the render, and without one where the render has such objects.
 */
export async function findLabelled(kubectl: Kubectl, place: LivePlace): Promise<LabelledObjects> {
  const objects = place.apps.flatMap((app) => app.objects);
  // It fails, beside all the others, for a group whose own API server is away.
  const answer = await kubectl.ask(['api-resources', '--output=wide', '--no-headers']);
  const served = servedOf(parseServedKinds(answer.stdout), [...knownKinds(place.kinds), ...objects]);
  if (served.length === 0) refuseAccount(kubectl, answer, 'ask which kinds there are');
  const namespaces = new Set([
    ...place.apps.map(({ namespace }) => namespace),
    ...objects.flatMap(({ metadata: { namespace } }) => namespace ?? []),
  ]);
  const isClusterWide = objects.some(({ metadata }) => metadata.namespace === undefined);
  const lists = [
    ...[...namespaces].map((name) => ({ name, kinds: served.filter(({ isNamespaced }) => isNamespaced) })),
    { name: undefined, kinds: isClusterWide ? served.filter(({ isNamespaced }) => !isNamespaced) : [] },
  ];
  const all = await Promise.all(
    lists.flatMap(({ name, kinds }) => batchesOf(kinds, batch).map((members) => listKinds(kubectl, members, name))),
  );
  return { found: all.flatMap(({ found }) => found), unlisted: all.flatMap(({ unlisted }) => unlisted) };
}

async function listKinds(
  kubectl: Kubectl,
  kinds: readonly ServedKind[],
  namespace: string | undefined,
): Promise<LabelledObjects> {
  const answer = await kubectl.ask([
    ...['get', kinds.map(({ resource }) => resource).join(','), `--selector=${managedBy.join('=')}`],
    ...['--output=json', '--show-managed-fields', '--ignore-not-found'],
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
  ]);
  const unlisted = forbiddenIn(answer.said);
  if (answer.code !== 0 && unlisted.length === 0) refuseAccount(kubectl, answer, 'list what was rendered before');
  return { found: itemsOf(kubectl, answer), unlisted };
}
