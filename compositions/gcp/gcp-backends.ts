import type { BackendCluster } from '../../src/platform/backend';
import { gcpCluster } from './gcp-cluster';
import { messageQueueOnGcp } from './message-queue';
import { objectBucketOnGcp } from './object-bucket';
import { type GcpPostgresOptions, postgresInstanceOnGcp } from './postgres-instance';

/**
 * The three APIs in a cluster on Google Cloud, for `backends` of a platform.
 *
 * @throws GoldenError with every fact of the cluster that is missing, malformed or unknown.
 */
export function gcpBackends(cluster: BackendCluster, options: Omit<GcpPostgresOptions, 'cluster'> = {}) {
  const all = { labelPrefix: cluster.labelPrefix, ...options, cluster: gcpCluster(cluster) };
  return [postgresInstanceOnGcp(all), messageQueueOnGcp(all), objectBucketOnGcp(all)] as const;
}
