import { describeBackend } from '../backend-tests';
import { composedOf, finished, refusals, resourceOf } from '../composed';
import { bucketCases, bucketOnprem } from './onprem-cases';

describeBackend(bucketOnprem, bucketCases, []);

test('is claimed from the class that the cluster has, under a name that is known before', () => {
  const result = finished(bucketCases[0]);
  const { storageClassName, bucketName } = resourceOf(result, 'claim').spec;
  expect(storageClassName).toBe('ceph-bucket');
  expect(result.composite.status.bucket).toBe(bucketName);
});

test('has a name that Ceph allows, however long that of the request is', () => {
  const place = { name: 'a'.repeat(40), namespace: 'n'.repeat(63) };
  expect(composedOf(bucketOnprem, {}, place)('claim').spec.bucketName).toMatch(/^[a-z0-9-]{3,63}$/);
});

test.each([
  ['versions', { versioning: true }, /versioning is nothing that Rook switches on/],
  ['a key', { encryption: 'organisation' }, /encryption "organisation" is not to be had on premises/],
  ['a region', { region: 'eu-west-1' }, /region "eu-west-1" cannot be chosen on premises/],
  ['a lifecycle', { lifecycle: [{ name: 'a', expireAfterDays: 1 }] }, /lifecycle is applied by Rook only while/],
  ['web pages', { cors: [{ origins: ['https://a.b'], methods: ['GET'] }] }, /cors is nothing that Rook sets/],
  ['a lock', { retentionLockDays: 1 }, /retentionLockDays cannot be kept by Rook/],
])('refuses what Rook cannot: %s', (_, bad, says) => {
  expect(refusals(bucketOnprem, {})).toEqual([]);
  expect(refusals(bucketOnprem, bad)).toEqual([expect.stringMatching(says)]);
});
