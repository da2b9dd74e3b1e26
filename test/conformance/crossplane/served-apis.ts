import { messageQueue, messageQueueAccess } from '../../../xrds/message-queue';
import { objectBucket, objectBucketAccess } from '../../../xrds/object-bucket';
import { postgresInstance } from '../../../xrds/postgres-instance';
import { workloadIdentity } from '../../../xrds/workload-identity';

/** Every API that this package brings. */
export const servedApis = [
  postgresInstance,
  messageQueue,
  objectBucket,
  messageQueueAccess,
  objectBucketAccess,
  workloadIdentity,
] as const;
