import { BucketIAMMember } from '../../imports/storage.gcp.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { notNeeded } from '../../src/crossplane/composition/connection';
import { objectBucketAccess } from '../../xrds/object-bucket';
import { grantedResource } from '../granted-resource';
import { clientProblems, type GcpAccessOptions, gcpIdentity, principalOf } from './gcp-clients';
import { bucketName } from './names';
import { bucketRoles } from './rights';

/** Access to a bucket by IAM: the account has a role on the bucket, and on no other. */
export function objectBucketAccessOnGcp({ cluster, labelPrefix, clients }: GcpAccessOptions) {
  return composition(
    objectBucketAccess,
    {
      name: 'objectbucketaccesses-gcp',
      labelPrefix,
      rules: [() => clientProblems(cluster, clients)],
      identity: gcpIdentity,
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const bucket = bucketName(grantedResource(c.xr), cluster.project);
      c.add('role', BucketIAMMember, {
        spec: {
          forProvider: {
            bucket,
            role: spec.verb.map(bucketRoles),
            member: principalOf(cluster, metadata.namespace, spec.account),
          },
        },
      });
      return c.report({
        status: { target: bucket },
        connection: { accessKeyId: notNeeded, secretAccessKey: notNeeded },
      });
    },
  );
}
