import { objectBucketOnGcp } from '../../../compositions/gcp/object-bucket';
import { describeBackend } from '../backend-tests';
import { caseOf, composedOf, finished, refusals, resourceOf } from '../composed';
import { gcpFacts } from './gcp-facts';
import { bucketCases, bucketOnGcp } from './object-bucket-cases';

describeBackend(bucketOnGcp, bucketCases, []);

const bucketOf = (name: string) => resourceOf(finished(caseOf(bucketCases, name)), 'bucket').spec;

test('is never public', () => {
  expect(bucketOf('nothing asked for').forProvider).toMatchObject({
    publicAccessPrevention: 'enforced',
    uniformBucketLevelAccess: true,
  });
});

test('has a rule of Google for each thing that a rule does', () => {
  expect(bucketOf('all of it').forProvider.lifecycleRule).toEqual([
    {
      action: { type: 'SetStorageClass', storageClass: 'COLDLINE' },
      condition: { age: 30, matchesPrefix: ['uploads/'] },
    },
    { action: { type: 'Delete' }, condition: { age: 365, withState: 'LIVE', matchesPrefix: ['uploads/'] } },
    {
      action: { type: 'Delete' },
      condition: { daysSinceNoncurrentTime: 7, withState: 'ARCHIVED', matchesPrefix: ['uploads/'] },
    },
    {
      action: { type: 'Delete' },
      condition: { daysSinceNoncurrentTime: 30, withState: 'ARCHIVED', matchesPrefix: [] },
    },
  ]);
});

test('keeps every character of a prefix', () => {
  const prefixes = bucketOf('a lifecycle of one effect each').forProvider.lifecycleRule.map(
    ({ condition }: { condition: { matchesPrefix: string[] } }) => condition.matchesPrefix,
  );
  expect(prefixes).toEqual([[], ['tmp/'], ['a"b\\%s{"']]);
});

test('takes all rules that a request may have', () => {
  expect(bucketOf('as many rules as there may be').forProvider.lifecycleRule).toHaveLength(20);
});

test.each(['lifecycleRule', 'cors', 'retentionPolicy'])('has no %s that nobody asked for', (field) => {
  expect(bucketOf('nothing asked for').forProvider).not.toHaveProperty(field);
});

test('locks its retention for good', () => {
  expect(bucketOf('all of it').forProvider.retentionPolicy).toEqual({ retentionPeriod: 30 * 86_400, isLocked: true });
});

test('answers web pages that may use it', () => {
  expect(bucketOf('all of it').forProvider.cors).toEqual([
    { origin: ['https://app.acme.io'], method: ['GET', 'PUT'], responseHeader: ['Content-Type'], maxAgeSeconds: 0 },
    { origin: ['https://acme.io', 'https://www.acme.io'], method: ['HEAD'], maxAgeSeconds: 3600 },
  ]);
});

test('outlives its request while it is protected', () => {
  expect(bucketOf('nothing asked for').managementPolicies).not.toContain('Delete');
  expect(bucketOf('nothing kept').managementPolicies).toEqual(['*']);
});

test('has a name that Google allows, however long that of the request is', () => {
  const place = { name: 'a'.repeat(40), namespace: 'n'.repeat(63) };
  const { annotations } = composedOf(bucketOnGcp, {}, place)('bucket').metadata;
  expect(annotations['crossplane.io/external-name']).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
});

test('says in labels who it belongs to', () => {
  expect(bucketOf('nothing asked for').forProvider.labels).toEqual({
    owner: 'orders',
    system: 'commerce',
    environment: 'production',
    'cost-center': 'cc-104',
  });
});

describe('a key of the organisation', () => {
  const { kmsKey, ...keyless } = gcpFacts;
  const withoutKey = objectBucketOnGcp({ cluster: keyless });
  const keyOf = (made: typeof bucketOnGcp, spec: object) =>
    composedOf(made, spec)('bucket').spec.forProvider.encryption.defaultKmsKeyName;

  test('encrypts where it is asked for', () => {
    expect(keyOf(bucketOnGcp, { encryption: 'organisation' })).toBe(kmsKey);
    expect(keyOf(bucketOnGcp, {})).toBe('');
  });

  test('is refused where the cluster has none, and never silently left out', () => {
    expect(refusals(withoutKey, { encryption: 'organisation' })).toEqual([
      expect.stringMatching(/encryption "organisation" needs a key, and the cluster has none/),
    ]);
    expect(keyOf(withoutKey, { encryption: 'organisation' })).toMatch(/^missing/);
    expect(refusals(withoutKey, {})).toEqual([]);
  });

  test('is refused in another region than its own', () => {
    expect(refusals(bucketOnGcp, { encryption: 'organisation', region: 'europe-west4' })).toEqual([
      expect.stringMatching(/has its key in europe-west1, which is no use in region "europe-west4"/),
    ]);
    expect(refusals(bucketOnGcp, { encryption: 'organisation', region: 'europe-west1' })).toEqual([]);
    expect(refusals(bucketOnGcp, { region: 'europe-west4' })).toEqual([]);
  });
});
