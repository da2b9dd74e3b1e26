import { Queue, QueueRedriveAllowPolicy } from '../../imports/sqs.aws.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { text } from '../../src/crossplane/composition/text';
import { messageQueue } from '../../xrds/message-queue';
import { cloudName as cloudNameOf } from '../cloud-name';
import { keptPolicies } from '../deletion-policies';
import type { AwsOptions } from './aws-options';
import { regionalRules } from './limits';
import { longestRetentionSeconds, longestWaitSeconds, redrivePolicy, sqsAddress } from './sqs';

/**
 * MessageQueue by SQS: a queue, and beside it one for dead letters, which stays empty when nothing is put aside. Both are
 * encrypted, and outlive the request, unless it is of a preview.
 */
export function messageQueueOnAws({ cluster, labelPrefix }: AwsOptions) {
  const { region, kmsKeyArn } = cluster;
  const endpointOf = `${labelPrefix ?? 'golden-path.local'}/endpoint`;
  return composition(
    messageQueue,
    {
      name: 'messagequeues-aws',
      labelPrefix,
      ports: [443],
      rules: regionalRules(region),
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const suffix = spec.fifo.map({ true: '.fifo', false: '' });
      const cloudName = cloudNameOf(metadata);
      const managementPolicies = keptPolicies(metadata, labelPrefix);
      const shared = {
        region: spec.region.orElse(region),
        fifoQueue: spec.fifo,
        contentBasedDeduplication: spec.fifo,
        // An empty key is none: the queue is encrypted with one that SQS manages.
        sqsManagedSseEnabled: spec.encryption.map({ provider: true, organisation: false }),
        kmsMasterKeyId: spec.encryption.map({ provider: '', organisation: kmsKeyArn }),
        maxMessageSize: spec.maxMessageKib.multiply(1024),
        receiveWaitTimeSeconds: longestWaitSeconds,
      };
      const deadLetters = c.add('dead-letters', Queue, {
        metadata: { name: text`${metadata.name}-messagequeue-dead-letters` },
        spec: {
          managementPolicies,
          forProvider: {
            ...shared,
            name: text`${cloudName}-dead-letters${suffix}`,
            messageRetentionSeconds: longestRetentionSeconds,
          },
        },
      });
      const queue = c.add('queue', Queue, {
        metadata: {
          name: text`${metadata.name}-messagequeue`,
          annotations: { [endpointOf]: sqsAddress(spec.region, region) },
        },
        spec: {
          managementPolicies,
          forProvider: {
            ...shared,
            name: text`${cloudName}${suffix}`,
            messageRetentionSeconds: spec.retentionHours.multiply(3600),
            visibilityTimeoutSeconds: spec.visibilityTimeoutSeconds,
            redrivePolicy: redrivePolicy(deadLetters.status.atProvider.arn, spec.deadLetterAfter).orLeaveOut(),
          },
        },
      });
      c.add('dead-letters-of-queue', QueueRedriveAllowPolicy, {
        spec: {
          managementPolicies,
          forProvider: {
            region: spec.region.orElse(region),
            queueUrlRef: { name: deadLetters.metadata.name },
            redriveAllowPolicy: text`{"redrivePermission":"byQueue","sourceQueueArns":["${queue.status.atProvider.arn}"]}`,
          },
        },
      });
      return c.report({
        status: { queue: queue.status.atProvider.url, deadLetterQueue: deadLetters.status.atProvider.url },
        connection: { queue: queue.status.atProvider.url, endpoint: queue.metadata.annotations[endpointOf] },
      });
    },
  );
}
