import type { Problem } from '../../platform/golden-error';
import type { DefinedApi } from './defined-api';

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
  apis: readonly DefinedApi[],
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
    // What is wrong without any change is said when the request is made.
    const known = new Set(api.problems(object).map(({ path: at, problem }) => `${at} ${problem}`));
    return api
      .changeProblems(was.object, object)
      .filter(({ path: at, problem }) => !known.has(`${at} ${problem}`))
      .map(({ path: at, problem }) => ({
        path,
        message: `${object.kind} ${JSON.stringify(object.metadata.name)}: ${at} ${problem}`,
      }));
  });
}

function identity(placed: PlacedRequest): string {
  const { kind, metadata } = placed.object;
  return `${groupOf(placed)} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
}

/** A new version of a request is the same request. */
function groupOf({ object }: PlacedRequest): string {
  return object.apiVersion.split('/')[0];
}
