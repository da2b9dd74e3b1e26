import { messageQueueOnprem } from '../../../compositions/onprem/message-queue';
import { objectBucketOnprem } from '../../../compositions/onprem/object-bucket';
import { onpremCluster } from '../../../compositions/onprem/onprem-cluster';
import { postgresInstanceOnprem } from '../../../compositions/onprem/postgres-instance';
import type { Composition } from '../../../src/crossplane/composition/composition';
import type { CloudStep, SteppedRender } from '../../conformance/crossplane/stepped-render';
import { requestOf } from '../request-of';
import { onpremFacts } from './onprem-facts';

const options = {
  cluster: onpremCluster({ name: 'dc-1', cloud: { onprem: onpremFacts } }),
  labelPrefix: 'acme.io',
};

/** The APIs on premises as a platform installs them. */
export const postgresOnprem = postgresInstanceOnprem(options);
export const queueOnprem = messageQueueOnprem(options);
export const bucketOnprem = objectBucketOnprem(options);

const ready = {
  conditions: [{ type: 'Ready', status: 'True', reason: 'Ready', lastTransitionTime: '2024-01-01T00:00:00Z' }],
};
const bound = { phase: 'Bound' };

/** The request that had another name in another namespace before. */
const moved = 'moved';

/** Requests from nothing to ready. */
function followed(made: Composition, name: string, requests: object, steps: readonly CloudStep[]): SteppedRender[] {
  return Object.entries(requests).map(([title, spec]) => ({
    name: `${made.api.kind} on premises, ${title}`,
    composition: made.manifest,
    request: requestOf(made, spec, name, title === moved ? { name: 'old-name', namespace: 'old-home' } : undefined),
    steps,
  }));
}

const cluster = { cluster: ready, 'backup-bucket': bound };

export const postgresCases = followed(
  postgresOnprem,
  'orders-db',
  {
    'nothing asked for': {},
    'all of it': {
      size: 'xl',
      storageGb: 500,
      version: '17',
      highAvailability: true,
      backupRetentionDays: 35,
      maintenanceWindow: { day: 'Wed', hour: 23 },
      parameters: { max_connections: '200', 'pg_stat_statements.track': 'all', search_path: '"$user", public' },
      extensions: ['pgcrypto', 'pg_trgm'],
    },
    'highly available': { highAvailability: true, size: 'medium' },
    'the smallest': { size: 'xs', storageGb: 10, extensions: ['vector'] },
    'the oldest version': { version: '14', size: 'large' },
    'nothing kept': { deletionProtection: false, backupRetentionDays: 0 },
  },
  [
    { statuses: {}, ready: false },
    { statuses: { 'backup-bucket': bound, cluster: { phase: 'Setting up primary' } }, ready: false },
    { statuses: { ...cluster, database: { applied: true }, nightly: {}, network: {} }, ready: true },
  ],
);

const declared = Object.fromEntries(
  [
    'vhost',
    'queue',
    'exchange',
    'binding',
    'dead-letters',
    'dead-letter-exchange',
    'dead-letter-binding',
    'policy',
  ].map((name) => [name, ready]),
);

export const queueCases = followed(
  queueOnprem,
  'events',
  {
    'nothing asked for': {},
    [moved]: {},
    'all of it': {
      fifo: true,
      retentionHours: 336,
      visibilityTimeoutSeconds: 43_200,
      deadLetterAfter: 1000,
      maxMessageKib: 1,
    },
    'dead letters': { deadLetterAfter: 5 },
    'in order': { fifo: true },
    'a timeout below what RabbitMQ has': { visibilityTimeoutSeconds: 0 },
    'kept for an hour': { retentionHours: 1 },
  },
  [
    { statuses: {}, ready: false },
    { statuses: { ...declared, binding: {} }, ready: false },
    { statuses: { ...declared, connection: {} }, ready: true },
  ],
);

export const bucketCases = [
  ...followed(
    bucketOnprem,
    'uploads',
    {
      'nothing asked for': {},
      'not protected': { deletionProtection: false },
      'all defaults written out': { versioning: false, encryption: 'provider', deletionProtection: true },
      'what is refused when it is rendered': { versioning: true, retentionLockDays: 1 },
      'a lifecycle that is refused when it is rendered': { lifecycle: [{ name: 'a', expireAfterDays: 1 }] },
    },
    [
      { statuses: {}, ready: false },
      { statuses: { claim: { phase: 'Pending' } }, ready: false },
      { statuses: { claim: bound, connection: {} }, ready: true },
    ],
  ),
  ...followed(bucketOnprem, 'a-name-of-the-greatest-length-allowed-40', { 'a long name': {} }, [
    { statuses: {}, ready: false },
    { statuses: { claim: {}, connection: {} }, ready: false },
    { statuses: { claim: bound, connection: {} }, ready: true },
  ]),
];
