import type { BackendCluster } from '../../src/platform/backend';
import { awsClassicBackends } from '../aws-classic/aws-classic-backends';
import { awsClients } from './aws-clients';
import { awsCluster } from './aws-cluster';
import { messageQueueOnAws } from './message-queue';
import { messageQueueAccessOnAws } from './message-queue-access';
import { objectBucketOnAws } from './object-bucket';
import { objectBucketAccessOnAws } from './object-bucket-access';
import { type AwsPostgresOptions, postgresInstanceOnAws } from './postgres-instance';
import { workloadIdentityOnAws } from './workload-identity';

/**
 * The three APIs in a cluster in AWS and access to them, for `backends` of a platform. Where its `crossplane` is `'v1'`, they are
 * fulfilled by the provider that has no access to give.
 *
 * @throws GoldenError with every fact of the cluster that is missing or no such thing.
 */
export function awsBackends(cluster: BackendCluster, options: Omit<AwsPostgresOptions, 'cluster'> = {}) {
  if (cluster.crossplane === 'v1') return awsClassicBackends(cluster, options);
  const all = { labelPrefix: cluster.labelPrefix, ...options, cluster: awsCluster(cluster) };
  const access = { labelPrefix: all.labelPrefix, cluster: all.cluster, clients: awsClients(cluster) };
  return [
    postgresInstanceOnAws(all),
    messageQueueOnAws(all),
    objectBucketOnAws(all),
    messageQueueAccessOnAws(access),
    objectBucketAccessOnAws(access),
    workloadIdentityOnAws(access),
  ] as const;
}
