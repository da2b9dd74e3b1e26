import type { BackendCluster } from '../../src/platform/backend';
import { awsCluster } from './aws-cluster';
import { messageQueueOnAws } from './message-queue';
import { objectBucketOnAws } from './object-bucket';
import { type AwsPostgresOptions, postgresInstanceOnAws } from './postgres-instance';

/**
 * The three APIs in a cluster in AWS, for `backends` of a platform.
 *
 * @throws GoldenError with every fact of the cluster that is missing or no such thing.
 */
export function awsBackends(cluster: BackendCluster, options: Omit<AwsPostgresOptions, 'cluster'> = {}) {
  const all = { labelPrefix: cluster.labelPrefix, ...options, cluster: awsCluster(cluster) };
  return [postgresInstanceOnAws(all), messageQueueOnAws(all), objectBucketOnAws(all)] as const;
}
