import { postgresInstanceOnClassicAws } from '../../../compositions/aws-classic/postgres-instance';
import { awsFacts } from '../aws/aws-cluster';
import { postgresCases as casesOnV2, postgresOnAws } from '../aws/postgres-cases';
import { composed, renderedAt } from '../aws/rendered';
import { describeBackend } from '../backend-tests';
import { refusals } from '../composed';
import { postgresCases, postgresOnClassicAws } from './postgres-cases';

const resource = (name: string, resource = 'instance') => composed(renderedAt(postgresCases, name), resource);
const forProvider = (...place: Parameters<typeof resource>) => resource(...place).spec.forProvider;
const secrets = { instance: { password: 's3cret' } };
const told = (cases: typeof postgresCases) => renderedAt(cases, 'nothing asked for', 2, secrets).connectionDetails;

describe('a database of Crossplane v1 on AWS', () => {
  // The password comes from the Secret of the instance, which no case has.
  const { password: _, uri: __, ...seen } = postgresOnClassicAws.connection;
  describeBackend({ ...postgresOnClassicAws, connection: seen }, postgresCases, []);

  test('is reached from the cluster only', () => {
    expect(forProvider('nothing asked for', 'security-group').ingress).toEqual([
      {
        ipProtocol: 'tcp',
        fromPort: 5432,
        toPort: 5432,
        ipRanges: [{ cidrIp: '10.0.0.0/16' }],
        ipv6Ranges: [{ cidrIPv6: '2001:db8::/32' }],
        userIdGroupPairs: [{ groupId: 'sg-0a1b2c3d' }],
      },
    ]);
    expect(forProvider('nothing asked for')).toMatchObject({
      publiclyAccessible: false,
      vpcSecurityGroupIDRefs: [{ name: 'orders-db-x7k2p-postgresinstance' }],
    });
  });

  test('names no clients that a cluster has none of', () => {
    const made = postgresInstanceOnClassicAws({
      cluster: { ...awsFacts, clientCidrs: ['10.0.0.0/16'], clientSecurityGroupIds: undefined },
    });
    expect(JSON.stringify(made.manifest)).not.toMatch(/ipv6Ranges|userIdGroupPairs/);
  });

  test('is encrypted with the key of the organisation, and takes connections over TLS only', () => {
    expect(forProvider('nothing asked for')).toMatchObject({ storageEncrypted: true, kmsKeyID: awsFacts.kmsKeyArn });
    expect(forProvider('nothing asked for', 'parameters').parameters).toEqual([
      { parameterName: 'rds.force_ssl', parameterValue: '1', applyMethod: 'immediate' },
    ]);
  });

  test('outlives its claim with all that it needs, unless its protection is off', () => {
    for (const name of ['instance', 'subnets', 'parameters', 'security-group']) {
      expect(resource('nothing asked for', name).spec.deletionPolicy).toBe('Orphan');
      expect(resource('nothing kept', name).spec.deletionPolicy).toBe('Delete');
    }
    expect(forProvider('nothing asked for')).toMatchObject({ deletionProtection: true, skipFinalSnapshot: false });
    expect(forProvider('nothing kept')).toMatchObject({ deletionProtection: false, skipFinalSnapshot: true });
  });

  test('tells the keys of its twin of Crossplane v2, the password from the Secret of the instance', () => {
    expect(told(postgresCases)).toMatchObject({ username: 'app', password: 's3cret' });
    expect(told(postgresCases)).toEqual(told(casesOnV2));
    expect(resource('nothing asked for').spec.writeConnectionSecretToRef).toEqual({
      name: 'orders-db-x7k2p-postgresinstance-instance',
      namespace: 'crossplane-system',
    });
    expect(postgresOnClassicAws.connection).toEqual(postgresOnAws.connection);
  });

  test('is called in RDS what it is called by Crossplane v2', () => {
    const names = (name: string) => resource('all of it', name).metadata.annotations['crossplane.io/external-name'];
    const twin = (name: string) => composed(renderedAt(casesOnV2, 'all of it'), name);
    expect(names('instance')).toBe(twin('instance').spec.forProvider.identifier);
    expect(names('subnets')).toBe(twin('subnets').metadata.annotations['crossplane.io/external-name']);
    expect(names('parameters')).toBe(twin('parameters').metadata.annotations['crossplane.io/external-name']);
  });

  test('is deleted before what it is in, by the Usage that Crossplane v1 has', () => {
    const usages = renderedAt(postgresCases, 'nothing asked for').resources.filter(({ kind }) => kind === 'Usage');
    expect(usages.map(({ apiVersion, spec }) => [apiVersion, spec.by.kind, spec.of.kind])).toEqual([
      ['apiextensions.crossplane.io/v1beta1', 'DBInstance', 'DBParameterGroup'],
      ['apiextensions.crossplane.io/v1beta1', 'DBInstance', 'SecurityGroup'],
      ['apiextensions.crossplane.io/v1beta1', 'DBInstance', 'DBSubnetGroup'],
    ]);
  });

  test('has the window, class and disk that were asked for', () => {
    expect(forProvider('all of it')).toMatchObject({
      preferredMaintenanceWindow: 'wed:23:00-wed:23:59',
      dbInstanceClass: 'db.m7g.xlarge',
      allocatedStorage: 500,
      multiAZ: true,
      backupRetentionPeriod: 35,
      engineVersion: '17',
    });
    expect(forProvider('less storage than RDS has').allocatedStorage).toBe(20);
  });

  test('has its parameters one by one, whatever their values', () => {
    expect(forProvider('one parameter with a difficult value', 'parameters').parameters.slice(1)).toEqual([
      { parameterName: 'log_line_prefix', parameterValue: '","value":"%m [%p] {"\\', applyMethod: 'pending-reboot' },
    ]);
  });

  test('takes over nothing, because nobody knows the password of an instance that was made before', () => {
    expect(postgresOnClassicAws.takesOver).toBe(false);
    expect(postgresOnAws.takesOver).toBe(true);
  });

  test.each([
    [{ region: 'us-east-1' }, /has no network for it/],
    [{ extensions: ['pgcrypto'] }, /extensions are not made by RDS/],
  ])('refuses %j', (spec, message) => {
    expect(refusals(postgresOnClassicAws, spec)).toEqual([expect.stringMatching(message)]);
  });

  test('is booked where its owner says', () => {
    for (const { kind, spec } of renderedAt(postgresCases, 'nothing asked for').resources) {
      if (kind === 'Usage') continue;
      expect(spec.forProvider.tags).toEqual(expect.arrayContaining([{ key: 'cost-center', value: 'cc-104' }]));
    }
  });

  test('takes accounts of IAM and other classes where the platform says so', () => {
    const instanceClasses = { xs: 'a', small: 'b', medium: 'c', large: 'd', xl: 'e' };
    const made = postgresInstanceOnClassicAws({ cluster: awsFacts, iamAuthentication: true, instanceClasses });
    expect(JSON.stringify(made.manifest)).toContain('"enableIAMDatabaseAuthentication":true');
    expect(JSON.stringify(made.manifest)).toContain(JSON.stringify(instanceClasses));
  });
});
