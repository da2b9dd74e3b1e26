import { firstOf } from '../src/crossplane/composition/first-of';
import type { StrRef } from '../src/crossplane/composition/reference-types';
import { text } from '../src/crossplane/composition/text';
import { movedFromKeys } from '../src/crossplane/resource/moved-from';
import { namespaceHash } from './namespace-hash';

/** The metadata of a request, as far as names are made from it. */
interface NamedRequest {
  readonly name: StrRef;
  readonly namespace: StrRef;
  readonly annotations: Readonly<Record<string, StrRef>>;
}

/**
 * The name in the cloud of what a request is fulfilled with. A request that says what it was called before keeps the name that
 * was made then, so that it finds what is there.
 */
export function cloudName({ name, namespace, annotations }: NamedRequest): StrRef {
  return text`${firstOf(annotations[movedFromKeys.name], name)}-${namespaceHash(firstOf(annotations[movedFromKeys.namespace], namespace))}`;
}
