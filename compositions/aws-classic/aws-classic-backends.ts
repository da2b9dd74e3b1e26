import type { BackendCluster } from '../../src/platform/backend';
import { awsCluster } from '../aws/aws-cluster';
import type { AwsPostgresOptions } from '../aws/postgres-instance';
import { messageQueueOnClassicAws } from './message-queue';
import { objectBucketOnClassicAws } from './object-bucket';
import { postgresInstanceOnClassicAws } from './postgres-instance';

/**
 * The three APIs in a cluster in AWS with Crossplane v1, for `backends` of a platform whose `crossplane` is `'v1'`.
 *
 * @throws GoldenError with every fact of the cluster that is missing or no such thing.
 */
export function awsClassicBackends(cluster: BackendCluster, options: Omit<AwsPostgresOptions, 'cluster'> = {}) {
  const all = { labelPrefix: cluster.labelPrefix, ...options, cluster: awsCluster(cluster) };
  return [postgresInstanceOnClassicAws(all), messageQueueOnClassicAws(all), objectBucketOnClassicAws(all)] as const;
}
