import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import { synthObject, testEnvironment } from '../../src/testing';
import { MessageQueue, messageQueue } from '../../xrds/message-queue';
import { ObjectBucket, objectBucket } from '../../xrds/object-bucket';
import { PostgresInstance, postgresInstance } from '../../xrds/postgres-instance';

test('a database is asked for in one line', () => {
  const db = new PostgresInstance(testEnvironment(), 'orders-db', { size: 'small', storageGb: 50 });
  expect(synthObject(db.request)).toMatchObject({
    apiVersion: 'platform.golden-path.local/v1',
    kind: 'PostgresInstance',
    metadata: { name: 'orders-db', namespace: 'team-dev' },
    spec: { size: 'small', storageGb: 50 },
  });
});

test('a queue and a bucket need nothing but a name', () => {
  const env = testEnvironment();
  expect(new MessageQueue(env, 'orders').spec.retentionHours).toBe(96);
  expect(new ObjectBucket(env, 'uploads').spec.deletionProtection).toBe(true);
});

describe('a request that no backend could keep is refused', () => {
  const env = () => testEnvironment();
  test.each<[string, () => unknown, RegExp]>([
    ['a size that is none', () => new PostgresInstance(env(), 'a', { size: 'huge' as never }), /use "xs", "small"/],
    [
      'a region that is none',
      () => new PostgresInstance(env(), 'a', { region: 'Europe' }),
      /region "Europe" must match/,
    ],
    ['a name that is too long for the cloud', () => new PostgresInstance(env(), 'a'.repeat(41)), /use 40 at most/],
    [
      'high availability without backups',
      () => new PostgresInstance(env(), 'a', { highAvailability: true, backupRetentionDays: 0 }),
      /high availability needs backups/,
    ],
    ['a lock without versions', () => new ObjectBucket(env(), 'a', { retentionLockDays: 1 }), /needs versioning/],
    [
      'a lifecycle that does nothing',
      () => new ObjectBucket(env(), 'a', { lifecycle: [{ name: 'x' }] }),
      /does nothing; give coldAfterDays/,
    ],
    [
      'a move to cold storage after the end',
      () => new ObjectBucket(env(), 'a', { lifecycle: [{ name: 'x', coldAfterDays: 9, expireAfterDays: 3 }] }),
      /has to be below expireAfterDays/,
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a change that loses data is refused', () => {
  const problems = (api: DefinedApi, before: object, after: object) => {
    const request = (spec: object) => ({
      apiVersion: api.apiVersion,
      kind: api.kind,
      metadata: { name: 'a' },
      spec,
    });
    return api.changeProblems(request(before), request(after)).map(({ path }) => path);
  };
  test.each<[string, DefinedApi, object, object, string]>([
    ['less storage', postgresInstance, { storageGb: 50 }, { storageGb: 20 }, 'spec.storageGb'],
    ['less storage, by the default', postgresInstance, { storageGb: 50 }, {}, 'spec.storageGb'],
    ['an older version', postgresInstance, { version: '17' }, { version: '16' }, 'spec.version'],
    ['another region', postgresInstance, {}, { region: 'eu-west-1' }, 'spec.region'],
    ['another kind of queue', messageQueue, {}, { fifo: true }, 'spec.fifo'],
    ['versions switched off', objectBucket, { versioning: true }, {}, 'spec.versioning'],
    [
      'a shorter lock',
      objectBucket,
      { versioning: true, retentionLockDays: 9 },
      { versioning: true, retentionLockDays: 8 },
      'spec.retentionLockDays',
    ],
  ])('%s', (_, api, before, after, path) => {
    expect(problems(api, before, after)).toEqual([path]);
  });
});
