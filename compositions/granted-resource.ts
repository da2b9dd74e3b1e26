import { firstOf } from '../src/crossplane/composition/first-of';
import type { StrRef } from '../src/crossplane/composition/reference-types';

/** A request for access, as far as names of its resource are made from it. */
interface AccessRequest {
  readonly metadata: { readonly namespace: StrRef };
  readonly spec: {
    readonly resource: { readonly name: StrRef; readonly formerName: StrRef; readonly formerNamespace: StrRef };
  };
}

/**
 * Name and namespace that names of a resource outside of the cluster are made from, as a request for access says them. They come
 * from fields whose form the API server checks, never from annotations, which anybody could write into a policy.
 */
export function grantedResource({ metadata, spec: { resource } }: AccessRequest) {
  return {
    name: firstOf(resource.formerName, resource.name),
    namespace: firstOf(resource.formerNamespace, metadata.namespace),
  };
}
