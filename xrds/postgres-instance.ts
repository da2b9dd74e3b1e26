import { defineApi } from '../src/crossplane/api/define-api';
import { s } from '../src/crossplane/api/schema-builder';
import { group, maxNameLength, region, sizes } from './conventions';

/** The API of {@link PostgresInstance}. */
export const postgresInstance = defineApi({
  group,
  kind: 'PostgresInstance',
  description: 'A PostgreSQL server with one database, run by the cloud or, on premises, by CloudNativePG.',
  shortNames: ['pg'],
  categories: ['platform'],
  maxNameLength,
  versions: {
    v1: {
      spec: {
        /** Processor and memory of the server. */
        size: s.string({
          enum: sizes,
          default: 'small',
          description: 'Processor and memory of the server.',
          column: 'Size',
        }),
        /** Disk space in GB; it can only grow. */
        storageGb: s.integer({
          min: 10,
          max: 16_384,
          default: 20,
          growOnly: true,
          description: 'Disk space in GB; it can only grow.',
          column: 'Storage',
        }),
        /** Major version of PostgreSQL; it can only be raised. */
        version: s.string({
          enum: ['14', '15', '16', '17'],
          default: '16',
          description: 'Major version of PostgreSQL; it can only be raised.',
          column: 'Version',
          rules: [{ cel: 'int(self) >= int(oldSelf)', message: 'cannot be lowered; PostgreSQL has no way back' }],
        }),
        /** Region of the cloud; the region of the cluster when it is left out. */
        region,
        /** Whether a second server in another zone takes over when the first is lost. */
        highAvailability: s.boolean({
          default: false,
          description: 'Whether a second server in another zone takes over when the first is lost.',
        }),
        /** How many days back the data can be restored; 0 switches backups off. */
        backupRetentionDays: s.integer({
          min: 0,
          max: 35,
          default: 7,
          description: 'How many days back the data can be restored; 0 switches backups off.',
        }),
        /** Whether the server and its data refuse to be deleted. */
        deletionProtection: s.boolean({
          default: true,
          description: 'Whether the server and its data refuse to be deleted.',
        }),
        /** The hour of the week in which the server may restart for updates, in UTC. */
        maintenanceWindow: s.object(
          {
            /** Day of the week. */
            day: s.string({
              enum: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
              default: 'Sun',
              description: 'Day of the week.',
            }),
            /** The hour in which it begins, in UTC. */
            hour: s.integer({ min: 0, max: 23, default: 3, description: 'The hour in which it begins, in UTC.' }),
          },
          {
            default: {},
            description: 'The hour of the week in which the server may restart for updates, in UTC.',
          },
        ),
        /** Settings of PostgreSQL by name, as in `postgresql.conf`. */
        parameters: s
          .map(s.string({ maxLength: 1024 }), {
            maxProperties: 50,
            description: 'Settings of PostgreSQL by name, as in `postgresql.conf`.',
            example: { max_connections: '200' },
            rules: [
              { cel: 'size(self) > 0', message: 'is empty; leave it out' },
              {
                cel: "self.all(name, name.matches('^[a-z][a-z0-9_.]*$'))",
                message: 'has a name that is no setting; write it as in postgresql.conf, like max_connections',
              },
            ],
          })
          .optional(),
        /** Extensions that the database gets, by their PostgreSQL names. */
        extensions: s
          .array(s.string({ pattern: '^[a-z][a-z0-9_-]*$', maxLength: 63 }), {
            unique: true,
            maxItems: 20,
            description: 'Extensions that the database gets, by their PostgreSQL names.',
            example: ['pgcrypto'],
          })
          .optional(),
      },
      rules: [
        {
          cel: 'self.backupRetentionDays > 0 || !self.highAvailability',
          message: 'high availability needs backups; give 1 or more',
          fieldPath: '.backupRetentionDays',
        },
      ],
      status: {
        /** Name of the host. */
        host: s.string({ description: 'Name of the host.', column: { name: 'Host', priority: 1 } }),
        /** Port that the server listens on. */
        port: s.integer({ description: 'Port that the server listens on.' }),
        /** Full version that runs. */
        version: s.string({ description: 'Full version that runs.' }),
      },
    },
  },
  connection: {
    host: 'Name of the host',
    port: 'Port that the server listens on',
    database: 'Name of the database',
    username: 'User who owns the database',
    password: 'Password of the user',
    uri: 'All of these as postgresql://username:password@host:port/database',
  },
});

/** A PostgreSQL server with one database. */
export class PostgresInstance extends postgresInstance.Request {}
