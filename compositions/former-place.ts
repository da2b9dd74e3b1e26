import { firstOf } from '../src/crossplane/composition/first-of';
import type { StrRef } from '../src/crossplane/composition/reference-types';
import { movedFromKeys } from '../src/crossplane/resource/moved-from';

/** The metadata of a request, as far as names are made from it. */
interface NamedRequest {
  readonly name: StrRef;
  readonly namespace: StrRef;
  readonly annotations: Readonly<Record<string, StrRef>>;
}

/** Name and namespace that a request had when what it stands for was made: its own, unless it says that it was moved. */
export function formerPlace({ name, namespace, annotations }: NamedRequest) {
  return {
    name: firstOf(annotations[movedFromKeys.name], name),
    namespace: firstOf(annotations[movedFromKeys.namespace], namespace),
  };
}
