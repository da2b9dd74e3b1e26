import { awsClients } from '../../../compositions/aws/aws-clients';
import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { messageQueueAccessOnAws } from '../../../compositions/aws/message-queue-access';
import { objectBucketAccessOnAws } from '../../../compositions/aws/object-bucket-access';
import { workloadIdentityOnAws } from '../../../compositions/aws/workload-identity';
import type { Composition } from '../../../src/crossplane/composition/composition';
import { available } from '../../../src/crossplane/testing';
import type { BackendCluster } from '../../../src/platform/backend';
import type { CloudStep, SteppedRender } from '../../conformance/crossplane/stepped-render';
import { accessSpecs } from '../access-of';
import { requestOf } from '../request-of';
import { awsFacts } from './aws-cluster';

const { eksCluster: _, ...factsWithoutSignIn } = awsFacts;

/** Facts of a cluster whose accounts take roles by an annotation. */
export const irsaFacts = { ...factsWithoutSignIn, oidcProvider: 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C' };

/** The options of access in a cluster, beside which others run the same environments. */
export const accessOptions = (facts: object, siblings: BackendCluster['siblings'] = []) => {
  const place = { name: 'eu-prod', cloud: { aws: facts as Record<string, unknown> }, siblings };
  return { cluster: awsCluster(place), clients: awsClients(place), labelPrefix: 'acme.io' };
};

const other = { name: 'us-prod', cloud: { aws: { ...awsFacts, region: 'us-east-1', eksCluster: 'us-prod' } } };

export const queueAccessOnAws = messageQueueAccessOnAws(accessOptions(awsFacts));
export const bucketAccessOnAws = objectBucketAccessOnAws(accessOptions(awsFacts));
export const identityOnAws = workloadIdentityOnAws(accessOptions(awsFacts));
export const identityInTwoClusters = workloadIdentityOnAws(accessOptions(awsFacts, [other]));
export const identityByAnnotation = workloadIdentityOnAws(accessOptions(irsaFacts));
export const identityInBothWays = workloadIdentityOnAws(accessOptions(irsaFacts, [other]));

function followed(made: Composition, specs: Record<string, object>, steps: readonly CloudStep[]): SteppedRender[] {
  return Object.entries(specs).map(([title, spec]) => ({
    name: `${made.api.kind} on AWS, ${title}`,
    composition: made.manifest,
    request: requestOf(made, spec, 'orders-api'),
    steps,
  }));
}

const granted: readonly CloudStep[] = [
  { statuses: {}, ready: false },
  { statuses: { policy: available({ arn: 'arn:aws:iam::123456789012:policy/x' }) }, ready: false },
  { statuses: { policy: available(), attachment: available() }, ready: true },
];

/** Requests for access to a queue. */
export const queueAccessCases = followed(
  queueAccessOnAws,
  accessSpecs('events', {
    sending: { verb: 'send' },
    receiving: { verb: 'receive' },
    'sending in order': { verb: 'send', resource: { fifo: true } },
    'receiving elsewhere': { verb: 'receive', resource: { region: 'us-east-1' } },
    "sending with the organisation's key": { verb: 'send', resource: { encryption: 'organisation' } },
    "receiving with the organisation's key": { verb: 'receive', resource: { encryption: 'organisation', fifo: true } },
    'what was called otherwise elsewhere': {
      verb: 'receive',
      resource: { formerName: 'messages', formerNamespace: 'shop-production' },
    },
    'another account': { verb: 'send', account: 'billing' },
  }),
  granted,
);

/** Requests for access to a bucket. */
export const bucketAccessCases = followed(
  bucketAccessOnAws,
  accessSpecs('uploads', {
    reading: { verb: 'read' },
    writing: { verb: 'write' },
    both: { verb: 'readWrite' },
    "reading with the organisation's key": { verb: 'read', resource: { encryption: 'organisation' } },
    "writing with the organisation's key": { verb: 'write', resource: { encryption: 'organisation' } },
    "both with the organisation's key": { verb: 'readWrite', resource: { encryption: 'organisation' } },
    'what was called otherwise elsewhere': {
      verb: 'read',
      resource: { formerName: 'files', formerNamespace: 'shop-production' },
    },
  }),
  granted,
);

const identities = { 'an account': { account: 'orders-api' }, 'a long name': { account: 'a'.repeat(55) } };

/** Identities of workloads, with associations or without. */
export const identityCases = [
  ...followed(identityOnAws, identities, [
    { statuses: {}, ready: false },
    { statuses: { role: available() }, ready: false },
    { statuses: { role: available(), 'association-eu-prod': available() }, ready: true },
  ]),
  ...followed(identityByAnnotation, { 'by annotation': identities['an account'] }, [
    { statuses: {}, ready: false },
    { statuses: { role: available() }, ready: true },
  ]),
  ...followed(identityInTwoClusters, { 'in two clusters': identities['an account'] }, [
    { statuses: {}, ready: false },
    { statuses: { role: available(), 'association-eu-prod': available() }, ready: false },
    {
      statuses: { role: available(), 'association-eu-prod': available(), 'association-us-prod': available() },
      ready: true,
    },
  ]),
  ...followed(
    identityInBothWays,
    { 'in both ways': identities['an account'], 'both, long': identities['a long name'] },
    [
      { statuses: {}, ready: false },
      { statuses: { role: available(), 'association-us-prod': available() }, ready: true },
    ],
  ),
];
