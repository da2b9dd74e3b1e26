import { Policy, RolePolicyAttachment } from '../../imports/iam.aws.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { notNeeded } from '../../src/crossplane/composition/connection';
import { firstOf } from '../../src/crossplane/composition/first-of';
import { text } from '../../src/crossplane/composition/text';
import { messageQueueAccess } from '../../xrds/message-queue';
import { cloudNameIn } from '../cloud-name';
import { grantedResource } from '../granted-resource';
import { arnPrefix } from './arn';
import { keyProblem } from './key-problem';
import { accessPolicy, queueRights } from './rights';
import { type AwsAccessOptions, awsIdentity, roleName } from './workload-identity';

/** Access to a queue by IAM: a policy of its own for each verb, attached to the role of the account. */
export function messageQueueAccessOnAws({ cluster, labelPrefix, clients }: AwsAccessOptions) {
  const { region, accountId, kmsKeyArn } = cluster;
  return composition(
    messageQueueAccess,
    {
      name: 'messagequeueaccesses-aws',
      labelPrefix,
      rules: [({ spec }) => keyProblem(spec.resource.encryption, kmsKeyArn)],
      identity: awsIdentity(clients),
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const suffix = spec.resource.fifo.map({ true: '.fifo', false: '' });
      const name = text`${cloudNameIn(grantedResource(c.xr))}${suffix}`;
      const queue = text`${arnPrefix(region)}:sqs:${firstOf(spec.resource.region, region)}:${accountId}:${name}`;
      const policy = c.add(
        'policy',
        Policy,
        {
          metadata: { name: text`${metadata.name}-messagequeueaccess` },
          spec: {
            forProvider: {
              policy: accessPolicy({
                verb: spec.verb,
                encryption: spec.resource.encryption,
                rights: queueRights,
                resources: [queue],
                key: kmsKeyArn,
                keyUser: `sqs.${region}.amazonaws.com`,
              }),
            },
          },
        },
        {
          externalName: cloudNameIn({ name: text`${metadata.name}-messagequeueaccess`, namespace: metadata.namespace }),
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
      return c.report({ status: { target: queue }, connection: { username: notNeeded, password: notNeeded } });
    },
  );
}
