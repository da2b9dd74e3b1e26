import { describeBackend } from '../backend-tests';
import { caseOf, composedOf, finished, refusals, resourceOf } from '../composed';
import { postgresCases, postgresOnprem } from './onprem-cases';

describeBackend(postgresOnprem, postgresCases, ['orders-db-app']);

const specOf = (name: string, resource: string) => resourceOf(finished(caseOf(postgresCases, name)), resource).spec;

test('is one server, or three of which two have every commit', () => {
  expect(specOf('nothing asked for', 'cluster')).toMatchObject({
    instances: 1,
    minSyncReplicas: 0,
    maxSyncReplicas: 0,
  });
  expect(specOf('highly available', 'cluster')).toMatchObject({ instances: 3, minSyncReplicas: 1, maxSyncReplicas: 1 });
});

test('of one server does not keep its node from being drained', () => {
  expect(specOf('nothing asked for', 'cluster').enablePDB).toBe(false);
  expect(specOf('highly available', 'cluster').enablePDB).toBe(true);
});

test.each([
  ['xs', '1Gi'],
  ['xl', '16Gi'],
])('of size %s has %s of memory, and is not killed for using it', (size, memory) => {
  const { resources } = composedOf(postgresOnprem, { size })('cluster').spec;
  expect([resources.requests.memory, resources.limits]).toEqual([memory, { memory }]);
});

test('runs the version that is asked for, on the class of volumes that the cluster has', () => {
  expect(specOf('all of it', 'cluster')).toMatchObject({
    imageName: 'registry.acme.io/cloudnative-pg/postgresql:17',
    storage: { size: '500G', storageClass: 'fast' },
  });
});

test('takes settings and extensions of PostgreSQL', () => {
  expect(specOf('all of it', 'cluster').postgresql.parameters.search_path).toBe('"$user", public');
  expect(specOf('all of it', 'database').extensions).toEqual([
    { name: 'pgcrypto', ensure: 'present' },
    { name: 'pg_trgm', ensure: 'present' },
  ]);
  expect(specOf('nothing asked for', 'database')).not.toHaveProperty('extensions');
});

test('is backed up into a bucket of its own, with the credentials of its claim', () => {
  const result = finished(postgresCases[0]);
  const claim = resourceOf(result, 'backup-bucket');
  const { barmanObjectStore, retentionPolicy } = resourceOf(result, 'cluster').spec.backup;
  expect(retentionPolicy).toBe('7d');
  expect(barmanObjectStore).toMatchObject({
    destinationPath: `s3://${claim.spec.bucketName}/`,
    endpointURL: 'https://s3.acme.internal:8443',
    s3Credentials: {
      accessKeyId: { name: claim.metadata.name, key: 'AWS_ACCESS_KEY_ID' },
      secretAccessKey: { name: claim.metadata.name, key: 'AWS_SECRET_ACCESS_KEY' },
    },
  });
});

test('never writes over the backups of a database that had its name', () => {
  const { request } = postgresCases[0];
  const { serverName } = specOf('nothing asked for', 'cluster').backup.barmanObjectStore;
  expect(serverName).toBe(request.metadata.uid);
});

test('is backed up every night, in the hour of its window', () => {
  expect(specOf('all of it', 'nightly')).toMatchObject({ schedule: '0 0 23 * * *', cluster: { name: 'orders-db' } });
});

test('carries on its pods who it belongs to', () => {
  expect(specOf('nothing asked for', 'cluster').inheritedMetadata.labels).toEqual({
    'acme.io/owner': 'orders',
    'acme.io/system': 'commerce',
    'acme.io/environment': 'production',
    'acme.io/cost-center': 'cc-104',
  });
});

test('may be reached by its namespace and its operator, and reach what it needs', () => {
  const { podSelector, ingress, egress } = specOf('nothing asked for', 'network');
  expect(podSelector.matchLabels).toEqual({ 'cnpg.io/cluster': 'orders-db' });
  const clients = ingress.find(({ from }: { from: object[] }) => JSON.stringify(from) === '[{"podSelector":{}}]');
  expect(clients.ports).toEqual([{ port: 5432, protocol: 'TCP' }]);
  const anywhere = egress.filter(({ to }: { to?: object[] }) => to === undefined);
  const ports = anywhere.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
  expect(ports).toEqual([53, 53, 443, 6443, 8443]);
});

test('has a bucket whose name Ceph allows, however long that of the request is', () => {
  const place = { name: 'a'.repeat(40), namespace: 'n'.repeat(63) };
  expect(composedOf(postgresOnprem, {}, place)('backup-bucket').spec.bucketName.length).toBeLessThanOrEqual(63);
});

test.each([
  ['no backups', { backupRetentionDays: 1 }, { backupRetentionDays: 0 }, /backupRetentionDays 0 is not to be had/],
  ['a region', {}, { region: 'eu-west-1' }, /region "eu-west-1" cannot be chosen on premises/],
  [
    'settings that the operator keeps to itself',
    { parameters: { work_mem: '64MB' } },
    { parameters: { archive_mode: 'off' } },
    /parameters "archive_mode" is set by CloudNativePG/,
  ],
])('refuses what CloudNativePG cannot: %s', (_, good, bad, says) => {
  expect(refusals(postgresOnprem, good)).toEqual([]);
  expect(refusals(postgresOnprem, bad)).toEqual([expect.stringMatching(says)]);
});

test('keeps a day of backups where a request came past the refusal', () => {
  expect(specOf('nothing kept', 'cluster').backup.retentionPolicy).toBe('1d');
});
