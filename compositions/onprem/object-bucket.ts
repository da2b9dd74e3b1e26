import { Secret } from '../../imports/kubernetes';
import { ObjectBucketClaim } from '../../imports/objectbucket.io';
import { composition } from '../../src/crossplane/composition/composition';
import { keyIn } from '../../src/crossplane/composition/connection';
import { text } from '../../src/crossplane/composition/text';
import { objectBucket } from '../../xrds/object-bucket';
import { namespaceHash } from '../namespace-hash';
import { noOwnKey, noRegion } from './limits';
import type { OnpremOptions } from './onprem-options';
import { portOf } from './port-of';

/**
 * A bucket of Ceph that is claimed from Rook. Rook makes a bucket and its user and nothing else: it has no fields for
 * versions, CORS or locks, and applies a lifecycle only while it makes the bucket, so that these are refused. Whether the
 * bucket outlives the request is said by the class of the claim.
 */
export function objectBucketOnprem({ cluster, labelPrefix }: OnpremOptions) {
  const { storageClass, endpoint, region } = cluster.objectStore;
  return composition(
    objectBucket,
    {
      name: 'objectbuckets-onprem',
      labelPrefix,
      ports: [portOf(endpoint)],
      rules: [
        noRegion,
        noOwnKey,
        ({ spec: { versioning } }) =>
          versioning ? 'versioning is nothing that Rook switches on; leave it out' : undefined,
        ({ spec: { retentionLockDays } }) =>
          retentionLockDays === undefined ? undefined : 'retentionLockDays cannot be kept by Rook; leave it out',
        ({ spec: { lifecycle = [] } }) =>
          lifecycle.length > 0
            ? 'lifecycle is applied by Rook only while it makes a bucket; leave it out and set it from the service'
            : undefined,
        ({ spec: { cors = [] } }) =>
          cors.length > 0 ? 'cors is nothing that Rook sets; leave it out and set it from the service' : undefined,
      ],
    },
    (c) => {
      const { metadata } = c.xr;
      const bucket = text`${metadata.name}-${namespaceHash(metadata.namespace)}`;
      // Rook writes a Secret and a ConfigMap of the claim's name.
      c.add('claim', ObjectBucketClaim, {
        metadata: { name: text`${metadata.name}-objectbucket` },
        spec: { storageClassName: storageClass, bucketName: bucket },
      });
      const secret = text`${metadata.name}-objectbucket-connection`;
      c.add('connection', Secret, {
        metadata: { name: secret },
        data: { bucket: bucket.toBase64(), endpoint: base64(endpoint), region: base64(region) },
      });
      return c.report({
        status: { bucket, endpoint },
        connection: {
          bucket: keyIn(secret, 'bucket'),
          endpoint: keyIn(secret, 'endpoint'),
          region: keyIn(secret, 'region'),
        },
      });
    },
  );
}

function base64(value: string): string {
  return Buffer.from(value).toString('base64');
}
