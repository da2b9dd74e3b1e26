import { Queue, type QueueSpecForProviderRedrivePolicy } from '../../imports/sqs.aws.crossplane.io';
import { claimComposition } from '../../src/crossplane/composition/composition';
import type { Patch } from '../../src/crossplane/composition/patch-and-transform';
import { text } from '../../src/crossplane/composition/text';
import { messageQueue } from '../../xrds/message-queue';
import type { AwsOptions } from '../aws/aws-options';
import { regionalRules } from '../aws/limits';
import { longestRetentionSeconds, longestWaitSeconds, redrivePolicy, sqsAddress } from '../aws/sqs';
import { claimedPlace } from '../claimed-place';
import { cloudName as cloudNameOf } from '../cloud-name';
import { keptPolicy } from '../deletion-policies';

/** SQS refuses the attributes of a queue in order when another queue has them, even as false. */
const inOrder: Patch = {
  type: 'FromCompositeFieldPath',
  fromFieldPath: 'spec.fifo',
  toFieldPath: 'spec.forProvider',
  transforms: [
    { type: 'convert', convert: { toType: 'string' } },
    { type: 'map', map: { true: { fifoQueue: true, contentBasedDeduplication: true }, false: {} } },
  ],
  policy: { toFieldPath: 'MergeObjects' },
};

/**
 * MessageQueue by SQS for Crossplane v1: a queue, and beside it one for dead letters, which stays empty when nothing is put
 * aside. Both are encrypted, and outlive the claim, unless it is of a preview. The provider has no kind that keeps other queues
 * from using the dead letters.
 */
export function messageQueueOnClassicAws({ cluster, labelPrefix }: AwsOptions) {
  const { region, kmsKeyArn } = cluster;
  const endpointOf = `${labelPrefix ?? 'golden-path.local'}/endpoint`;
  return claimComposition(
    messageQueue,
    { name: 'messagequeues-aws-classic', labelPrefix, ports: [443], rules: regionalRules(region) },
    (c) => {
      const { spec, metadata } = c.xr;
      const suffix = spec.fifo.map({ true: '.fifo', false: '' });
      const cloudName = cloudNameOf(claimedPlace(c.xr));
      const deletionPolicy = keptPolicy(metadata, labelPrefix);
      const shared = {
        region: spec.region.orElse(region),
        // An empty key is none: the queue is encrypted with one that SQS manages.
        sseEnabled: spec.encryption.map({ provider: true, organisation: false }),
        kmsMasterKeyId: spec.encryption.map({ provider: '', organisation: kmsKeyArn }),
        maximumMessageSize: spec.maxMessageKib.multiply(1024),
        receiveMessageWaitTimeSeconds: longestWaitSeconds,
      };
      const deadLetters = c.add(
        'dead-letters',
        Queue,
        {
          metadata: { name: text`${metadata.name}-messagequeue-dead-letters` },
          spec: { deletionPolicy, forProvider: { ...shared, messageRetentionPeriod: longestRetentionSeconds } },
        },
        { externalName: text`${cloudName}-dead-letters${suffix}`, patches: [inOrder] },
      );
      const queue = c.add(
        'queue',
        Queue,
        {
          metadata: {
            name: text`${metadata.name}-messagequeue`,
            annotations: { [endpointOf]: sqsAddress(spec.region, region) },
          },
          spec: {
            deletionPolicy,
            forProvider: {
              ...shared,
              messageRetentionPeriod: spec.retentionHours.multiply(3600),
              visibilityTimeout: spec.visibilityTimeoutSeconds,
              redrivePolicy: redrivePolicy(deadLetters.status.atProvider.arn, spec.deadLetterAfter)
                .fromJsonObject<QueueSpecForProviderRedrivePolicy>()
                .orLeaveOut(),
            },
          },
        },
        { externalName: text`${cloudName}${suffix}`, patches: [inOrder] },
      );
      return c.report({
        status: { queue: queue.status.atProvider.url, deadLetterQueue: deadLetters.status.atProvider.url },
        connection: { queue: queue.status.atProvider.url, endpoint: queue.metadata.annotations[endpointOf] },
      });
    },
  );
}
