import { awsBackends } from '../../../compositions/aws/aws-backends';
import { gcpBackends } from '../../../compositions/gcp/gcp-backends';
import { onpremBackends } from '../../../compositions/onprem/onprem-backends';
import type { KubeObject } from '../../../src/dev/api-client';
import type { Backends } from '../../../src/platform/backend';
import { Platform } from '../../../src/platform/platform';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { GoldenService } from '../../../src/workload/golden-service';
import { MessageQueue } from '../../../xrds/message-queue';
import { ObjectBucket } from '../../../xrds/object-bucket';
import { PostgresInstance } from '../../../xrds/postgres-instance';
import { awsFacts } from '../../crossplane/aws/aws-cluster';
import { gcpFacts } from '../../crossplane/gcp/gcp-facts';
import { onpremFacts } from '../../crossplane/onprem/onprem-facts';
import { type ClusterSetup, withCluster } from '../check-cluster';
import { crdsOf } from '../crds';
import { admitted } from '../dry-run';
import type { Report } from '../report';
import { servedApis } from './served-apis';

const everywhere = { cidrs: ['10.1.0.0/16'] };
const network = { backends: { PostgresInstance: everywhere, MessageQueue: everywhere, ObjectBucket: everywhere } };

/** A platform whose one environment runs on two clusters of a cloud. */
function platformOn(cloud: Record<string, Record<string, unknown>>, backends: Backends): Platform {
  const cluster = { kubernetes: '1.36', cloud, network } as const;
  return new Platform({
    domain: 'acme.io',
    backends,
    topology: {
      environments: { production: { clusters: ['eu-prod', 'us-prod'] } },
      clusters: { 'eu-prod': cluster, 'us-prod': cluster },
      owners: { orders: { costCenter: 'cc-104' } },
    },
  });
}

const platforms = {
  AWS: platformOn({ aws: awsFacts }, (cluster) => awsBackends(cluster)),
  'Google Cloud': platformOn({ gcp: gcpFacts }, (cluster) => gcpBackends(cluster)),
  premises: platformOn({ onprem: onpremFacts }, (cluster) => onpremBackends(cluster)),
};

/** What an app renders that uses a database, and is granted access to a queue and a bucket, on one cluster. */
function rendered(platform: Platform, place: string): KubeObject[] {
  const env = testEnvironment({ platform, environment: 'production', cluster: place, team: 'orders' });
  const api = new GoldenService(env, 'orders-api', { image: 'ghcr.io/acme/orders-api:1.0.0', port: 8080 });
  const db = new PostgresInstance(env, 'orders-db', { storageGb: 50, parameters: { max_connections: '200' } });
  api.uses(db, { env: { DATABASE_URL: 'uri' } });
  const events = new MessageQueue(env, 'order-events', { deadLetterAfter: 5 });
  api.uses(events, 'send', { env: { EVENTS: 'queue', EVENTS_USER: 'username', EVENTS_PASSWORD: 'password' } });
  api.uses(events, 'receive');
  const bucket = new ObjectBucket(env, 'invoices');
  api.uses(bucket, 'readWrite', { env: { BUCKET: 'bucket', S3: 'endpoint', AWS_ACCESS_KEY_ID: 'accessKeyId' } });
  return synthObjects(env) as unknown as KubeObject[];
}

/** A real API server takes what an app renders that uses resources, in the home cluster of its environment and in another. */
export async function checkUses(report: Report, setup: ClusterSetup): Promise<void> {
  const clusters = Object.entries(platforms).flatMap(([cloud, platform]) =>
    ['eu-prod', 'us-prod'].map((name) => ({ name: `${name} on ${cloud}`, objects: rendered(platform, name) })),
  );
  const apis = servedApis.map((api) => api.crd() as unknown as KubeObject);
  const all = clusters.flatMap(({ objects }) => objects);
  await withCluster({ ...setup, crds: [...apis, ...crdsOf(all, setup.crds)] }, async ({ api }) => {
    for (const { name, objects } of clusters) {
      await report.check(`an app that uses resources, on ${name}: every object is admitted as it is`, () =>
        admitted(api, objects),
      );
    }
  });
}
