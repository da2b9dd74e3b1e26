import {
  Bucket,
  BucketCorsConfiguration,
  BucketLifecycleConfiguration,
  BucketObjectLockConfiguration,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from '../../imports/s3.aws.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { joined } from '../../src/crossplane/composition/connection';
import { equals } from '../../src/crossplane/composition/readiness';
import { text } from '../../src/crossplane/composition/text';
import { objectBucket } from '../../xrds/object-bucket';
import { deletionPolicies } from '../deletion-policies';
import type { AwsOptions } from './aws-options';
import { regionalRules } from './limits';
import { bucketName, coldStorage, unfinishedUploadDays } from './s3';

/** A rule that lets nobody in: S3 wants one rule at least, and `.invalid` is no one's (RFC 2606). */
const nobody = { id: 'nobody', allowedOrigins: ['https://nobody.invalid'], allowedMethods: ['HEAD'] };

/** Says on a lock whether anybody asked for it: if not, there is nothing to wait for. */
const lockKey = 'golden-path.local/lock';

/**
 * ObjectBucket by S3: a bucket that nobody can make public and that is read over TLS only. Its name is made from the name of
 * the request, its namespace and the account, because all of AWS shares the names of buckets. The bucket and what protects it
 * outlive the request, unless deletion protection is off.
 */
export function objectBucketOnAws({ cluster, labelPrefix }: AwsOptions) {
  const { accountId, kmsKeyArn } = cluster;
  return composition(
    objectBucket,
    {
      name: 'objectbuckets-aws',
      labelPrefix,
      ports: [443],
      rules: regionalRules(cluster.region),
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const region = spec.region.orElse(cluster.region);
      const managementPolicies = deletionPolicies(spec.deletionProtection);
      const bucket = c.add(
        'bucket',
        Bucket,
        {
          metadata: { name: text`${metadata.name}-objectbucket` },
          spec: {
            managementPolicies,
            forProvider: { region, forceDestroy: spec.deletionProtection.map({ true: false, false: true }) },
          },
        },
        { externalName: bucketName(metadata, accountId) },
      );
      const of = { region, bucketRef: { name: bucket.metadata.name } };
      c.add('public-access', BucketPublicAccessBlock, {
        spec: {
          managementPolicies,
          forProvider: {
            ...of,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
          },
        },
      });
      c.add('ownership', BucketOwnershipControls, {
        spec: { managementPolicies, forProvider: { ...of, rule: { objectOwnership: 'BucketOwnerEnforced' } } },
      });
      c.add('encryption', BucketServerSideEncryptionConfiguration, {
        spec: {
          managementPolicies,
          forProvider: {
            ...of,
            rule: [
              {
                applyServerSideEncryptionByDefault: {
                  sseAlgorithm: spec.encryption.map({ provider: 'AES256', organisation: 'aws:kms' }),
                  kmsMasterKeyId: spec.encryption.map({ provider: '', organisation: kmsKeyArn }),
                },
                // One call to KMS for many objects.
                bucketKeyEnabled: spec.encryption.map({ provider: false, organisation: true }),
              },
            ],
          },
        },
      });
      c.add('versioning', BucketVersioning, {
        spec: {
          managementPolicies,
          forProvider: {
            ...of,
            versioningConfiguration: { status: spec.versioning.map({ true: 'Enabled', false: 'Suspended' }) },
          },
        },
      });
      c.add('policy', BucketPolicy, {
        spec: { managementPolicies, forProvider: { ...of, policy: tlsOnly(bucket.status.atProvider.arn) } },
      });
      c.add('lifecycle', BucketLifecycleConfiguration, {
        spec: {
          managementPolicies,
          forProvider: {
            ...of,
            rule: [
              {
                id: 'unfinished-uploads',
                status: 'Enabled',
                filter: [{ prefix: '' }],
                abortIncompleteMultipartUpload: [{ daysAfterInitiation: unfinishedUploadDays }],
              },
              ...spec.lifecycle.each((rule) => ({
                // Names of a request have no dots, so that this is never the name above.
                id: rule.name.format('request.%s'),
                status: 'Enabled',
                filter: [{ prefix: rule.prefix }],
                transition: [{ days: rule.coldAfterDays, storageClass: rule.coldAfterDays.toConstant(coldStorage) }],
                expiration: [{ days: rule.expireAfterDays }],
                noncurrentVersionExpiration: [{ noncurrentDays: rule.expireVersionsAfterDays }],
              })),
            ],
          },
        },
      });
      c.add('cors', BucketCorsConfiguration, {
        spec: {
          managementPolicies,
          forProvider: {
            ...of,
            corsRule: [
              nobody,
              ...spec.cors.each((rule) => ({
                allowedOrigins: rule.origins,
                allowedMethods: rule.methods,
                allowedHeaders: rule.headers,
                maxAgeSeconds: rule.maxAgeSeconds,
              })),
            ],
          },
        },
      });
      c.add(
        'lock',
        BucketObjectLockConfiguration,
        {
          metadata: { annotations: { [lockKey]: spec.retentionLockDays.toConstant<string>('asked').orElse('none') } },
          spec: {
            // Crossplane leaves a resource alone that has no policies: a bucket without a lock must not be asked for one.
            managementPolicies: spec.retentionLockDays
              .toConstant(['Observe', 'Create', 'Update', 'LateInitialize'])
              .orElse([]),
            forProvider: {
              ...of,
              objectLockEnabled: 'Enabled',
              rule: { defaultRetention: { mode: 'COMPLIANCE', days: spec.retentionLockDays } },
            },
          },
        },
        // function-auto-ready counts a lock that is there by its condition.
        { ready: (self) => equals(self.metadata.annotations[lockKey], 'none') },
      );
      return c.report({
        status: {
          bucket: bucket.status.atProvider.id,
          endpoint: bucket.status.atProvider.region.format('https://s3.%s.amazonaws.com'),
        },
        connection: {
          bucket: bucket.metadata.annotations['crossplane.io/external-name'],
          region: bucket.spec.forProvider.region,
          endpoint: joined('https://s3.$(region).amazonaws.com'),
        },
      });
    },
  );
}

/** Denies everything that is asked for without encryption on the way. */
function tlsOnly(arn: Parameters<typeof text>[1]) {
  return text`{"Version":"2012-10-17","Statement":[{"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["${arn}","${arn}/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`;
}
