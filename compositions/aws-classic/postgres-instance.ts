import { DBSubnetGroup } from '../../imports/database.aws.crossplane.io';
import { SecurityGroup } from '../../imports/ec2.aws.crossplane.io';
import {
  DBInstance,
  DBParameterGroup,
  type DBParameterGroupSpecForProviderParameters,
} from '../../imports/rds.aws.crossplane.io';
import { type Composition, claimComposition } from '../../src/crossplane/composition/composition';
import { joined } from '../../src/crossplane/composition/connection';
import { secretKey } from '../../src/crossplane/composition/connection-keys';
import { entries } from '../../src/crossplane/composition/entries';
import { text } from '../../src/crossplane/composition/text';
import { postgresInstance } from '../../xrds/postgres-instance';
import type { AwsPostgresOptions } from '../aws/postgres-instance';
import { databaseRules, defaultClasses, maintenanceWindow, minStorageGb, port } from '../aws/rds';
import { cloudNameIn } from '../cloud-name';
import { deletionPolicy as deletionPolicyOf } from '../deletion-policies';

/**
 * PostgresInstance by RDS for Crossplane v1: an instance in the subnets of the cluster, which only the cluster reaches, encrypted
 * with the organisation's key. The instance, its data and all that it needs outlive the claim, unless deletion protection is off.
 *
 * The provider knows the password of an instance that it made, and of no other, so a request that was renamed is refused.
 */
export function postgresInstanceOnClassicAws({
  cluster,
  labelPrefix,
  instanceClasses,
  iamAuthentication,
}: AwsPostgresOptions) {
  const { region } = cluster;
  const made: Composition<keyof typeof postgresInstance.connection> = claimComposition(
    postgresInstance,
    { name: 'postgresinstances-aws-classic', labelPrefix, ports: [port], rules: databaseRules(region) },
    (c) => {
      const { spec, metadata } = c.xr;
      const { name: claim, namespace } = spec.claimRef;
      const name = text`${metadata.name}-postgresinstance`;
      const cloudName = cloudNameIn(spec.claimRef);
      const deletionPolicy = deletionPolicyOf(spec.deletionProtection);

      const subnets = c.add(
        'subnets',
        DBSubnetGroup,
        {
          metadata: { name },
          spec: {
            deletionPolicy,
            forProvider: { region, description: cloudName, subnetIds: [...cluster.subnetIds] },
          },
        },
        { externalName: cloudName },
      );
      const parameters = c.add(
        'parameters',
        DBParameterGroup,
        {
          metadata: { name },
          spec: {
            deletionPolicy,
            forProvider: {
              region,
              description: cloudName,
              dbParameterGroupFamily: spec.version.format('postgres%s'),
              parameters: entries<DBParameterGroupSpecForProviderParameters>(spec.parameters, {
                key: 'parameterName',
                value: 'parameterValue',
                rest: { applyMethod: 'pending-reboot' },
                first: [{ parameterName: 'rds.force_ssl', parameterValue: '1', applyMethod: 'immediate' }],
              }),
            },
          },
        },
        // A group belongs to one major version for good: with the next version comes the next group.
        { externalName: text`${cloudName}-${spec.version}` },
      );
      const group = c.add('security-group', SecurityGroup, {
        metadata: { name },
        spec: {
          deletionPolicy,
          forProvider: {
            region,
            vpcId: cluster.vpcId,
            groupName: text`${cloudName}-postgres`,
            description: text`Clients of PostgresInstance ${namespace}/${claim}`,
            ingress: [{ ipProtocol: 'tcp', fromPort: port, toPort: port, ...clientsOf(cluster) }],
          },
        },
      });
      const db = c.add(
        'instance',
        DBInstance,
        {
          metadata: { name },
          spec: {
            deletionPolicy,
            forProvider: {
              region,
              engine: 'postgres',
              engineVersion: spec.version,
              allowMajorVersionUpgrade: true,
              autoMinorVersionUpgrade: true,
              dbInstanceClass: spec.size.map(instanceClasses ?? defaultClasses),
              storageType: 'gp3',
              allocatedStorage: spec.storageGb.clampMin(minStorageGb),
              storageEncrypted: true,
              kmsKeyID: cluster.kmsKeyArn,
              multiAZ: spec.highAvailability,
              dbName: 'app',
              masterUsername: 'app',
              autogeneratePassword: true,
              enableIAMDatabaseAuthentication: iamAuthentication ?? false,
              dbSubnetGroupNameRef: { name: subnets.metadata.name },
              // The group changes with the version, and a reference is resolved once unless it says otherwise.
              dbParameterGroupNameRef: { name: parameters.metadata.name, policy: { resolve: 'Always' } },
              vpcSecurityGroupIDRefs: [{ name: group.metadata.name }],
              publiclyAccessible: false,
              port,
              backupRetentionPeriod: spec.backupRetentionDays,
              copyTagsToSnapshot: true,
              deleteAutomatedBackups: false,
              preferredMaintenanceWindow: maintenanceWindow(spec.maintenanceWindow),
              deletionProtection: spec.deletionProtection,
              skipFinalSnapshot: spec.deletionProtection.map({ true: false, false: true }),
              finalDBSnapshotIdentifier: text`${cloudName}-final`,
              enableCloudwatchLogsExports: ['postgresql', 'upgrade'],
            },
          },
        },
        // AWS deletes none of these while an instance is in it.
        { externalName: cloudName, dependsOn: [subnets, parameters, group] },
      );
      return c.report({
        status: {
          host: db.status.atProvider.endpoint.address,
          port: db.status.atProvider.endpoint.port,
          version: db.status.atProvider.engineVersion,
        },
        connection: {
          host: db.status.atProvider.endpoint.address,
          port: db.status.atProvider.endpoint.port,
          database: db.spec.forProvider.dbName,
          username: db.spec.forProvider.masterUsername,
          password: secretKey(db, 'password'),
          uri: joined('postgresql://$(username):$(password)@$(host):$(port)/$(database)'),
        },
      });
    },
  );
  return made;
}

/** Who may connect. */
function clientsOf({ clientCidrs = [], clientSecurityGroupIds = [] }: AwsPostgresOptions['cluster']) {
  const isV6 = (cidr: string) => cidr.includes(':');
  const ipRanges = clientCidrs.filter((cidr) => !isV6(cidr)).map((cidrIp) => ({ cidrIp }));
  const ipv6Ranges = clientCidrs.filter(isV6).map((cidrIPv6) => ({ cidrIPv6 }));
  const userIdGroupPairs = clientSecurityGroupIds.map((groupId) => ({ groupId }));
  // EC2 leaves out what is empty, and so has to be what is compared with it.
  return {
    ...(ipRanges.length > 0 && { ipRanges }),
    ...(ipv6Ranges.length > 0 && { ipv6Ranges }),
    ...(userIdGroupPairs.length > 0 && { userIdGroupPairs }),
  };
}
