import { Bucket } from '../../imports/storage.gcp.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { objectBucket } from '../../xrds/object-bucket';
import { deletionPolicies } from '../deletion-policies';
import { formerPlace } from '../former-place';
import { keyName, needsKey } from './encryption';
import type { GcpOptions } from './gcp-options';
import { bucketName } from './names';

const secondsADay = 86_400;
const endpoint = 'https://storage.googleapis.com';

/** The most rules that a request may have; the schema of the API says the same. */
const maxRules = 20;

/**
 * A bucket of Google Cloud Storage. It is never public: access is by IAM alone, and public grants have no effect. Its name
 * is made from the request's name, its namespace and the project, because all of Google Cloud shares the names of buckets.
 */
export function objectBucketOnGcp({ cluster, labelPrefix }: GcpOptions) {
  const { project } = cluster;
  return composition(
    objectBucket,
    { name: 'objectbuckets-gcp', labelPrefix, ports: [443], rules: [needsKey(cluster)] },
    (c) => {
      const { spec, metadata } = c.xr;
      // Google has a rule for each thing that is done; ours may do several.
      const rules = Array.from({ length: maxRules }, (_, i) => spec.lifecycle.at(i)).map((rule) => ({
        rule,
        // No prefix stands for all objects; an empty one is refused.
        matchesPrefix: rule.prefix.toJson().trimPrefix('""').format('[%s]').fromJsonList<string>(),
      }));
      const lifecycleRule = [
        ...rules.map(({ rule, matchesPrefix }) => ({
          action: { type: 'SetStorageClass', storageClass: 'COLDLINE' },
          condition: { age: rule.coldAfterDays, matchesPrefix },
        })),
        ...rules.map(({ rule, matchesPrefix }) => ({
          action: { type: 'Delete' },
          condition: { age: rule.expireAfterDays, withState: 'LIVE', matchesPrefix },
        })),
        ...rules.map(({ rule, matchesPrefix }) => ({
          action: { type: 'Delete' },
          condition: { daysSinceNoncurrentTime: rule.expireVersionsAfterDays, withState: 'ARCHIVED', matchesPrefix },
        })),
      ];
      const { retentionLockDays } = spec;
      const bucket = c.add(
        'bucket',
        Bucket,
        {
          spec: {
            managementPolicies: deletionPolicies(spec.deletionProtection),
            forProvider: {
              project,
              location: spec.region.orElse(cluster.region),
              storageClass: 'STANDARD',
              uniformBucketLevelAccess: true,
              publicAccessPrevention: 'enforced',
              versioning: { enabled: spec.versioning },
              encryption: { defaultKmsKeyName: keyName(spec.encryption, cluster) },
              lifecycleRule,
              cors: spec.cors.each(({ origins, methods, headers, maxAgeSeconds }) => ({
                origin: origins,
                method: methods,
                responseHeader: headers,
                maxAgeSeconds,
              })),
              retentionPolicy: {
                retentionPeriod: retentionLockDays.multiply(secondsADay),
                isLocked: retentionLockDays.toConstant(true),
              },
            },
          },
        },
        { externalName: bucketName(formerPlace(metadata), project) },
      );
      return c.report({
        status: { bucket: bucket.status.atProvider.id, endpoint },
        connection: { bucket: bucket.status.atProvider.id, endpoint, region: bucket.spec.forProvider.location },
      });
    },
  );
}
