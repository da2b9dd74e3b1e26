import type { Problem } from '../../platform/golden-error';
import { grouped } from '../../platform/grouped';
import { groupKindOf, namespaceOf, type PlainObject } from '../../platform/placed-object';
import { oneOf } from '../../platform/rule';
import { formerPlaceOf, isNewKey } from '../resource/moved-from';

/** A request for data, with who renders it and for which cluster. */
export interface OwnedRequest {
  /** Where it comes from: the path of a construct, or of a file. */
  readonly path: string;
  readonly object: PlainObject;
  readonly cluster: string;
  /** Who owns the folder that it is in, such as `orders/orders`. */
  readonly owner: string;
  /** Name of the folder that it is in: the app's, whichever team owns it. */
  readonly app: string;
}

/** What became of the requests of an environment between two renders. */
export interface MovedRequests {
  /** What would begin anew with no data. */
  readonly problems: readonly Problem[];
  /** Requests that are gone, and that none says it took over. */
  readonly gone: readonly OwnedRequest[];
  /** Requests that took another over: what it was, and what it is. */
  readonly moved: readonly (readonly [was: OwnedRequest, is: OwnedRequest])[];
}

/**
 * Finds requests that were renamed or moved to another namespace, cluster or app without saying so, in one environment. A new
 * request is held against each that is gone and of its kind, when they share app, namespace or name. A request of an app that is
 * not rendered is not gone; it still is what a new one was when both have the name and their apps have.
 *
 * @param before all requests of the environment in the previous tree
 * @param after those that are rendered now
 * @param owners who owns what is rendered now
 */
export function movedRequests(
  before: readonly OwnedRequest[],
  after: readonly OwnedRequest[],
  owners: ReadonlySet<string>,
): MovedRequests {
  const known = new Set(before.map(identity));
  const still = new Set(after.map(identity));
  const gone = before.filter((request) => owners.has(request.owner) && !still.has(identity(request)));
  const elsewhere = before.filter((request) => !owners.has(request.owner) && !still.has(identity(request)));
  const fresh = after.filter((request) => !known.has(identity(request)));
  const problems: Problem[] = [];
  const moved: [OwnedRequest, OwnedRequest][] = [];
  for (const request of fresh) {
    const former = formerPlaceOf(request.object);
    if (!former) continue;
    const was = [...gone, ...elsewhere].find((candidate) => stoodAt(candidate, request, former));
    if (was) moved.push([was, request]);
    const kept = after.find((other) => other !== request && stoodAt(other, request, former));
    if (kept && !was) problems.push({ path: request.path, message: `${name(request)} ${rivals(kept)}` });
  }
  for (const [was, claims] of grouped(moved, ([was]) => was)) {
    if (claims.length < 2) continue;
    const all = claims.map(([, { object }]) => JSON.stringify(object.metadata.name)).join(' and ');
    const message = `${was.object.kind} ${all} all say that they were ${JSON.stringify(was.object.metadata.name)}; only one can take over its data`;
    problems.push({ path: claims[1][1].path, message });
  }
  const claimed = new Set(moved.map(([was]) => was));
  const taken = new Set(moved.map(([, is]) => is));
  const free = gone.filter((request) => !claimed.has(request));
  for (const request of fresh) {
    if (taken.has(request) || request.object.metadata.annotations?.[isNewKey] === 'nothing') continue;
    const candidates = [
      ...free.filter((was) => isKin(was, request)),
      ...elsewhere.filter((was) => !claimed.has(was) && isTwin(was, request)),
    ];
    if (candidates.length > 0) {
      problems.push({ path: request.path, message: `${name(request)} ${rename(request, candidates)}` });
    }
  }
  return { problems, gone: free, moved };
}

/** What is wrong with a new request, when those are gone. */
function rename(request: OwnedRequest, candidates: readonly OwnedRequest[]): string {
  const [likely] = [...candidates].sort((a, b) => likeness(b, request) - likeness(a, request));
  const former = formerPlaceOf(request.object);
  const wrong = former
    ? `says that it was ${JSON.stringify(former.name)} in ${JSON.stringify(former.namespace)}, which the previous tree has not; gone ${candidates.length === 1 ? 'is' : 'are'} ${oneOf(candidates.map((was) => place(was, request)))}`
    : `is new while ${oneOf(candidates.map((was) => place(was, request)))} of the previous tree ${candidates.length === 1 ? 'goes' : 'go'}, and would begin without data`;
  return `${wrong}; if it was renamed or moved, write movedFrom: ${movedFrom(likely, request)}, if it is a new one, movedFrom: "nothing"`;
}

function rivals({ path }: OwnedRequest): string {
  return `says that it was what ${path} still requests; two requests can't stand for the same data: remove that one, or movedFrom`;
}

/** The option that says what a request was. */
function movedFrom({ object: was }: OwnedRequest, { object: is }: OwnedRequest): string {
  const parts = [
    ...(was.metadata.name === is.metadata.name && namespaceOf(was) !== namespaceOf(is)
      ? []
      : [`name: ${JSON.stringify(was.metadata.name)}`]),
    ...(namespaceOf(was) === namespaceOf(is) ? [] : [`namespace: ${JSON.stringify(namespaceOf(was))}`]),
  ];
  return `{ ${parts.join(', ')} }`;
}

/** A request as seen from another: only what differs is named. */
function place(was: OwnedRequest, is: OwnedRequest): string {
  const words = [JSON.stringify(was.object.metadata.name)];
  if (namespaceOf(was.object) !== namespaceOf(is.object)) words.push(`in ${JSON.stringify(namespaceOf(was.object))}`);
  if (was.cluster !== is.cluster) words.push(`in the cluster ${JSON.stringify(was.cluster)}`);
  return words.join(' ');
}

function name({ object: { kind, metadata } }: OwnedRequest): string {
  return `${kind} ${JSON.stringify(metadata.name)}`;
}

/** Whether a request that is gone can be what a new one was. */
function isKin(was: OwnedRequest, is: OwnedRequest): boolean {
  return groupKindOf(was.object) === groupKindOf(is.object) && likeness(was, is) > 0;
}

/** Whether a request of an app that is not rendered can be what a new one was: the app changed hands. */
function isTwin(was: OwnedRequest, is: OwnedRequest): boolean {
  return isKin(was, is) && was.object.metadata.name === is.object.metadata.name && was.app === is.app;
}

/** How much two requests share. */
function likeness(was: OwnedRequest, is: OwnedRequest): number {
  return (
    (was.object.metadata.name === is.object.metadata.name ? 4 : 0) +
    (was.owner === is.owner ? 2 : 0) +
    (namespaceOf(was.object) === namespaceOf(is.object) ? 1 : 0)
  );
}

function stoodAt(
  was: OwnedRequest,
  is: OwnedRequest,
  { name, namespace }: { name: string; namespace: string },
): boolean {
  return (
    groupKindOf(was.object) === groupKindOf(is.object) &&
    was.object.metadata.name === name &&
    namespaceOf(was.object) === namespace
  );
}

function identity({ object, cluster }: OwnedRequest): string {
  return `${cluster} ${groupKindOf(object)} ${namespaceOf(object)} ${object.metadata.name}`;
}
