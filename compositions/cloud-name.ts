import type { StrRef } from '../src/crossplane/composition/reference-types';
import { text } from '../src/crossplane/composition/text';
import { formerPlace } from './former-place';
import { namespaceHash } from './namespace-hash';

/**
 * The name in the cloud of what a request is fulfilled with. A request that says what it was called before keeps the name that
 * was made then, so that it finds what is there.
 */
export function cloudName(metadata: Parameters<typeof formerPlace>[0]): StrRef {
  return cloudNameIn(formerPlace(metadata));
}

/** The name in the cloud that is made from a name and a namespace. */
export function cloudNameIn({ name, namespace }: { readonly name: StrRef; readonly namespace: StrRef }): StrRef {
  return text`${name}-${namespaceHash(namespace)}`;
}
