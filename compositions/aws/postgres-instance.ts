import { SecurityGroup, SecurityGroupIngressRule } from '../../imports/ec2.aws.m.upbound.io';
import {
  Instance,
  ParameterGroup,
  type ParameterGroupSpecForProviderParameter,
  SubnetGroup,
} from '../../imports/rds.aws.m.upbound.io';
import { type Composition, composition } from '../../src/crossplane/composition/composition';
import { joined } from '../../src/crossplane/composition/connection';
import { secretKey } from '../../src/crossplane/composition/connection-keys';
import { entries } from '../../src/crossplane/composition/entries';
import type { Patch } from '../../src/crossplane/composition/patch-and-transform';
import { text } from '../../src/crossplane/composition/text';
import { movedFromKeys } from '../../src/crossplane/resource/moved-from';
import type { sizes } from '../../xrds/conventions';
import { postgresInstance } from '../../xrds/postgres-instance';
import { cloudName as cloudNameOf } from '../cloud-name';
import { deletionPolicies } from '../deletion-policies';
import { namespaceHash } from '../namespace-hash';
import type { AwsOptions } from './aws-options';
import { databaseRules, defaultClasses, maintenanceWindow, minStorageGb, port } from './rds';

/** What can be chosen about databases on AWS. */
export interface AwsPostgresOptions extends AwsOptions {
  /**
   * The class of the instance behind each size.
   * @default - db.t4g.micro, db.t4g.small, db.t4g.medium, db.m7g.large and db.m7g.xlarge
   */
  readonly instanceClasses?: Readonly<Record<(typeof sizes)[number], string>>;
  /**
   * Whether accounts of IAM can sign in besides the user with the password.
   * @default false
   */
  readonly iamAuthentication?: boolean;
}

/** RDS gives each instance an id, by which the instance of a request that was moved is found. */
const adoption: Patch = {
  type: 'FromCompositeFieldPath',
  fromFieldPath: `metadata.annotations[${movedFromKeys.externalName}]`,
  toFieldPath: 'metadata.annotations[crossplane.io/external-name]',
};

/**
 * PostgresInstance by RDS: an instance in the subnets of the cluster, which only the cluster reaches, encrypted with the
 * organisation's key, with a password that is generated in the cluster. The instance, its data and all that it needs outlive
 * the request, unless deletion protection is off.
 */
export function postgresInstanceOnAws({
  cluster,
  labelPrefix,
  instanceClasses,
  iamAuthentication,
}: AwsPostgresOptions) {
  const { region } = cluster;
  const made: Composition<keyof typeof postgresInstance.connection> = composition(
    postgresInstance,
    {
      name: 'postgresinstances-aws',
      labelPrefix,
      ports: [port],
      rules: [
        ...databaseRules(region),
        ({ movedFrom }) =>
          movedFrom && movedFrom.externalName === undefined
            ? 'movedFrom needs externalName with RDS, which names instances itself; read the annotation crossplane.io/external-name of the Instance'
            : undefined,
      ],
    },
    (c) => {
      const { xr } = c;
      const name = text`${xr.metadata.name}-postgresinstance`;
      const cloudName = cloudNameOf(xr.metadata);
      const managementPolicies = deletionPolicies(xr.spec.deletionProtection);

      const subnets = c.add(
        'subnets',
        SubnetGroup,
        {
          metadata: { name },
          spec: {
            managementPolicies,
            forProvider: { region, description: cloudName, subnetIds: [...cluster.subnetIds] },
          },
        },
        { externalName: cloudName },
      );
      const parameters = c.add(
        'parameters',
        ParameterGroup,
        {
          metadata: { name },
          spec: {
            managementPolicies,
            forProvider: {
              region,
              description: cloudName,
              family: xr.spec.version.format('postgres%s'),
              parameter: entries<ParameterGroupSpecForProviderParameter>(xr.spec.parameters, {
                key: 'name',
                value: 'value',
                rest: { applyMethod: 'pending-reboot' },
                first: [{ name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' }],
              }),
            },
          },
        },
        // A group belongs to one major version for good: with the next version comes the next group.
        { externalName: text`${cloudName}-${xr.spec.version}` },
      );
      const group = c.add('security-group', SecurityGroup, {
        metadata: { name },
        spec: {
          managementPolicies,
          forProvider: {
            region,
            vpcId: cluster.vpcId,
            // A group that stayed behind keeps its name, so this one is named after the request as it is.
            name: text`${xr.metadata.name}-${namespaceHash(xr.metadata.namespace)}-postgres`,
            description: text`Clients of PostgresInstance ${xr.metadata.namespace}/${xr.metadata.name}`,
          },
        },
      });
      for (const [i, client] of clientsOf(cluster).entries()) {
        c.add(`client-${i}`, SecurityGroupIngressRule, {
          spec: {
            forProvider: {
              region,
              securityGroupIdRef: { name: group.metadata.name },
              ipProtocol: 'tcp',
              fromPort: port,
              toPort: port,
              ...client,
            },
          },
        });
      }
      const db = c.add(
        'instance',
        Instance,
        {
          metadata: { name },
          spec: {
            managementPolicies,
            forProvider: {
              region,
              identifier: cloudName,
              engine: 'postgres',
              engineVersion: xr.spec.version,
              allowMajorVersionUpgrade: true,
              autoMinorVersionUpgrade: true,
              instanceClass: xr.spec.size.map(instanceClasses ?? defaultClasses),
              storageType: 'gp3',
              allocatedStorage: xr.spec.storageGb.clampMin(minStorageGb),
              storageEncrypted: true,
              kmsKeyId: cluster.kmsKeyArn,
              multiAz: xr.spec.highAvailability,
              dbName: 'app',
              username: 'app',
              autoGeneratePassword: true,
              passwordSecretRef: { name: text`${xr.metadata.name}-postgresinstance-password`, key: 'password' },
              iamDatabaseAuthenticationEnabled: iamAuthentication ?? false,
              dbSubnetGroupNameRef: { name: subnets.metadata.name },
              // The group changes with the version, and a reference is resolved once unless it says otherwise.
              parameterGroupNameRef: { name: parameters.metadata.name, policy: { resolve: 'Always' } },
              vpcSecurityGroupIdRefs: [{ name: group.metadata.name }],
              publiclyAccessible: false,
              port,
              backupRetentionPeriod: xr.spec.backupRetentionDays,
              copyTagsToSnapshot: true,
              deleteAutomatedBackups: false,
              maintenanceWindow: maintenanceWindow(xr.spec.maintenanceWindow),
              deletionProtection: xr.spec.deletionProtection,
              skipFinalSnapshot: xr.spec.deletionProtection.map({ true: false, false: true }),
              finalSnapshotIdentifier: text`${cloudName}-final`,
              enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
            },
          },
        },
        // AWS deletes none of these while an instance is in it.
        { patches: [adoption], dependsOn: [subnets, parameters, group] },
      );
      return c.report({
        status: {
          host: db.status.atProvider.address,
          port: db.status.atProvider.port,
          version: db.status.atProvider.engineVersionActual,
        },
        connection: {
          host: db.status.atProvider.address,
          port: db.status.atProvider.port,
          database: db.spec.forProvider.dbName,
          username: db.spec.forProvider.username,
          password: secretKey(db, 'password'),
          uri: joined('postgresql://$(username):$(password)@$(host):$(port)/$(database)'),
        },
      });
    },
  );
  return made;
}

/** Who may connect, as one rule each. */
function clientsOf({ clientCidrs = [], clientSecurityGroupIds = [] }: AwsPostgresOptions['cluster']) {
  return [
    ...clientCidrs.map((cidr) => (cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr })),
    ...clientSecurityGroupIds.map((referencedSecurityGroupId) => ({ referencedSecurityGroupId })),
  ];
}
