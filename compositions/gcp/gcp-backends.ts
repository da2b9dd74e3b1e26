import type { BackendCluster } from '../../src/platform/backend';
import { gcpClients } from './gcp-clients';
import { gcpCluster } from './gcp-cluster';
import { messageQueueOnGcp } from './message-queue';
import { messageQueueAccessOnGcp } from './message-queue-access';
import { objectBucketOnGcp } from './object-bucket';
import { objectBucketAccessOnGcp } from './object-bucket-access';
import { type GcpPostgresOptions, postgresInstanceOnGcp } from './postgres-instance';

/**
 * The three APIs in a cluster on Google Cloud and access to them, for `backends` of a platform.
 *
 * @throws GoldenError with every fact of the cluster that is missing, malformed or unknown.
 */
export function gcpBackends(cluster: BackendCluster, options: Omit<GcpPostgresOptions, 'cluster'> = {}) {
  const all = { labelPrefix: cluster.labelPrefix, ...options, cluster: gcpCluster(cluster) };
  const access = { labelPrefix: all.labelPrefix, cluster: all.cluster, clients: gcpClients(cluster) };
  return [
    postgresInstanceOnGcp(all),
    messageQueueOnGcp(all),
    objectBucketOnGcp(all),
    messageQueueAccessOnGcp(access),
    objectBucketAccessOnGcp(access),
  ] as const;
}
