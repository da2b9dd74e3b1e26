import { observe, renderComposition } from '../../../src/crossplane/testing';
import { describeBackend } from '../backend-tests';
import { caseOf, finished, refusals, resourceOf } from '../composed';
import { queueCases, queueOnGcp } from './message-queue-cases';

describeBackend(queueOnGcp, queueCases, []);

const specOf = (name: string, resource: string) =>
  resourceOf(finished(caseOf(queueCases, name)), resource).spec.forProvider;

test('has a topic and a subscription of one name, so that one key leads to both', () => {
  const result = finished(queueCases[0]);
  const named = ['topic', 'subscription'].map(
    (name) => resourceOf(result, name).metadata.annotations['crossplane.io/external-name'],
  );
  expect(named).toEqual(['orders-production.events', 'orders-production.events']);
  expect(result.connectionDetails).toEqual({
    queue: 'orders-production.events',
    endpoint: 'https://pubsub.googleapis.com/v1/projects/acme-production',
  });
});

test('sets messages aside only when it is asked to', () => {
  expect(specOf('dead letters', 'subscription').deadLetterPolicy).toEqual({
    deadLetterTopic: 'projects/acme-production/topics/orders-production.events.dead-letters',
    maxDeliveryAttempts: 5,
  });
  expect(specOf('nothing asked for', 'subscription')).not.toHaveProperty('deadLetterPolicy');
});

test('lets Pub/Sub itself move messages to the dead letters', () => {
  const member = 'serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com';
  expect(specOf('dead letters', 'dead-letter-publisher')).toMatchObject({ member, role: 'roles/pubsub.publisher' });
  expect(specOf('dead letters', 'dead-letter-subscriber')).toMatchObject({ member, role: 'roles/pubsub.subscriber' });
});

test('waits with its subscription until both topics are there', () => {
  const { composition, request, steps } = caseOf(queueCases, 'dead letters');
  const first = renderComposition(composition, request);
  const onlyOne = renderComposition(composition, request, observe(first, { topic: steps[1].statuses.topic }));
  expect(() => resourceOf(onlyOne, 'subscription')).toThrow('no subscription');
  const both = renderComposition(composition, request, observe(first, steps[1].statuses));
  expect(resourceOf(both, 'subscription').spec.forProvider.topic).toMatch(/orders-production.events$/);
});

test('keeps all that it is made of when the request is deleted', () => {
  const policies = finished(queueCases[0])
    .resources.filter(({ kind }) => kind !== 'Secret')
    .map(({ spec }) => spec.managementPolicies);
  expect(policies).toHaveLength(6);
  for (const policy of policies) expect(policy).not.toContain('Delete');
});

test('keeps order, and delivers once, when it is FIFO', () => {
  const { enableMessageOrdering, enableExactlyOnceDelivery } = specOf('in order', 'subscription');
  expect([enableMessageOrdering, enableExactlyOnceDelivery]).toEqual([true, true]);
  expect(specOf('nothing asked for', 'subscription').enableMessageOrdering).toBe(false);
});

test.each(['subscription', 'dead-letters'])(
  'keeps messages of its %s as long as asked, and is never cleared away',
  (name) => {
    expect(specOf('all of it', name)).toMatchObject({
      messageRetentionDuration: '1209600s',
      expirationPolicy: { ttl: '' },
    });
  },
);

test('holds messages in its region only', () => {
  expect(specOf('in another region', 'topic').messageStoragePolicy).toEqual({
    allowedPersistenceRegions: ['europe-west4'],
  });
});

test('gives a consumer ten seconds at least, which is what Pub/Sub can', () => {
  expect(specOf('a timeout below what Pub/Sub has', 'subscription').ackDeadlineSeconds).toBe(10);
});

test.each([
  [
    'a timeout',
    { visibilityTimeoutSeconds: 600 },
    { visibilityTimeoutSeconds: 601 },
    /601 is above the 600 of Pub\/Sub/,
  ],
  [
    'fewer deliveries',
    { deadLetterAfter: 5 },
    { deadLetterAfter: 4 },
    /deadLetterAfter 4 must be 5 to 100 with Pub\/Sub/,
  ],
  ['more deliveries', { deadLetterAfter: 100 }, { deadLetterAfter: 101 }, /deadLetterAfter 101 must be 5 to 100/],
])('refuses what Pub/Sub cannot: %s', (_, good, bad, says) => {
  expect(refusals(queueOnGcp, good)).toEqual([]);
  expect(refusals(queueOnGcp, bad)).toEqual([expect.stringMatching(says)]);
});
