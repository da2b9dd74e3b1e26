import type { Api } from './api';

/** The kind that Crossplane v1 composes for the claims of a kind. */
export function compositeKindOf(kind: string): string {
  return `X${kind}`;
}

/** Its plural. */
export function compositePluralOf(plural: string): string {
  return `x${plural}`;
}

/** What Crossplane v1 puts behind the name of a claim to name its composite resource: a dash and five characters. */
const compositeSuffixLength = 6;

/**
 * The longest name that the XRD for v1 allows. It stands for claims and for their composite resources, whose names are longer,
 * so the limit of claims is kept by the class of the requests.
 */
export function claimNameLength({ maxNameLength }: Pick<Api, 'maxNameLength'>): number {
  return Math.min(63, maxNameLength + compositeSuffixLength);
}

/** The Secret that the connection of a request is in, with `%s` for the name of the request: requests of two APIs may have one name. */
export function defaultConnectionSecret(kind: string): string {
  return `%s-${kind.toLowerCase()}-connection`;
}
