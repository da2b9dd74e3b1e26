import { gcpCluster } from '../../../compositions/gcp/gcp-cluster';
import { messageQueueOnGcp } from '../../../compositions/gcp/message-queue';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { requestOf } from '../request-of';
import { gcpFacts } from './gcp-facts';

const cluster = gcpCluster({ name: 'eu-prod', cloud: { gcp: gcpFacts } });

/** MessageQueue on Google Cloud as a platform installs it. */
export const queueOnGcp = messageQueueOnGcp({ cluster, labelPrefix: 'acme.io' });

/** The request that had another name in another namespace before. */
const moved = 'moved';

const requests = {
  'nothing asked for': {},
  [moved]: {},
  'in another region': { region: 'europe-west4' },
  'all of it': {
    fifo: true,
    retentionHours: 336,
    visibilityTimeoutSeconds: 600,
    deadLetterAfter: 100,
    maxMessageKib: 1,
    encryption: 'organisation',
    region: 'europe-west1',
  },
  'dead letters': { deadLetterAfter: 5 },
  'in order': { fifo: true },
  'a timeout below what Pub/Sub has': { visibilityTimeoutSeconds: 0 },
  'kept for an hour': { retentionHours: 1 },
};

const topics = {
  'dead-letter-topic': available({ id: 'projects/acme-production/topics/orders-production.events.dead-letters' }),
  topic: available({ id: 'projects/acme-production/topics/orders-production.events' }),
};

const subscriptions = {
  'dead-letters': available({ id: 'projects/acme-production/subscriptions/orders-production.events.dead-letters' }),
  subscription: available({ id: 'projects/acme-production/subscriptions/orders-production.events' }),
};

const members = { 'dead-letter-publisher': available(), 'dead-letter-subscriber': available() };

const waits = (resource: string) => new RegExp(`not adding new composed resource "${resource}"`);

/** Requests from nothing to ready. */
export const queueCases: readonly SteppedRender[] = Object.entries(requests).map(([name, spec]) => ({
  name: `MessageQueue on GCP, ${name}`,
  composition: queueOnGcp.manifest,
  request: requestOf(
    queueOnGcp,
    spec,
    'events',
    name === moved ? { name: 'old-name', namespace: 'old-home' } : undefined,
  ),
  steps: [
    {
      statuses: {},
      ready: false,
      warnings: ['dead-letters', 'subscription', 'dead-letter-publisher', 'dead-letter-subscriber'].map(waits),
    },
    { statuses: topics, ready: false, warnings: [waits('dead-letter-subscriber')] },
    { statuses: { ...topics, ...subscriptions }, ready: false },
    { statuses: { ...topics, ...subscriptions, ...members }, ready: true },
  ],
}));
