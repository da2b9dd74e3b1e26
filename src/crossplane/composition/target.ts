import type { CrossplaneVersion } from '../../platform/backend';
import type { Api } from '../api/api';
import { compositeKindOf } from '../api/claim-names';
import { fieldPath } from './field-path';

/**
 * The Crossplane that a composition is for. In v2 a request is the composite resource, in its namespace, with resources beside
 * it; in v1 it is a claim, and what it is composed of belongs to the whole cluster.
 */
export type Target = CrossplaneVersion;

/** The kind that is composed: in v1 the request's own kind is that of the claim. */
export function compositeKind(kind: string, target: Target): string {
  return target === 'v1' ? compositeKindOf(kind) : kind;
}

/** The field of the composite resource that holds the name that the request was given. */
export function nameField(target: Target): readonly string[] {
  return target === 'v1' ? ['spec', 'claimRef', 'name'] : ['metadata', 'name'];
}

/** What stands in the name of a Secret for a field of the request, by the path of the field. */
export type Placeholders = Readonly<Record<string, string>>;

/** The fields that the name of a Secret may be made from: none of them ever changes. */
export function namePlaceholders({ accessTo }: Api, target: Target): Placeholders {
  return {
    [fieldPath(nameField(target))]: '%s',
    ...(accessTo && { 'spec.resource.name': '%{spec.resource.name}' }),
  };
}
