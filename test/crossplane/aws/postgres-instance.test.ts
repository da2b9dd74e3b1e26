import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { postgresInstanceOnAws } from '../../../compositions/aws/postgres-instance';
import { awsFacts } from './aws-cluster';
import { postgresCases, postgresOnAws } from './postgres-cases';
import { composed, renderedAt } from './rendered';

const orphaned = ['Observe', 'Create', 'Update', 'LateInitialize'];
const instance = (name: string) => composed(renderedAt(postgresCases, name), 'instance').spec;

describe('a database on AWS', () => {
  test('is reached from the cluster only', () => {
    const { resources } = renderedAt(postgresCases, 'nothing asked for');
    const rules = resources
      .filter(({ kind }) => kind === 'SecurityGroupIngressRule')
      .map(({ spec }) => spec.forProvider);
    expect(rules).toHaveLength(3);
    for (const rule of rules) {
      expect(rule).toMatchObject({ ipProtocol: 'tcp', fromPort: 5432, toPort: 5432 });
      expect(rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.referencedSecurityGroupId).toMatch(
        /^(10\.0\.0\.0\/16|2001:db8::\/32|sg-0a1b2c3d)$/,
      );
    }
    expect(instance('nothing asked for').forProvider).toMatchObject({
      publiclyAccessible: false,
      vpcSecurityGroupIdRefs: [{ name: 'orders-db-postgresinstance' }],
    });
  });

  test('is encrypted with the key of the organisation, and takes connections over TLS only', () => {
    expect(instance('nothing asked for').forProvider).toMatchObject({
      storageEncrypted: true,
      kmsKeyId: awsFacts.kmsKeyArn,
    });
    const { parameter } = composed(renderedAt(postgresCases, 'nothing asked for'), 'parameters').spec.forProvider;
    expect(parameter).toEqual([{ name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' }]);
  });

  test('outlives its request with all that it needs, unless its protection is off', () => {
    for (const name of ['instance', 'subnets', 'parameters', 'security-group']) {
      const kept = composed(renderedAt(postgresCases, 'nothing asked for'), name);
      expect(kept.spec.managementPolicies).toEqual(orphaned);
      expect(composed(renderedAt(postgresCases, 'nothing kept'), name).spec.managementPolicies).toEqual(['*']);
    }
    expect(instance('nothing asked for').forProvider).toMatchObject({
      deletionProtection: true,
      skipFinalSnapshot: false,
    });
    expect(instance('nothing kept').forProvider).toMatchObject({ deletionProtection: false, skipFinalSnapshot: true });
  });

  test('is deleted before the groups that it is in', () => {
    const usages = renderedAt(postgresCases, 'nothing kept').resources.filter(({ kind }) => kind === 'Usage');
    expect(usages.map(({ spec }) => [spec.by.kind, spec.of.kind]).sort()).toEqual([
      ['Instance', 'ParameterGroup'],
      ['Instance', 'SecurityGroup'],
      ['Instance', 'SubnetGroup'],
    ]);
  });

  test('has a password that is generated in the cluster and reaches the Secret of the request', () => {
    const { forProvider, writeConnectionSecretToRef } = instance('nothing asked for');
    expect(forProvider).toMatchObject({
      autoGeneratePassword: true,
      passwordSecretRef: { name: 'orders-db-postgresinstance-password', key: 'password' },
    });
    expect(writeConnectionSecretToRef).toEqual({ name: 'orders-db-postgresinstance-instance' });
    const { connectionDetails } = renderedAt(postgresCases, 'nothing asked for', 2, {
      instance: { password: 's3cret' },
    });
    expect(Object.keys(connectionDetails).sort()).toEqual(['database', 'host', 'password', 'port', 'username']);
    expect(connectionDetails.password).toBe('s3cret');
  });

  test('has the window, class and disk that were asked for', () => {
    expect(instance('all of it').forProvider).toMatchObject({
      maintenanceWindow: 'wed:23:00-wed:23:59',
      instanceClass: 'db.m7g.xlarge',
      allocatedStorage: 500,
      multiAz: true,
      backupRetentionPeriod: 35,
      engineVersion: '17',
    });
    expect(instance('the oldest version').forProvider.maintenanceWindow).toBe('mon:00:00-mon:00:59');
    expect(instance('less storage than RDS has').forProvider.allocatedStorage).toBe(20);
  });

  test('has its parameters one by one, whatever their values', () => {
    const parameters = (name: string) =>
      composed(renderedAt(postgresCases, name), 'parameters').spec.forProvider.parameter.slice(1);
    const pending = (name: string, value: string) => ({ name, value, applyMethod: 'pending-reboot' });
    expect(parameters('parameters that look like JSON')).toEqual([
      pending('a', ','),
      pending('b', ':'),
      pending('c', ''),
      pending('d', '"'),
      pending('e', '",'),
      pending('f', '\\'),
    ]);
    expect(parameters('one parameter with a difficult value')).toEqual([
      pending('log_line_prefix', '","value":"%m [%p] {"\\'),
    ]);
  });

  test('gets another parameter group with another major version', () => {
    const groupOf = (name: string) =>
      composed(renderedAt(postgresCases, name), 'parameters').metadata.annotations['crossplane.io/external-name'];
    expect([groupOf('nothing asked for'), groupOf('all of it')]).toEqual([
      'orders-db-66cb6f86-16',
      'orders-db-66cb6f86-17',
    ]);
  });

  test('stays the instance that it was when its request is renamed, with a group for who may connect now', () => {
    const render = renderedAt(postgresCases, 'what was called otherwise', 0);
    const { metadata, spec } = composed(render, 'instance');
    expect(metadata.annotations['crossplane.io/external-name']).toBe('db-ABCDEF');
    expect(spec.forProvider.identifier).toBe('shop-db-66cb6f86');
    expect(composed(render, 'subnets').metadata.annotations['crossplane.io/external-name']).toBe('shop-db-66cb6f86');
    expect(composed(render, 'security-group').spec.forProvider.name).toBe('orders-db-66cb6f86-postgres');
  });

  test('is booked where its owner says', () => {
    for (const { kind, spec } of renderedAt(postgresCases, 'nothing asked for').resources) {
      if (kind !== 'Secret' && kind !== 'Usage')
        expect(spec.forProvider.tags).toMatchObject({ owner: 'orders', 'cost-center': 'cc-104' });
    }
  });

  test('tells where it is', () => {
    expect(renderedAt(postgresCases, 'nothing asked for').composite.status).toMatchObject({
      host: 'orders-db.abc.eu-west-1.rds.amazonaws.com',
      port: 5432,
      version: '16.9',
    });
    expect(postgresOnAws.connection.uri).toEqual({
      text: 'postgresql://$(username):$(password)@$(host):$(port)/$(database)',
    });
  });

  test('takes accounts of IAM and other classes where the platform says so', () => {
    const classes = { xs: 'a', small: 'b', medium: 'c', large: 'd', xl: 'e' };
    const made = postgresInstanceOnAws({ cluster: awsFacts, iamAuthentication: true, instanceClasses: classes });
    const text = JSON.stringify(made.manifest);
    expect(text).toContain('"iamDatabaseAuthenticationEnabled":true');
    expect(text).toContain(JSON.stringify(classes));
  });
});

test.each([
  [{ region: 'europe-west4' }, 'cloud.aws.region "europe-west4" is needed as text like "eu-west-1"'],
  [{ accountId: 123456789012 }, 'cloud.aws.accountId 123456789012 is needed as text like "123456789012"'],
  [{ vpcId: undefined }, 'cloud.aws.vpcId undefined is needed as text like "vpc-0a1b2c3d"'],
  [
    { subnetIds: ['subnet-1'] },
    'cloud.aws.subnetIds ["subnet-1"] has to list two subnets or more, in different zones, like "subnet-0a1b2c3d"',
  ],
  [
    { clientCidrs: undefined, clientSecurityGroupIds: undefined },
    'cloud.aws says nothing about who connects to databases; give clientCidrs or clientSecurityGroupIds',
  ],
  [
    { clientCidrs: ['10.0.0.1/8'] },
    'cloud.aws.clientCidrs "10.0.0.1/8" has address bits beyond its length; write the first address of the block',
  ],
  [
    { clientSecurityGroupIds: 'sg-1' },
    'cloud.aws.clientSecurityGroupIds "sg-1" is no list of groups like "sg-0a1b2c3d"',
  ],
])('facts of a cluster are refused with what is wrong: %j', (wrong, message) => {
  expect(() => awsCluster({ name: 'eu-prod', cloud: { aws: { ...awsFacts, ...wrong } } })).toThrow(
    `[cluster eu-prod] ${message}`,
  );
});
