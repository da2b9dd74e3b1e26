import { ExternalSecret } from '../../imports/external-secrets.io';
import { Password } from '../../imports/generators.external-secrets.io';
import {
  Database,
  DatabaseInstance,
  type DatabaseInstanceSpecForProviderSettingsDatabaseFlags,
  User,
} from '../../imports/sql.gcp.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { joined, keyIn } from '../../src/crossplane/composition/connection';
import { entries } from '../../src/crossplane/composition/entries';
import { text } from '../../src/crossplane/composition/text';
import { show } from '../../src/platform/rule';
import type { sizes } from '../../xrds/conventions';
import { postgresInstance } from '../../xrds/postgres-instance';
import { cloudName } from '../cloud-name';
import { deletionPolicies } from '../deletion-policies';
import type { GcpOptions } from './gcp-options';
import { sqlFlags } from './sql-flags';

/** What can be chosen about databases on Google Cloud. */
export interface GcpPostgresOptions extends GcpOptions {
  /**
   * The tier of the instance behind each size.
   * @default - db-g1-small, and db-custom with 1, 2, 4 and 8 processors with 3.75 GB of memory each
   */
  readonly tiers?: Readonly<Record<(typeof sizes)[number], string>>;
}

const defaultTiers = {
  xs: 'db-g1-small',
  small: 'db-custom-1-3840',
  medium: 'db-custom-2-7680',
  large: 'db-custom-4-15360',
  xl: 'db-custom-8-30720',
} as const;

/** The most that an instance with a shared processor holds, in GB. Source: quotas and limits of Cloud SQL. */
const maxSharedStorage = 3054;

/** Cloud SQL counts the days of a week from Monday. */
const days = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 } as const;

/**
 * PostgreSQL on Cloud SQL: an instance with a private address in the cluster's network that takes encrypted connections only,
 * a database and a user. Google generates no passwords, so External Secrets does, in the cluster.
 */
export function postgresInstanceOnGcp({ cluster, labelPrefix, tiers = defaultTiers }: GcpPostgresOptions) {
  const { project, kmsKey } = cluster;
  const isShared = (size: (typeof sizes)[number]) => /^db-(f1-micro|g1-small)$/.test(tiers[size]);
  return composition(
    postgresInstance,
    {
      name: 'postgresinstances-gcp',
      labelPrefix,
      ports: [5432],
      rules: [
        ({ spec: { size, storageGb } }) =>
          isShared(size) && storageGb > maxSharedStorage
            ? `storageGb ${storageGb} is above the ${maxSharedStorage} of size ${show(size)} on Cloud SQL; take a larger size`
            : undefined,
        ({ spec: { region } }) =>
          kmsKey !== undefined && region !== undefined && kmsKey.split('/')[3] !== region
            ? `region ${show(region)} is not that of the cluster's key, ${kmsKey.split('/')[3]}; leave it out`
            : undefined,
        ({ spec: { extensions = [] } }) =>
          extensions.length > 0
            ? 'extensions are not made by Cloud SQL; leave them out and run CREATE EXTENSION in a migration'
            : undefined,
        ({ spec: { parameters = {} } }) =>
          Object.keys(parameters)
            .filter((name) => !sqlFlags.has(name))
            .map((name) => `parameters ${show(name)} cannot be set on Cloud SQL; leave it out`),
      ],
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const { maintenanceWindow, backupRetentionDays, deletionProtection } = spec;
      const managementPolicies = deletionPolicies(deletionProtection);
      const secret = text`${metadata.name}-postgresinstance-user`;
      // biome-ignore lint/suspicious/noThenProperty: a case of a match, which nobody awaits
      const backups = backupRetentionDays.convert('string').match([{ equals: '0', then: false }], true);

      const password = c.add('password', Password, {
        metadata: { name: secret },
        // No symbols: it stands in a URI, where most of them mean something.
        spec: { length: 40, symbols: 0, noUpper: false, allowRepeat: true },
      });
      c.add('user-secret', ExternalSecret, {
        metadata: { name: secret },
        spec: {
          // A password that is generated anew would lock everybody out.
          refreshPolicy: 'CreatedOnce',
          target: { name: secret, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
          dataFrom: [
            {
              sourceRef: {
                generatorRef: {
                  apiVersion: 'generators.external-secrets.io/v1alpha1',
                  kind: 'Password',
                  name: password.metadata.name,
                },
              },
            },
          ],
        },
      });
      const db = c.add(
        'instance',
        DatabaseInstance,
        {
          spec: {
            managementPolicies,
            forProvider: {
              project,
              region: spec.region.orElse(cluster.region),
              databaseVersion: spec.version.format('POSTGRES_%s'),
              encryptionKeyName: kmsKey,
              deletionProtection,
              settings: {
                tier: spec.size.map(tiers),
                // Postgres 16 and later would be made in Enterprise Plus, which has other tiers.
                edition: 'ENTERPRISE',
                availabilityType: spec.highAvailability.map({ true: 'REGIONAL', false: 'ZONAL' }),
                diskType: 'PD_SSD',
                diskSize: spec.storageGb,
                // What Google grows by itself could not be asked for again.
                diskAutoresize: false,
                deletionProtectionEnabled: deletionProtection,
                backupConfiguration: {
                  enabled: backups,
                  pointInTimeRecoveryEnabled: backups,
                  startTime: maintenanceWindow.hour.format('%02d:00'),
                  backupRetentionSettings: { retentionUnit: 'COUNT', retainedBackups: backupRetentionDays.clampMin(1) },
                  transactionLogRetentionDays: backupRetentionDays.clamp(1, 7),
                },
                maintenanceWindow: {
                  day: maintenanceWindow.day.map(days),
                  hour: maintenanceWindow.hour,
                  updateTrack: 'stable',
                },
                ipConfiguration: { ipv4Enabled: false, privateNetwork: cluster.network, sslMode: 'ENCRYPTED_ONLY' },
                insightsConfig: { queryInsightsEnabled: true },
                databaseFlags: entries<DatabaseInstanceSpecForProviderSettingsDatabaseFlags>(spec.parameters, {
                  key: 'name',
                  value: 'value',
                }),
              },
            },
          },
        },
        { externalName: cloudName(metadata) },
      );
      // The name of the instance, once it is there.
      const instance = db.status.atProvider.connectionName.capture('[^:]+$');
      // Google refuses to delete a user who owns tables, and a database in use; both go with the instance.
      const deletionPolicy = 'ABANDON';
      const database = c.add(
        'database',
        Database,
        { spec: { managementPolicies, forProvider: { project, instance, deletionPolicy } } },
        { externalName: 'app' },
      );
      const user = c.add(
        'user',
        User,
        {
          spec: {
            managementPolicies,
            forProvider: {
              project,
              instance,
              type: 'BUILT_IN',
              passwordSecretRef: { name: secret, key: 'password' },
              deletionPolicy,
            },
          },
        },
        { externalName: 'app' },
      );
      return c.report({
        status: {
          host: db.status.atProvider.privateIpAddress,
          port: 5432,
          version: db.status.atProvider.databaseVersion.trimPrefix('POSTGRES_'),
        },
        connection: {
          host: db.status.atProvider.privateIpAddress,
          port: '5432',
          database: database.metadata.annotations['crossplane.io/external-name'],
          username: user.metadata.annotations['crossplane.io/external-name'],
          password: keyIn(secret, 'password'),
          uri: joined('postgresql://$(username):$(password)@$(host):$(port)/$(database)'),
        },
      });
    },
  );
}
