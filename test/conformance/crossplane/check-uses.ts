import { awsBackends } from '../../../compositions/aws/aws-backends';
import type { KubeObject } from '../../../src/dev/api-client';
import { Platform } from '../../../src/platform/platform';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { GoldenService } from '../../../src/workload/golden-service';
import { MessageQueue, messageQueue } from '../../../xrds/message-queue';
import { ObjectBucket, objectBucket } from '../../../xrds/object-bucket';
import { PostgresInstance, postgresInstance } from '../../../xrds/postgres-instance';
import { awsFacts } from '../../crossplane/aws/aws-cluster';
import { type ClusterSetup, withCluster } from '../check-cluster';
import { crdsOf } from '../crds';
import { dryRun } from '../dry-run';
import type { Report } from '../report';

const everywhere = { cidrs: ['10.1.0.0/16'] };
const network = { backends: { PostgresInstance: everywhere, MessageQueue: everywhere, ObjectBucket: everywhere } };
const cluster = { kubernetes: '1.36', cloud: { aws: awsFacts }, network } as const;

const platform = new Platform({
  domain: 'acme.io',
  backends: (place) => awsBackends(place),
  topology: {
    environments: { production: { clusters: ['eu-prod', 'us-prod'] } },
    clusters: { 'eu-prod': cluster, 'us-prod': cluster },
    owners: { orders: { costCenter: 'cc-104' } },
  },
});

/** What an app renders that uses a database, a queue and a bucket, on one cluster. */
function rendered(place: string): KubeObject[] {
  const env = testEnvironment({ platform, environment: 'production', cluster: place, team: 'orders' });
  const api = new GoldenService(env, 'orders-api', { image: 'ghcr.io/acme/orders-api:1.0.0', port: 8080 });
  const db = new PostgresInstance(env, 'orders-db', { storageGb: 50, parameters: { max_connections: '200' } });
  api.uses(db, { env: { DATABASE_URL: 'uri' } });
  api.uses(new MessageQueue(env, 'order-events', { deadLetterAfter: 5 }), { env: { EVENTS: 'queue' } });
  api.uses(new ObjectBucket(env, 'invoices', { versioning: true }), { env: { BUCKET: 'bucket', S3: 'endpoint' } });
  return synthObjects(env) as unknown as KubeObject[];
}

/** A real API server takes what an app renders that uses resources, in the home cluster of its environment and in another. */
export async function checkUses(report: Report, setup: ClusterSetup): Promise<void> {
  const clusters = ['eu-prod', 'us-prod'].map((name) => ({ name, objects: rendered(name) }));
  const apis = [postgresInstance, messageQueue, objectBucket].map((api) => api.crd() as unknown as KubeObject);
  const all = clusters.flatMap(({ objects }) => objects);
  await withCluster({ ...setup, crds: [...apis, ...crdsOf(all, setup.crds)] }, async ({ api }) => {
    for (const { name, objects } of clusters) {
      await report.check(`an app that uses resources, on ${name}: every object is admitted as it is`, async () => {
        const problems = await dryRun(api, objects);
        return {
          counted: `${objects.length} objects`,
          problems: problems.map(({ object, message }) => `${object}: ${message}`),
        };
      });
    }
  });
}
