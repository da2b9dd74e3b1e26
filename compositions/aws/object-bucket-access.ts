import { Policy, RolePolicyAttachment } from '../../imports/iam.aws.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { notNeeded } from '../../src/crossplane/composition/connection';
import { text } from '../../src/crossplane/composition/text';
import { objectBucketAccess } from '../../xrds/object-bucket';
import { cloudNameIn } from '../cloud-name';
import { grantedResource } from '../granted-resource';
import { arnPrefix } from './arn';
import { keyProblem } from './key-problem';
import { accessPolicy, bucketRights } from './rights';
import { type AwsAccessOptions, awsIdentity, roleName } from './workload-identity';

/** Access to a bucket by IAM: a policy of its own for each verb, attached to the role of the account. */
export function objectBucketAccessOnAws({ cluster, labelPrefix, clients }: AwsAccessOptions) {
  const { region, accountId, kmsKeyArn } = cluster;
  return composition(
    objectBucketAccess,
    {
      name: 'objectbucketaccesses-aws',
      labelPrefix,
      rules: [({ spec }) => keyProblem(spec.resource.encryption, kmsKeyArn)],
      identity: awsIdentity(clients),
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const bucket = text`${arnPrefix(region)}:s3:::${cloudNameIn(grantedResource(c.xr))}-${accountId}`;
      const policy = c.add(
        'policy',
        Policy,
        {
          metadata: { name: text`${metadata.name}-objectbucketaccess` },
          spec: {
            forProvider: {
              policy: accessPolicy({
                verb: spec.verb,
                encryption: spec.resource.encryption,
                rights: bucketRights,
                resources: [bucket, text`${bucket}/*`],
                key: kmsKeyArn,
                keyUser: `s3.${region}.amazonaws.com`,
              }),
            },
          },
        },
        {
          externalName: cloudNameIn({ name: text`${metadata.name}-objectbucketaccess`, namespace: metadata.namespace }),
        },
      );
      c.add('attachment', RolePolicyAttachment, {
        spec: {
          forProvider: {
            policyArnRef: { name: policy.metadata.name },
            role: roleName(metadata.namespace, spec.account),
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
