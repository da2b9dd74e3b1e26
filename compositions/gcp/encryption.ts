import type { EnumRef } from '../../src/crossplane/composition/reference-types';
import type { BackendRequest } from '../../src/platform/backend';
import { type Rule, show } from '../../src/platform/rule';
import type { GcpCluster } from './gcp-cluster';

type Encryption = 'provider' | 'organisation';

/** What a provider is told where a request asks for a key that the cluster does not have: it fails, rather than do without. */
const noKey = 'missing: cloud.gcp.kmsKey of the cluster';

/** The key of a request; an empty name stands for a key of Google's. */
export function keyName(encryption: EnumRef<Encryption>, { kmsKey = noKey }: GcpCluster) {
  return encryption.map({ provider: '', organisation: kmsKey });
}

/** What of a request says how it is encrypted, and where. */
interface Encrypted {
  readonly encryption: Encryption;
  readonly region?: string;
}

/** Refuses requests for a key that the cluster does not have, or that is in another region than what it shall encrypt. */
export function needsKey({ kmsKey, region: own }: GcpCluster): Rule<BackendRequest<Encrypted>> {
  return ({ spec: { encryption, region = own } }) => {
    if (encryption === 'provider') return undefined;
    if (kmsKey === undefined) {
      return 'encryption "organisation" needs a key, and the cluster has none; leave it out, or add cloud.gcp.kmsKey to the cluster';
    }
    const location = kmsKey.split('/')[3];
    return location === region
      ? undefined
      : `encryption "organisation" has its key in ${location}, which is no use in region ${show(region)}; leave out one of the two`;
  };
}
