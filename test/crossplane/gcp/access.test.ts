import { messageQueueAccessOnGcp } from '../../../compositions/gcp/message-queue-access';
import { objectBucketAccessOnGcp } from '../../../compositions/gcp/object-bucket-access';
import { violations } from '../../../src/platform/rule';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { caseOf, finished, resourceOf } from '../composed';
import {
  accessOptions,
  bucketAccessCases,
  bucketAccessOnGcp,
  queueAccessCases,
  queueAccessOnGcp,
} from './access-cases';
import { gcpFacts } from './gcp-facts';
import { queueCases } from './message-queue-cases';
import { bucketCases } from './object-bucket-cases';

const composed = (cases: readonly SteppedRender[], title: string, name: string) =>
  resourceOf(finished(caseOf(cases, title)), name);

/** What Crossplane does at all: it leaves alone what has no policies. */
const active = (cases: readonly SteppedRender[], title: string) =>
  finished(caseOf(cases, title)).resources.filter(({ spec }) => spec.managementPolicies?.length !== 0);

const pool = `projects/${gcpFacts.projectNumber}/locations/global/workloadIdentityPools/${gcpFacts.project}.svc.id.goog`;
const member = `principal://iam.googleapis.com/${pool}/subject/ns/orders-production/sa/orders-api`;

describe('the least roles', () => {
  test.each([
    ['sending', 'TopicIAMMember', 'roles/pubsub.publisher', { topic: 'topics' }],
    ['receiving', 'SubscriptionIAMMember', 'roles/pubsub.subscriber', { subscription: 'subscriptions' }],
  ])('%s a queue is one role, on the queue', (title, kind, role, where) => {
    const roles = active(queueAccessCases, title);
    expect(roles.map((one) => one.kind)).toEqual([kind]);
    const [[field, place]] = Object.entries(where);
    expect(roles[0].spec.forProvider).toEqual({
      project: gcpFacts.project,
      member,
      role,
      [field]: `projects/${gcpFacts.project}/${place}/orders-production.events`,
    });
  });

  test.each([
    ['reading', 'roles/storage.objectViewer'],
    ['writing', 'roles/storage.legacyBucketWriter'],
    ['both', 'roles/storage.objectUser'],
  ])('%s a bucket is one role, on the bucket', (title, role) => {
    const bucket = composed(bucketCases, 'nothing asked for', 'bucket');
    const [found, ...others] = active(bucketAccessCases, title);
    expect(others).toEqual([]);
    expect(found.spec.forProvider).toEqual({
      bucket: bucket.metadata.annotations['crossplane.io/external-name'],
      role,
      member,
    });
  });
});

describe('access', () => {
  test('is to the topic and the subscription that the request for the queue is fulfilled with', () => {
    const nameOf = (resource: string) =>
      composed(queueCases, 'nothing asked for', resource).metadata.annotations['crossplane.io/external-name'];
    const { topic } = composed(queueAccessCases, 'sending', 'publisher').spec.forProvider;
    const { subscription } = composed(queueAccessCases, 'receiving', 'subscriber').spec.forProvider;
    expect(topic).toBe(`projects/${gcpFacts.project}/topics/${nameOf('topic')}`);
    expect(subscription).toBe(`projects/${gcpFacts.project}/subscriptions/${nameOf('subscription')}`);
    const moved = composed(queueAccessCases, 'what was called otherwise elsewhere', 'publisher').spec.forProvider;
    expect(moved.topic).toMatch(/\/topics\/shop-production\.messages$/);
  });

  test('goes with its request', () => {
    for (const one of [...active(queueAccessCases, 'sending'), ...active(bucketAccessCases, 'both')]) {
      expect(one.spec.managementPolicies ?? ['*']).toEqual(['*']);
    }
  });

  test('needs no credentials', () => {
    for (const made of [queueAccessOnGcp, bucketAccessOnGcp]) {
      expect(Object.values(made.connection)).toEqual([{ text: '' }, { text: '' }]);
    }
  });

  test.each([
    [
      'a cluster elsewhere',
      { name: 'dc-1', cloud: {} },
      /dc-1 cannot be granted it, because the topology has no cloud\.gcp/,
    ],
    [
      'another project',
      { name: 'us-prod', cloud: { gcp: { ...gcpFacts, project: 'acme-other' } } },
      /us-prod are in the project acme-other, and it is in/,
    ],
  ])('is refused where accounts are other people there: %s', (_, sibling, says) => {
    for (const make of [messageQueueAccessOnGcp, objectBucketAccessOnGcp]) {
      const { rules } = make(accessOptions([sibling]));
      const request = { name: 'a', namespace: 'orders', spec: {} as never };
      expect(violations(request, rules)).toEqual([expect.stringMatching(says)]);
    }
    const same = { name: 'us-prod', cloud: { gcp: gcpFacts } };
    expect(
      violations(
        { name: 'a', namespace: 'o', spec: {} as never },
        messageQueueAccessOnGcp(accessOptions([same])).rules,
      ),
    ).toEqual([]);
  });
});
