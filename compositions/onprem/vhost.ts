import type { StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';

/** The virtual host of a queue. A namespace has no dot, so no two requests come to one. */
export function vhostOf({ name, namespace }: { readonly name: StrRef; readonly namespace: StrRef }): StrRef {
  return text`${namespace}.${name}`;
}
