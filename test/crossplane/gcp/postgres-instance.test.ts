import { postgresInstanceOnGcp } from '../../../compositions/gcp/postgres-instance';
import { describeBackend } from '../backend-tests';
import { caseOf, composedOf, finished, refusals, resourceOf } from '../composed';
import { gcpFacts } from './gcp-facts';
import { postgresCases, postgresOnGcp } from './postgres-cases';

describeBackend(postgresOnGcp, postgresCases, ['orders-db-postgresinstance-user']);

const instanceOf = (name: string) => resourceOf(finished(caseOf(postgresCases, name)), 'instance').spec;

test('has no public address and takes encrypted connections only', () => {
  expect(instanceOf('nothing asked for').forProvider.settings.ipConfiguration).toEqual({
    ipv4Enabled: false,
    privateNetwork: gcpFacts.network,
    sslMode: 'ENCRYPTED_ONLY',
  });
});

test.each([
  ['xs', 'db-g1-small'],
  ['small', 'db-custom-1-3840'],
  ['xl', 'db-custom-8-30720'],
])('of size %s is a %s', (size, tier) => {
  expect(composedOf(postgresOnGcp, { size })('instance').spec.forProvider.settings.tier).toBe(tier);
});

test('has a standby in another zone when it is highly available', () => {
  expect(instanceOf('highly available').forProvider.settings.availabilityType).toBe('REGIONAL');
  expect(instanceOf('nothing asked for').forProvider.settings.availabilityType).toBe('ZONAL');
});

test('is backed up for as many days as asked, or not at all', () => {
  expect(instanceOf('all of it').forProvider.settings.backupConfiguration).toMatchObject({
    enabled: true,
    pointInTimeRecoveryEnabled: true,
    backupRetentionSettings: { retentionUnit: 'COUNT', retainedBackups: 35 },
    transactionLogRetentionDays: 7,
    startTime: '23:00',
  });
  expect(instanceOf('nothing kept').forProvider.settings.backupConfiguration).toMatchObject({
    enabled: false,
    pointInTimeRecoveryEnabled: false,
  });
});

test('restarts in the hour of its week, which Google counts from Monday', () => {
  expect(instanceOf('all of it').forProvider.settings.maintenanceWindow).toMatchObject({ day: 3, hour: 23 });
  expect(instanceOf('the oldest version').forProvider.settings.maintenanceWindow).toMatchObject({ day: 1, hour: 0 });
});

test('refuses to be deleted, twice, while it is protected', () => {
  const { managementPolicies, forProvider } = instanceOf('nothing asked for');
  expect(managementPolicies).not.toContain('Delete');
  expect([forProvider.deletionProtection, forProvider.settings.deletionProtectionEnabled]).toEqual([true, true]);
  expect(instanceOf('nothing kept')).toMatchObject({
    managementPolicies: ['*'],
    forProvider: { deletionProtection: false, settings: { deletionProtectionEnabled: false } },
  });
});

test('leaves its database and its user to be deleted with the instance', () => {
  const result = finished(caseOf(postgresCases, 'nothing kept'));
  const policies = ['database', 'user'].map((name) => resourceOf(result, name).spec.forProvider.deletionPolicy);
  expect(policies).toEqual(['ABANDON', 'ABANDON']);
});

test('takes settings of PostgreSQL as flags', () => {
  expect(instanceOf('all of it').forProvider.settings.databaseFlags).toContainEqual({
    name: 'pg_stat_statements.track',
    value: 'all',
  });
});

test('has a password that is generated once, in the Secret that its user reads', () => {
  const result = finished(postgresCases[0]);
  const secret = resourceOf(result, 'user-secret').spec;
  const { name } = resourceOf(result, 'user').spec.forProvider.passwordSecretRef;
  expect(secret).toMatchObject({ refreshPolicy: 'CreatedOnce', target: { name } });
  expect(secret.dataFrom[0].sourceRef.generatorRef.name).toBe(resourceOf(result, 'password').metadata.name);
  // A URI is put together from it without any escaping.
  expect(resourceOf(result, 'password').spec.symbols).toBe(0);
});

test('has a name that Google allows, however long that of the request is', () => {
  const place = { name: 'a'.repeat(40), namespace: 'n'.repeat(63) };
  const name = composedOf(postgresOnGcp, {}, place)('instance').metadata.annotations['crossplane.io/external-name'];
  expect(`${'p'.repeat(30)}:${name}`.length).toBeLessThanOrEqual(98);
});

test('is encrypted with the key of the cluster where it has one', () => {
  const { kmsKey, ...keyless } = gcpFacts;
  const keyOf = (made: typeof postgresOnGcp) => composedOf(made, {})('instance').spec.forProvider.encryptionKeyName;
  expect(keyOf(postgresOnGcp)).toBe(kmsKey);
  expect(keyOf(postgresInstanceOnGcp({ cluster: keyless }))).toBeUndefined();
});

test.each([
  [
    'more storage than a shared processor has',
    { size: 'xs', storageGb: 3054 },
    { size: 'xs', storageGb: 3055 },
    /storageGb 3055 is above the 3054 of size "xs" on Cloud SQL; take a larger size/,
  ],
  [
    'a region without its key',
    { region: 'europe-west1' },
    { region: 'europe-west4' },
    /region "europe-west4" is not that of/,
  ],
  ['extensions', { extensions: [] }, { extensions: ['pgcrypto'] }, /extensions are not made by Cloud SQL/],
  [
    'settings that Cloud SQL keeps to itself',
    { parameters: { work_mem: '64MB' } },
    { parameters: { work_mem: '64MB', listen_addresses: '*' } },
    /^parameters "listen_addresses" cannot be set on Cloud SQL/,
  ],
])('refuses what Cloud SQL cannot: %s', (_, good, bad, says) => {
  expect(refusals(postgresOnGcp, good)).toEqual([]);
  expect(refusals(postgresOnGcp, bad)).toEqual([expect.stringMatching(says)]);
});
