import { gcpCluster } from '../../../compositions/gcp/gcp-cluster';
import { postgresInstanceOnGcp } from '../../../compositions/gcp/postgres-instance';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { requestOf } from '../request-of';
import { gcpFacts } from './gcp-facts';

const cluster = gcpCluster({ name: 'eu-prod', cloud: { gcp: gcpFacts } });

/** PostgresInstance on Google Cloud as a platform installs it. */
export const postgresOnGcp = postgresInstanceOnGcp({ cluster, labelPrefix: 'acme.io' });

/** The request that had another name in another namespace before. */
const moved = 'moved';

const requests = {
  'nothing asked for': {},
  [moved]: {},
  'all of it': {
    size: 'xl',
    storageGb: 500,
    version: '17',
    region: 'europe-west1',
    highAvailability: true,
    backupRetentionDays: 35,
    maintenanceWindow: { day: 'Wed', hour: 23 },
    parameters: { max_connections: '200', 'pg_stat_statements.track': 'all', log_statement: 'ddl' },
  },
  'the smallest': { size: 'xs', storageGb: 10 },
  'highly available': { highAvailability: true, size: 'medium' },
  'nothing kept': { deletionProtection: false, backupRetentionDays: 0 },
  'the oldest version': { version: '14', size: 'large', maintenanceWindow: { day: 'Mon', hour: 0 } },
  'a parameter with a difficult value': { parameters: { timezone: '","value":"%m [%p] {"\\' } },
};

const secret = { password: {}, 'user-secret': available() };

/** What Cloud SQL reports of an instance. */
const instanceStatus = {
  connectionName: 'acme-production:europe-west1:orders-db-00000000',
  privateIpAddress: '10.20.0.3',
  databaseVersion: 'POSTGRES_16',
};

const waits = ['database', 'user'].map((name) => new RegExp(`not adding new composed resource "${name}"`));

/** Requests from nothing to ready. */
export const postgresCases: readonly SteppedRender[] = Object.entries(requests).map(([name, spec]) => ({
  name: `PostgresInstance on GCP, ${name}`,
  composition: postgresOnGcp.manifest,
  request: requestOf(
    postgresOnGcp,
    spec,
    'orders-db',
    name === moved ? { name: 'old-name', namespace: 'old-home' } : undefined,
  ),
  steps: [
    { statuses: {}, ready: false, warnings: waits },
    { statuses: { ...secret, instance: { atProvider: {}, conditions: [] } }, ready: false, warnings: waits },
    { statuses: { ...secret, instance: available(instanceStatus) }, ready: false },
    {
      statuses: { ...secret, instance: available(instanceStatus), database: available(), user: available() },
      ready: true,
    },
  ],
}));
