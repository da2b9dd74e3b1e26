import type { Problem } from '../../platform/golden-error';
import type { Violation } from '../../schema/violation';
import type { ServedApi } from './served-api';

/** A rendered object, as far as it is told apart from others. */
export interface PlacedRequest {
  /** Where it comes from: the path of a construct, or of a file. */
  readonly path: string;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
  };
}

/**
 * What the API server would have against the change from one render of a cluster to the next: immutable fields, numbers
 * that may only grow, and every other rule that compares with the value before. Objects of other APIs are passed over, and
 * so is a request that is new or gone.
 *
 * @param apis the APIs that requests are made to, as `apisOf` gives those of an app
 */
export function changedRequests(
  apis: readonly ServedApi[],
  previous: readonly PlacedRequest[],
  next: readonly PlacedRequest[],
): Problem[] {
  const before = new Map(previous.map((placed) => [identity(placed), placed]));
  const byKind = new Map(apis.map((api) => [`${api.group} ${api.kind}`, api]));
  return next.flatMap((placed) => {
    const { object, path } = placed;
    const was = before.get(identity(placed));
    const api = byKind.get(`${groupOf(placed)} ${object.kind}`);
    if (!was || !api) return [];
    return updateProblems(api, was.object, object).map(({ path: at, problem }) => ({
      path,
      message: `${object.kind} ${JSON.stringify(object.metadata.name)}: ${at} ${problem}`,
    }));
  });
}

/** What an API has against the update of a request, beside what is wrong with it in any case. */
export function updateProblems(api: ServedApi, before: unknown, after: unknown): Violation[] {
  // What is wrong without any change is said when the request is made.
  const known = new Set(api.problems(after).map(({ path, problem }) => `${path} ${problem}`));
  return api.changeProblems(before, after).filter(({ path, problem }) => !known.has(`${path} ${problem}`));
}

function identity(placed: PlacedRequest): string {
  const { kind, metadata } = placed.object;
  return `${groupOf(placed)} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
}

/** A new version of a request is the same request. */
function groupOf({ object }: PlacedRequest): string {
  return object.apiVersion.split('/')[0];
}
