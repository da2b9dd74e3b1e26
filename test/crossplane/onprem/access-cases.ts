import { messageQueueAccessOnprem } from '../../../compositions/onprem/message-queue-access';
import { objectBucketAccessOnprem } from '../../../compositions/onprem/object-bucket-access';
import { onpremCluster } from '../../../compositions/onprem/onprem-cluster';
import type { Composition } from '../../../src/crossplane/composition/composition';
import type { CloudStep, SteppedRender } from '../../conformance/crossplane/stepped-render';
import { type AccessVariants, accessSpecs } from '../access-of';
import { requestOf } from '../request-of';
import { onpremFacts } from './onprem-facts';

const options = {
  cluster: onpremCluster({ name: 'dc-1', cloud: { onprem: onpremFacts } }),
  labelPrefix: 'acme.io',
};

export const queueAccessOnprem = messageQueueAccessOnprem(options);
export const bucketAccessOnprem = objectBucketAccessOnprem(options);

function followed(
  made: Composition,
  resource: string,
  variants: AccessVariants,
  steps: readonly CloudStep[],
): SteppedRender[] {
  return Object.entries(accessSpecs(resource, variants)).map(([title, spec]) => ({
    name: `${made.api.kind} on premises, ${title}`,
    composition: made.manifest,
    request: requestOf(made, spec, 'orders-api'),
    steps,
  }));
}

const ready = {
  conditions: [{ type: 'Ready', status: 'True', reason: 'Ready', lastTransitionTime: '2024-01-01T00:00:00Z' }],
};

/** Requests for access to a queue. */
export const queueAccessCases = followed(
  queueAccessOnprem,
  'events',
  {
    sending: { verb: 'send' },
    receiving: { verb: 'receive' },
    'sending in order': { verb: 'send', resource: { fifo: true } },
    'another account': { verb: 'receive', account: 'billing' },
    'what was called otherwise elsewhere': {
      verb: 'send',
      resource: { formerName: 'messages', formerNamespace: 'shop-production' },
    },
    'what was called otherwise': { verb: 'receive', resource: { formerName: 'messages' } },
    'fields that say nothing here': { verb: 'send', resource: { region: 'eu-west-1', encryption: 'organisation' } },
  },
  [
    { statuses: {}, ready: false },
    { statuses: { user: ready, permission: {} }, ready: false },
    { statuses: { user: ready, permission: ready }, ready: true },
  ],
);

/** Requests for access to a bucket: there is nothing to wait for. */
export const bucketAccessCases = followed(
  bucketAccessOnprem,
  'uploads',
  {
    both: { verb: 'readWrite' },
    'another account': { verb: 'readWrite', account: 'billing' },
    'what was called otherwise': { verb: 'readWrite', resource: { formerName: 'files' } },
    'what was elsewhere': { verb: 'readWrite', resource: { formerNamespace: 'shop-production' } },
    'what is refused when it is rendered': { verb: 'read' },
    'fields that say nothing here': { verb: 'readWrite', resource: { encryption: 'organisation' } },
  },
  [{ statuses: {}, ready: true }],
);
