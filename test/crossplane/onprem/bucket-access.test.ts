import { ObjectBucketClaim } from '../../../imports/objectbucket.io';
import { violations } from '../../../src/platform/rule';
import { finished, resourceOf } from '../composed';
import { bucketAccessCases, bucketAccessOnprem } from './access-cases';
import { bucketCases } from './onprem-cases';

const refused = (verb: string) =>
  violations({ name: 'a', namespace: 'orders', spec: { verb } as never }, bucketAccessOnprem.rules);

test('is all or nothing, because Rook makes one user for a bucket', () => {
  expect(refused('readWrite')).toEqual([]);
  for (const verb of ['read', 'write']) {
    expect(refused(verb)).toEqual([
      `verb "${verb}" is less than Rook can grant, whose user of a bucket may do everything with it; use "readWrite", and a bucket of its own for what others may not see`,
    ]);
  }
});

test('makes nothing, and signs in with what Rook wrote for the claim', () => {
  expect(finished(bucketAccessCases[0]).resources).toEqual([]);
  const claim = resourceOf(finished(bucketCases[0]), 'claim');
  expect(claim.kind).toBe(ObjectBucketClaim.kind);
  const secret = '%{spec.resource.name}-objectbucket';
  expect(claim.metadata.name).toBe(secret.replace('%{spec.resource.name}', 'uploads'));
  expect(bucketAccessOnprem.connection).toEqual({
    accessKeyId: { secret, key: 'AWS_ACCESS_KEY_ID' },
    secretAccessKey: { secret, key: 'AWS_SECRET_ACCESS_KEY' },
  });
});
