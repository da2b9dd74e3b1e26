import { groupKindOf } from '../platform/placed-object';

/** A kind that a cluster serves, in the version that it prefers. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** What kubectl calls it: `deployments.apps`. */
  readonly resource: string;
  readonly isNamespaced: boolean;
  /** Whether its objects can be listed and deleted. */
  readonly isKept: boolean;
}

/**
 * Reads what `kubectl api-resources --output=wide --no-headers` prints: name, short names where there are some, version, whether it
 * has namespaces, kind, verbs and categories, in columns of blanks.
 */
export function parseServedKinds(text: string): ServedKind[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const at = words.findIndex((word, n) => n > 1 && /^(?:true|false)$/.test(word));
    if (at < 0 || words.length < at + 3) return [];
    const apiVersion = words[at - 1];
    // Older kubectls print verbs in brackets, with blanks between.
    const verbs = new Set(words.slice(at + 2).flatMap((word) => word.split(/[^a-z]+/)));
    const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
    return [
      {
        apiVersion,
        kind: words[at + 1],
        resource: `${words[0]}${group}`,
        isNamespaced: words[at] === 'true',
        isKept: verbs.has('list') && verbs.has('delete'),
      },
    ];
  });
}

/** Those of some kinds that a cluster serves and keeps, by group and kind. */
export function servedOf(
  served: readonly ServedKind[],
  wanted: readonly { readonly apiVersion: string; readonly kind: string }[],
): ServedKind[] {
  const groupKinds = new Set(wanted.map(groupKindOf));
  return served.filter((each) => each.isKept && groupKinds.has(groupKindOf(each)));
}
