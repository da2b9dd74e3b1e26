import { identityOf } from '../diff/identity';
import { isMadeAnew } from '../diff/made-anew';
import type { Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import { groupKindOf, namespaceOf, type PlainObject } from '../platform/placed-object';
import { show } from '../platform/rule';
import { ClusterError } from './cluster-error';
import { findLabelled, type LabelledObjects } from './find-labelled';
import { kindsText } from './forbidden';
import { type Kubectl, short } from './kubectl';
import { delivererOf, isKept, marked } from './live-object';
import type { LivePlace } from './live-place';
import { noLongerRendered } from './no-longer-rendered';
import { isOccasionalHook } from './occasional-hook';
import { definedKinds, readObjects } from './read-objects';
import { statedPart } from './stated-part';
import { type Attempt, tryApply } from './try-apply';

/** What runs in a cluster of an environment, and what it would become. */
export interface LiveComparison {
  /** The live objects that are rendered or no longer are. */
  readonly before: readonly PlainObject[];
  /** What the API server would make of each that is rendered. */
  readonly after: readonly PlainObject[];
  /** Why it refuses an object, by `identityOf`. */
  readonly refusals: ReadonlyMap<string, string>;
  /** What could not be asked. */
  readonly warnings: readonly Problem[];
}

/**
 * Asks a cluster what applying a render would change there. Nothing is changed by it.
 *
 * @throws ClusterError when the cluster can't be reached, does not allow it, or lacks kinds that are rendered
 */
export async function readPlace(kubectl: Kubectl, place: LivePlace): Promise<LiveComparison> {
  const version = await kubectl.ask(['get', '--raw=/version']);
  if (version.code !== 0) {
    const context = show(kubectl.context);
    kubectl.fail(
      'unreachable',
      `the cluster of context ${context} can't be reached (kubectl says: ${short(version.said)})`,
    );
  }
  const all = place.apps.flatMap((app) => app.objects);
  const [{ live, unserved }, labelled] = await Promise.all([readObjects(kubectl, all), findLabelled(kubectl, place)]);
  const liveOf = new Map(live.map((object) => [identityOf(object), object]));
  const elsewhere = unserved.filter(isOfArgoCd);
  const objects = all.filter(
    (object) => !elsewhere.includes(object) && (liveOf.has(identityOf(object)) || !isOccasionalHook(object)),
  );
  checkServed(kubectl, unserved, objects);
  const attempts = await attemptAll(
    kubectl,
    objects.filter((object) => !unserved.includes(object)),
    liveOf,
  );
  const gone = noLongerRendered(labelled.found, live, place);
  const pairs = objects.map((object) => pairOf(object, liveOf.get(identityOf(object)), attempts));
  return {
    before: [...pairs.flatMap(({ before }) => before ?? []), ...gone.filter((object) => !isKept(object))],
    after: pairs.map(({ after }) => after),
    refusals: new Map(
      pairs.flatMap(({ after, refusal }) => (refusal === undefined ? [] : [[identityOf(after), refusal] as const])),
    ),
    warnings: [
      ...pairs.flatMap(({ after, untried }) => (untried === undefined ? [] : [`${called(after)} ${untried}`])),
      ...gone.filter(isKept).map((object) => `${called(object)} is no longer rendered, and stays because it says so`),
      ...elsewhereWarnings(elsewhere),
      ...unlistedWarnings(labelled, kubectl),
    ].map((message) => ({ path: kubectl.place, message })),
  };
}

/** @throws ClusterError naming each kind that is not served, and that the render does not bring itself */
function checkServed(kubectl: Kubectl, unserved: readonly PlainObject[], objects: readonly PlainObject[]): void {
  const defined = definedKinds(objects);
  const strange = unserved.filter((object) => objects.includes(object) && !defined.has(groupKindOf(object)));
  if (strange.length === 0) return;
  const kinds = grouped(strange, ({ apiVersion, kind }) => `${kind} of ${apiVersion}`);
  throw new ClusterError(
    'unserved',
    [...kinds].map(([kind, members]) => {
      const [first, ...others] = members.map(called);
      const more = others.length > 0 ? ` and ${others.length} more` : '';
      const context = show(kubectl.context);
      const message = `the cluster of context ${context} does not serve ${kind}, the kind of ${first}${more}; install what defines it first`;
      return { path: kubectl.place, message };
    }),
  );
}

async function attemptAll(
  kubectl: Kubectl,
  objects: readonly PlainObject[],
  liveOf: ReadonlyMap<string, PlainObject>,
): Promise<ReadonlyMap<string, Attempt>> {
  const by = grouped(objects, (object) => delivererOf(liveOf.get(identityOf(object))));
  const all = await Promise.all(
    [...by].map(([deliverer, members]) => {
      const applied = members.map((object) => {
        const live = liveOf.get(identityOf(object));
        return live ? marked(object, live) : object;
      });
      return tryApply(kubectl, applied, deliverer);
    }),
  );
  return new Map(all.flatMap((each) => [...each]));
}

/** An object as it runs and as it would, and what stands in the way. */
interface Pair {
  readonly before?: PlainObject;
  readonly after: PlainObject;
  readonly refusal?: string;
  readonly untried?: string;
}

function pairOf(rendered: PlainObject, live: PlainObject | undefined, attempts: ReadonlyMap<string, Attempt>): Pair {
  const attempt = attempts.get(identityOf(rendered));
  if (live && attempt?.what === 'applied') return { before: live, after: attempt.object };
  const after = live ? marked(rendered, live) : rendered;
  const pair = { ...(live && { before: statedPart(live, after, delivererOf(live)) }), after };
  // What is deleted and made again is never updated.
  if (attempt?.what === 'refused' && !(live && isMadeAnew(rendered))) return { ...pair, refusal: attempt.message };
  if (attempt?.what === 'untried') return { ...pair, untried: `could not be tried: ${attempt.message}` };
  return pair;
}

/** Whether an Argo CD reads the object, which may serve many clusters from one of them. */
function isOfArgoCd({ apiVersion, kind }: PlainObject): boolean {
  return apiVersion.startsWith('argoproj.io/') && /^App(?:lication(?:Set)?|Project)$/.test(kind);
}

function elsewhereWarnings(elsewhere: readonly PlainObject[]): string[] {
  if (elsewhere.length === 0) return [];
  const kinds = [...new Set(elsewhere.map(({ kind }) => kind))].sort().join(', ');
  return [`no Argo CD is in this cluster, so what another one reads is not compared: ${kinds}`];
}

function unlistedWarnings({ unlisted }: LabelledObjects, { context }: Kubectl): string[] {
  if (unlisted.length === 0) return [];
  const message = `the account of context ${show(context)} may not list ${kindsText(unlisted)}`;
  return [`${message}: what is no longer rendered of that does not show`];
}

function called(object: PlainObject): string {
  const namespace = namespaceOf(object);
  return `${object.kind} ${object.metadata.name}${namespace === '' ? '' : ` of ${namespace}`}`;
}
