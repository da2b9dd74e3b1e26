import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { messageQueueOnClassicAws } from '../../../compositions/aws-classic/message-queue';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { awsFacts } from '../aws/aws-cluster';
import { queueRequests, queueStatuses } from '../aws/queue-cases';
import { requestOf } from '../request-of';

const cluster = awsCluster({ name: 'eu-prod', cloud: { aws: awsFacts } });

/** MessageQueue for claims, as a platform installs it. */
export const queueOnClassicAws = messageQueueOnClassicAws({ cluster, labelPrefix: 'acme.io' });

const { queue, 'dead-letters': deadLetters } = queueStatuses;

/** Claims from nothing to ready. */
export const queueCases: readonly SteppedRender[] = [
  ...Object.entries(queueRequests),
  ['what was called otherwise', { deadLetterAfter: 5 }, { name: 'messages' }] as const,
].map(([name, spec, movedFrom]) => ({
  name: `MessageQueue of Crossplane v1 on AWS, ${name}`,
  composition: queueOnClassicAws.manifest,
  request: requestOf(queueOnClassicAws, spec, 'events', movedFrom),
  steps: [
    { statuses: {}, ready: false },
    {
      statuses: { 'dead-letters': available(deadLetters), queue: { atProvider: queue, conditions: [] } },
      ready: false,
    },
    { statuses: { 'dead-letters': available(deadLetters), queue: available(queue) }, ready: true },
  ],
}));
