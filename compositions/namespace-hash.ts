import { createHash } from 'node:crypto';
import type { StrRef } from '../src/crossplane/composition/reference-types';

/**
 * Eight digits that stand for a namespace within a name outside of the cluster. `a-b` and `c` would otherwise make the same
 * name as `a` and `b-c`, and a provider takes what is there already for its own; and with the namespace itself in it, a name
 * could be longer than clouds allow.
 */
export function namespaceHash(namespace: StrRef): StrRef {
  return namespace.toSha256().capture('^[0-9a-f]{8}');
}

/** The same digits for a namespace that is known. */
export function knownNamespaceHash(namespace: string): string {
  return createHash('sha256').update(namespace).digest('hex').slice(0, 8);
}
