import { gcpClients } from '../../../compositions/gcp/gcp-clients';
import { gcpCluster } from '../../../compositions/gcp/gcp-cluster';
import { messageQueueAccessOnGcp } from '../../../compositions/gcp/message-queue-access';
import { objectBucketAccessOnGcp } from '../../../compositions/gcp/object-bucket-access';
import type { Composition } from '../../../src/crossplane/composition/composition';
import { available } from '../../../src/crossplane/testing';
import type { BackendCluster } from '../../../src/platform/backend';
import type { CloudStep, SteppedRender } from '../../conformance/crossplane/stepped-render';
import { type AccessVariants, accessSpecs } from '../access-of';
import { requestOf } from '../request-of';
import { gcpFacts } from './gcp-facts';

/** The options of access in a cluster, beside which others run the same environments. */
export const accessOptions = (siblings: BackendCluster['siblings'] = []) => {
  const place = { name: 'eu-prod', cloud: { gcp: gcpFacts }, siblings };
  return { cluster: gcpCluster(place), clients: gcpClients(place), labelPrefix: 'acme.io' };
};

export const queueAccessOnGcp = messageQueueAccessOnGcp(accessOptions());
export const bucketAccessOnGcp = objectBucketAccessOnGcp(accessOptions());

function followed(
  made: Composition,
  resource: string,
  variants: AccessVariants,
  stepsOf: (verb: string) => readonly CloudStep[],
): SteppedRender[] {
  return Object.entries(accessSpecs(resource, variants)).map(([title, spec]) => ({
    name: `${made.api.kind} on Google Cloud, ${title}`,
    composition: made.manifest,
    request: requestOf(made, spec, 'orders-api'),
    steps: stepsOf(variants[title].verb),
  }));
}

const roles = { send: 'publisher', receive: 'subscriber' } as const;

/** Requests for access to a queue: the role that was not asked for never gets a status. */
export const queueAccessCases = followed(
  queueAccessOnGcp,
  'events',
  {
    sending: { verb: 'send' },
    receiving: { verb: 'receive' },
    'sending in order': { verb: 'send', resource: { fifo: true } },
    "receiving with the organisation's key": { verb: 'receive', resource: { encryption: 'organisation' } },
    'another account': { verb: 'receive', account: 'billing' },
    'what was called otherwise elsewhere': {
      verb: 'send',
      resource: { formerName: 'messages', formerNamespace: 'shop-production' },
    },
    'what was called otherwise': { verb: 'receive', resource: { formerName: 'messages' } },
  },
  (verb) => [
    { statuses: {}, ready: false },
    { statuses: { publisher: {}, subscriber: {} }, ready: false },
    { statuses: { [roles[verb as 'send']]: available() }, ready: true },
  ],
);

/** Requests for access to a bucket. */
export const bucketAccessCases = followed(
  bucketAccessOnGcp,
  'uploads',
  {
    reading: { verb: 'read' },
    writing: { verb: 'write' },
    both: { verb: 'readWrite' },
    "reading with the organisation's key": { verb: 'read', resource: { encryption: 'organisation' } },
    'another account': { verb: 'write', account: 'billing' },
    'what was called otherwise elsewhere': {
      verb: 'read',
      resource: { formerName: 'files', formerNamespace: 'shop-production' },
    },
  },
  () => [
    { statuses: {}, ready: false },
    { statuses: { role: {} }, ready: false },
    { statuses: { role: available() }, ready: true },
  ],
);
