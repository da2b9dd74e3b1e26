import { NetworkPolicy } from '../../imports/kubernetes';
import { ObjectBucketClaim } from '../../imports/objectbucket.io';
import { Cluster, Database, ScheduledBackup } from '../../imports/postgresql.cnpg.io';
import { composition } from '../../src/crossplane/composition/composition';
import { keyIn } from '../../src/crossplane/composition/connection';
import { text } from '../../src/crossplane/composition/text';
import { show } from '../../src/platform/rule';
import { postgresInstance } from '../../xrds/postgres-instance';
import { namespaceHash } from '../namespace-hash';
import { withDemand } from './demand';
import { noRegion } from './limits';
import type { OnpremOptions } from './onprem-options';
import { portOf } from './port-of';
import { postgresNetwork, postgresPort } from './postgres-network';
import { fixedParameters } from './postgres-parameters';
import { postgresSizes } from './postgres-sizes';

/**
 * PostgreSQL by CloudNativePG, in the namespace of the request: one server, or three, where every commit is on two.
 * Every change is archived to a bucket of its own that is claimed from Rook, and a whole backup is made every night.
 *
 * The servers restart when CloudNativePG or their image is updated; the hour of the maintenance window is when the nightly
 * backup begins. Their volumes are deleted with the request; what is in the bucket stays.
 */
export function postgresInstanceOnprem({ cluster: facts, labelPrefix = 'golden-path.local' }: OnpremOptions) {
  const { objectStore, postgres } = facts;
  const made = composition(
    postgresInstance,
    {
      name: 'postgresinstances-onprem',
      labelPrefix,
      ports: [postgresPort],
      pods: { podLabels: { 'cnpg.io/cluster': '%s' } },
      rules: [
        noRegion,
        ({ spec: { backupRetentionDays } }) =>
          backupRetentionDays === 0
            ? 'backupRetentionDays 0 is not to be had on premises, where nothing else keeps the data; give 1 or more'
            : undefined,
        ({ spec: { parameters = {} } }) =>
          Object.keys(parameters)
            .filter((name) => fixedParameters.has(name))
            .map((name) => `parameters ${show(name)} is set by CloudNativePG; leave it out`),
      ],
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const labels = Object.fromEntries(
        ['owner', 'system', 'environment', 'cost-center'].map((name) => {
          const label = `${labelPrefix}/${name}`;
          return [label, metadata.labels[label]];
        }),
      );
      const claim = text`${metadata.name}-postgresinstance-backup`;
      const bucket = text`${metadata.name}-backup-${namespaceHash(metadata.namespace)}`;
      c.add('backup-bucket', ObjectBucketClaim, {
        metadata: { name: claim },
        spec: { storageClassName: objectStore.storageClass, bucketName: bucket },
      });
      const cluster = c.add('cluster', Cluster, {
        metadata: { name: metadata.name },
        spec: {
          instances: spec.highAvailability.map({ true: 3, false: 1 }),
          minSyncReplicas: spec.highAvailability.map({ true: 1, false: 0 }),
          maxSyncReplicas: spec.highAvailability.map({ true: 1, false: 0 }),
          // A budget of one server would only keep its node from being drained.
          enablePDB: spec.highAvailability,
          imageName: spec.version.format(`${postgres.image}:%s`),
          inheritedMetadata: { labels },
          affinity: {
            enablePodAntiAffinity: true,
            podAntiAffinityType: 'preferred',
            topologyKey: 'topology.kubernetes.io/zone',
          },
          resources: spec.size.map(postgresSizes),
          storage: { size: spec.storageGb.format('%sG'), storageClass: postgres.storageClass },
          postgresql: { parameters: spec.parameters },
          bootstrap: { initdb: { database: 'app', owner: 'app', dataChecksums: true } },
          backup: {
            retentionPolicy: spec.backupRetentionDays.clampMin(1).format('%sd'),
            barmanObjectStore: {
              destinationPath: text`s3://${bucket}/`,
              endpointURL: objectStore.endpoint,
              // A database that is made again under its name may not write over what it left behind.
              serverName: metadata.uid,
              s3Credentials: {
                accessKeyId: { name: claim, key: 'AWS_ACCESS_KEY_ID' },
                secretAccessKey: { name: claim, key: 'AWS_SECRET_ACCESS_KEY' },
              },
              wal: { compression: 'gzip' },
              data: { compression: 'gzip' },
            },
          },
        },
      });
      c.add('nightly', ScheduledBackup, {
        spec: {
          cluster: { name: cluster.metadata.name },
          schedule: spec.maintenanceWindow.hour.format('0 0 %s * * *'),
          immediate: true,
          method: 'barmanObjectStore',
          backupOwnerReference: 'self',
        },
      });
      c.add('database', Database, {
        spec: {
          cluster: { name: cluster.metadata.name },
          name: 'app',
          owner: 'app',
          databaseReclaimPolicy: 'retain',
          extensions: spec.extensions.each((name) => ({ name, ensure: 'present' as const })),
        },
      });
      c.add('network', NetworkPolicy, { spec: postgresNetwork(cluster.metadata.name, portOf(objectStore.endpoint)) });
      const secret = text`${cluster.metadata.name}-app`;
      return c.report({
        status: {
          host: text`${cluster.metadata.name}-rw.${metadata.namespace}.svc`,
          port: postgresPort,
          version: spec.version,
        },
        connection: {
          host: keyIn(secret, 'host'),
          port: keyIn(secret, 'port'),
          database: keyIn(secret, 'dbname'),
          username: keyIn(secret, 'username'),
          password: keyIn(secret, 'password'),
          uri: keyIn(secret, 'uri'),
        },
      });
    },
  );
  return withDemand(made);
}
