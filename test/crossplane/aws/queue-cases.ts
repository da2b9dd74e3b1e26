import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { messageQueueOnAws } from '../../../compositions/aws/message-queue';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { requestOf } from '../request-of';
import { awsFacts } from './aws-cluster';

const cluster = awsCluster({ name: 'eu-prod', cloud: { aws: awsFacts } });

/** MessageQueue on AWS as a platform installs it. */
export const queueOnAws = messageQueueOnAws({ cluster, labelPrefix: 'acme.io' });

/** What is asked for. */
export const queueRequests = {
  'nothing asked for': {},
  'in order': { fifo: true, deadLetterAfter: 3 },
  'dead letters': { deadLetterAfter: 1000 },
  "the organisation's key": { encryption: 'organisation', region: 'eu-west-1' },
  'another region': { region: 'us-east-1', deadLetterAfter: 5 },
  'the most of everything': { retentionHours: 336, visibilityTimeoutSeconds: 43_200, maxMessageKib: 256 },
  'the least of everything': { retentionHours: 1, visibilityTimeoutSeconds: 0, maxMessageKib: 1, deadLetterAfter: 1 },
};

const statusOf = (name: string) => ({
  arn: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
  url: `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`,
});

/** What SQS reports of the queues. */
export const queueStatuses = { queue: statusOf('events'), 'dead-letters': statusOf('events-dead-letters') };

/** The queue's ARN is in the policy of the dead letters, which waits for it. */
const waits = /composed resource "dead-letters-of-queue".*queue\.status\.atProvider\.arn/;

/** Requests from nothing to ready. */
export const queueCases: readonly SteppedRender[] = [
  ...Object.entries(queueRequests),
  ['what was called otherwise', { deadLetterAfter: 5 }, { name: 'messages' }] as const,
].map(([name, spec, movedFrom]) => ({
  name: `MessageQueue on AWS, ${name}`,
  composition: queueOnAws.manifest,
  request: requestOf(queueOnAws, spec, 'events', movedFrom),
  steps: [
    { statuses: {}, ready: false, warnings: [waits] },
    {
      statuses: {
        'dead-letters': available(queueStatuses['dead-letters']),
        queue: { atProvider: queueStatuses.queue, conditions: [] },
      },
      ready: false,
    },
    {
      statuses: {
        'dead-letters': available(queueStatuses['dead-letters']),
        queue: available(queueStatuses.queue),
        'dead-letters-of-queue': available(),
      },
      ready: true,
    },
  ],
}));
