import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { postgresInstanceOnClassicAws } from '../../../compositions/aws-classic/postgres-instance';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { awsFacts } from '../aws/aws-cluster';
import { postgresRequests } from '../aws/postgres-cases';
import { requestOf } from '../request-of';

const cluster = awsCluster({ name: 'eu-prod', cloud: { aws: awsFacts } });

/** PostgresInstance for claims, as a platform installs it. */
export const postgresOnClassicAws = postgresInstanceOnClassicAws({ cluster, labelPrefix: 'acme.io' });

const groups = {
  subnets: available(),
  parameters: available(),
  'security-group': available({ securityGroupID: 'sg-1' }),
  'instance-uses-subnets': available(),
  'instance-uses-parameters': available(),
  'instance-uses-security-group': available(),
};

/** What RDS reports of an instance. */
const instance = {
  endpoint: { address: 'orders-db.abc.eu-west-1.rds.amazonaws.com', port: 5432 },
  engineVersion: '16.9',
};

/** Claims from nothing to ready. */
export const postgresCases: readonly SteppedRender[] = Object.entries(postgresRequests).map(([name, spec]) => ({
  name: `PostgresInstance of Crossplane v1 on AWS, ${name}`,
  composition: postgresOnClassicAws.manifest,
  request: requestOf(postgresOnClassicAws, spec),
  steps: [
    { statuses: {}, ready: false },
    { statuses: { ...groups, instance: { atProvider: instance, conditions: [] } }, ready: false },
    { statuses: { ...groups, instance: available(instance) }, ready: true },
  ],
}));
