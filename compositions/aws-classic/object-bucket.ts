import { Bucket, type BucketSpecForProviderObjectLockRule } from '../../imports/s3.aws.crossplane.io';
import { claimComposition } from '../../src/crossplane/composition/composition';
import { joined } from '../../src/crossplane/composition/connection';
import { text } from '../../src/crossplane/composition/text';
import { objectBucket } from '../../xrds/object-bucket';
import { arnPrefix } from '../aws/arn';
import type { AwsOptions } from '../aws/aws-options';
import { regionalRules } from '../aws/limits';
import { bucketName, coldStorage, unfinishedUploadDays } from '../aws/s3';
import { claimedPlace } from '../claimed-place';
import { deletionPolicy } from '../deletion-policies';

type Encryption =
  | { readonly sseAlgorithm: string }
  | { readonly sseAlgorithm: string; readonly kmsMasterKeyId: string };

type Transition = { readonly days: number; readonly storageClass: typeof coldStorage };

/**
 * ObjectBucket by S3 for Crossplane v1: a bucket that nobody can make public and that is read over TLS only. It outlives the
 * claim, unless deletion protection is off; then it is deleted once it is empty, which the provider does not see to.
 */
export function objectBucketOnClassicAws({ cluster, labelPrefix }: AwsOptions) {
  const { accountId, kmsKeyArn } = cluster;
  return claimComposition(
    objectBucket,
    { name: 'objectbuckets-aws-classic', labelPrefix, ports: [443], rules: regionalRules(cluster.region) },
    (c) => {
      const { spec, metadata } = c.xr;
      const region = spec.region.orElse(cluster.region);
      const name = bucketName(claimedPlace(c.xr), accountId);
      const arn = text`${arnPrefix(cluster.region)}:s3:::${name}`;
      // S3 refuses a key beside its own encryption, even an empty one.
      const encryption = spec.encryption.map<Encryption>({
        provider: { sseAlgorithm: 'AES256' },
        organisation: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyArn },
      });
      const bucket = c.add(
        'bucket',
        Bucket,
        {
          metadata: { name: text`${metadata.name}-objectbucket` },
          spec: {
            deletionPolicy: deletionPolicy(spec.deletionProtection),
            forProvider: {
              locationConstraint: region,
              objectOwnership: 'BucketOwnerEnforced',
              publicAccessBlockConfiguration: {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
              },
              policy: {
                version: '2012-10-17',
                statements: [
                  {
                    sid: 'TlsOnly',
                    effect: 'Deny',
                    principal: { allowAnon: true },
                    action: ['s3:*'],
                    resource: [arn, text`${arn}/*`],
                    // As text, because AWS gives it back as text.
                    condition: [
                      { operatorKey: 'Bool', conditions: [{ key: 'aws:SecureTransport', stringValue: 'false' }] },
                    ],
                  },
                ],
              },
              serverSideEncryptionConfiguration: {
                rules: [
                  {
                    applyServerSideEncryptionByDefault: encryption,
                    // One call to KMS for many objects.
                    bucketKeyEnabled: spec.encryption.map({ provider: false, organisation: true }),
                  },
                ],
              },
              versioningConfiguration: { status: spec.versioning.map({ true: 'Enabled', false: 'Suspended' }) },
              lifecycleConfiguration: {
                rules: [
                  {
                    id: 'unfinished-uploads',
                    status: 'Enabled',
                    filter: { prefix: '' },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: unfinishedUploadDays },
                  },
                  ...spec.lifecycle.each((rule) => ({
                    // Names of a request have no dots, so that this is never the name above.
                    id: rule.name.format('request.%s'),
                    status: 'Enabled' as const,
                    filter: { prefix: rule.prefix },
                    transitions: rule.coldAfterDays
                      .format(`[{"days":%s,"storageClass":"${coldStorage}"}]`)
                      .fromJsonList<Transition>(),
                    expiration: { days: rule.expireAfterDays },
                    noncurrentVersionExpiration: { noncurrentDays: rule.expireVersionsAfterDays },
                  })),
                ],
              },
              corsConfiguration: {
                corsRules: spec.cors.each((rule) => ({
                  allowedOrigins: rule.origins,
                  allowedMethods: rule.methods,
                  allowedHeaders: rule.headers,
                  maxAgeSeconds: rule.maxAgeSeconds,
                })),
              },
              objectLockEnabledForBucket: spec.retentionLockDays.toConstant(true),
              objectLockRule: text`{"defaultRetention":{"mode":"COMPLIANCE","days":${spec.retentionLockDays}}}`
                .fromJsonObject<BucketSpecForProviderObjectLockRule>()
                .orLeaveOut(),
            },
          },
        },
        { externalName: name },
      );
      return c.report({
        status: {
          bucket: bucket.metadata.annotations['crossplane.io/external-name'],
          endpoint: bucket.spec.forProvider.locationConstraint.format('https://s3.%s.amazonaws.com'),
        },
        connection: {
          bucket: bucket.metadata.annotations['crossplane.io/external-name'],
          region: bucket.spec.forProvider.locationConstraint,
          endpoint: joined('https://s3.$(region).amazonaws.com'),
        },
      });
    },
  );
}
