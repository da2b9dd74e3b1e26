import type { EnumRef } from '../../src/crossplane/composition/reference-types';
import type { BackendRequest } from '../../src/platform/backend';
import type { Rule } from '../../src/platform/rule';
import type { GcpCluster } from './gcp-cluster';

type Encryption = 'provider' | 'organisation';

/** What a provider is told where a request asks for a key that the cluster does not have: it fails, rather than do without. */
const noKey = 'missing: cloud.gcp.kmsKey of the cluster';

/** The key of a request; an empty name stands for a key of Google's. */
export function keyName(encryption: EnumRef<Encryption>, { kmsKey = noKey }: GcpCluster) {
  return encryption.map({ provider: '', organisation: kmsKey });
}

/** Refuses requests for a key that the cluster does not have. */
export function needsKey({ kmsKey }: GcpCluster): Rule<BackendRequest<{ readonly encryption: Encryption }>> {
  return ({ spec: { encryption } }) =>
    encryption === 'organisation' && kmsKey === undefined
      ? 'encryption "organisation" needs a key, and the cluster has none; leave it out, or add cloud.gcp.kmsKey to the cluster'
      : undefined;
}
