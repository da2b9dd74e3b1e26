import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { postgresInstanceOnAws } from '../../../compositions/aws/postgres-instance';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { requestOf } from '../request-of';
import { awsFacts } from './aws-cluster';

const cluster = awsCluster({ name: 'eu-prod', cloud: { aws: awsFacts } });

/** PostgresInstance on AWS as a platform installs it. */
export const postgresOnAws = postgresInstanceOnAws({ cluster, labelPrefix: 'acme.io' });

/** What is asked for. */
export const postgresRequests = {
  'nothing asked for': {},
  'all of it': {
    size: 'xl',
    storageGb: 500,
    version: '17',
    region: 'eu-west-1',
    highAvailability: true,
    backupRetentionDays: 35,
    maintenanceWindow: { day: 'Wed', hour: 23 },
    parameters: { max_connections: '200', 'pg_stat_statements.track': 'all', search_path: '"$user", public' },
  },
  'less storage than RDS has': { size: 'xs', storageGb: 10 },
  'one parameter with a difficult value': { parameters: { log_line_prefix: '","value":"%m [%p] {"\\' } },
  'parameters that look like JSON': { parameters: { a: ',', b: ':', c: '', d: '"', e: '",', f: '\\' } },
  'nothing kept': { deletionProtection: false, backupRetentionDays: 0 },
  'the oldest version': { version: '14', size: 'medium', maintenanceWindow: { day: 'Mon', hour: 0 } },
};

const groups = {
  subnets: available(),
  parameters: available(),
  'security-group': available({ id: 'sg-1' }),
  'client-0': available(),
  'client-1': available(),
  'client-2': available(),
  'instance-uses-subnets': available(),
  'instance-uses-parameters': available(),
  'instance-uses-security-group': available(),
};

/** What RDS reports of an instance. */
export const instanceStatus = {
  address: 'orders-db.abc.eu-west-1.rds.amazonaws.com',
  port: 5432,
  engineVersionActual: '16.9',
};

/** Requests from nothing to ready. */
export const postgresCases: readonly SteppedRender[] = [
  ...Object.entries(postgresRequests),
  ['what was called otherwise', {}, { name: 'shop-db', externalName: 'db-ABCDEF' }] as const,
].map(([name, spec, movedFrom]) => ({
  name: `PostgresInstance on AWS, ${name}`,
  composition: postgresOnAws.manifest,
  request: requestOf(postgresOnAws, spec, 'orders-db', movedFrom),
  steps: [
    { statuses: {}, ready: false },
    { statuses: { ...groups, instance: { atProvider: instanceStatus, conditions: [] } }, ready: false },
    { statuses: { ...groups, instance: available(instanceStatus) }, ready: true },
  ],
}));
