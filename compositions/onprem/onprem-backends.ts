import type { BackendCluster } from '../../src/platform/backend';
import { messageQueueOnprem } from './message-queue';
import { messageQueueAccessOnprem } from './message-queue-access';
import { objectBucketOnprem } from './object-bucket';
import { objectBucketAccessOnprem } from './object-bucket-access';
import { onpremCluster } from './onprem-cluster';
import type { OnpremOptions } from './onprem-options';
import { postgresInstanceOnprem } from './postgres-instance';

/**
 * The three APIs in a cluster on premises and access to them, for `backends` of a platform.
 *
 * @throws GoldenError with every fact of the cluster that is missing, unknown or no such thing.
 */
export function onpremBackends(cluster: BackendCluster, options: Omit<OnpremOptions, 'cluster'> = {}) {
  const all = { labelPrefix: cluster.labelPrefix, ...options, cluster: onpremCluster(cluster) };
  return [
    postgresInstanceOnprem(all),
    messageQueueOnprem(all),
    objectBucketOnprem(all),
    messageQueueAccessOnprem(all),
    objectBucketAccessOnprem(all),
  ] as const;
}
