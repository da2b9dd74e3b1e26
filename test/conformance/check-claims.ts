import { awsBackends } from '../../compositions/aws/aws-backends';
import { GoldenApp } from '../../src/app/golden-app';
import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import type { KubeObject } from '../../src/dev/api-client';
import { startControllerManager } from '../../src/dev/controller-manager';
import { crossplaneGroups, startCrossplaneCore } from '../../src/dev/crossplane-core';
import { findCrossplane } from '../../src/dev/crossplane-programs';
import type { Environment } from '../../src/platform/environment';
import { Platform } from '../../src/platform/platform';
import { synthObjects } from '../../src/testing';
import { GoldenService } from '../../src/workload/golden-service';
import { MessageQueue } from '../../xrds/message-queue';
import { ObjectBucket } from '../../xrds/object-bucket';
import { PostgresInstance } from '../../xrds/postgres-instance';
import { awsFacts } from '../crossplane/aws/aws-cluster';
import { checkApis } from './check-apis';
import { type ClusterSetup, withCluster } from './check-cluster';
import { checkMadeCrds, type MadeCrdsSetup } from './check-made-crds';
import { crdsOf, crdsOfGroups } from './crds';
import { claimedKinds, claimsInCore, claimsLeaveCore } from './crossplane/claims-in-core';
import { admitted } from './dry-run';
import type { Report } from './report';

const everywhere = { cidrs: ['10.1.0.0/16'] };
const network = { backends: { PostgresInstance: everywhere, MessageQueue: everywhere, ObjectBucket: everywhere } };
const cluster = { kubernetes: '1.36', cloud: { aws: awsFacts }, network } as const;

const platform = new Platform({
  domain: 'acme.io',
  crossplane: 'v1',
  backends: (place) => awsBackends(place),
  topology: {
    environments: { production: { clusters: ['eu-prod', 'us-prod'] } },
    clusters: { 'eu-prod': cluster, 'us-prod': cluster },
    owners: { orders: { costCenter: 'cc-104' } },
  },
});

/** What an app renders that uses a database, a queue and a bucket, on each cluster of its environment. */
function rendered(): { readonly name: string; readonly objects: KubeObject[] }[] {
  const app = new GoldenApp({ platform, team: 'orders', system: 'commerce' });
  const places: Environment[] = [];
  app.forEachEnvironment((env) => {
    declare(env);
    places.push(env);
  });
  return places.map((env) => ({ name: env.cluster, objects: synthObjects(env) as unknown as KubeObject[] }));
}

function declare(env: Environment): void {
  const api = new GoldenService(env, 'orders-api', { image: 'ghcr.io/acme/orders-api:1.0.0', port: 8080 });
  api.uses(new PostgresInstance(env, 'orders-db', { storageGb: 50 }), { env: { DATABASE_URL: 'uri' } });
  api.uses(new MessageQueue(env, 'order-events', { deadLetterAfter: 5 }), { env: { EVENTS: 'queue' } });
  api.uses(new ObjectBucket(env, 'invoices', { versioning: true }), { env: { BUCKET: 'bucket', S3: 'endpoint' } });
}

/**
 * The same APIs as Crossplane v1 offers them: the real Crossplane makes the CRDs of claims and of what is composed for them, a
 * real API server judges claims as we do, and takes what an app renders that makes and uses them.
 */
export async function checkClaims(report: Report, setup: MadeCrdsSetup, apis: readonly DefinedApi[]): Promise<void> {
  const claimed = apis.map((api) => api.on('v1'));
  await checkClaimingApp(report, setup, claimed);
  await checkApis(report, { ...setup, crds: crdsOfGroups(['apiextensions.crossplane.io'], setup.crds) }, claimed);
  await checkClaimsInCore(report, setup);
  await checkMadeCrds(
    report,
    setup,
    claimed,
    'claims: the real Crossplane makes the CRDs that claims are checked with',
  );
}

/** Claims in the real Crossplane, which v2 still serves, while this test plays the cloud. */
export async function checkClaimsInCore(report: Report, setup: MadeCrdsSetup): Promise<void> {
  const titles = {
    ready: 'claims in Crossplane core: they become ready, each key of their contracts where it is said to be',
    deleted: 'claims in Crossplane core: a deleted claim goes last',
  };
  let programs: ReturnType<typeof findCrossplane>;
  try {
    programs = findCrossplane(setup.ready);
  } catch (error) {
    for (const title of Object.values(titles)) report.skip(title, (error as Error).message);
    return;
  }
  const crds = crdsOfGroups([...crossplaneGroups, ...claimedKinds.map(({ group }) => group)], setup.crds);
  await withCluster({ ...setup, crds }, async (plane, host) => {
    await startCrossplaneCore(host, plane, programs);
    await report.check(titles.ready, () => claimsInCore(plane.api));
    // It collects what belonged to a claim, and reads the kinds that there are when it starts.
    await startControllerManager(host, plane.server);
    await report.check(titles.deleted, () => claimsLeaveCore(plane.api));
  });
}

async function checkClaimingApp(report: Report, setup: ClusterSetup, apis: readonly DefinedApi[]): Promise<void> {
  const clusters = rendered();
  const own = apis.map((api) => api.crd() as unknown as KubeObject);
  const all = clusters.flatMap(({ objects }) => objects);
  await withCluster({ ...setup, crds: [...own, ...crdsOf(all, setup.crds)] }, async ({ api }) => {
    for (const { name, objects } of clusters) {
      await report.check(`an app that makes claims, on ${name}: every object is admitted as it is`, () =>
        admitted(api, objects),
      );
    }
  });
}
