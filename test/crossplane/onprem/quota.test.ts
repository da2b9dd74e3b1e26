import * as fc from 'fast-check';
import { onpremBackends } from '../../../compositions/onprem/onprem-backends';
import { Cluster } from '../../../imports/postgresql.cnpg.io';
import { renderComposition } from '../../../src/crossplane/testing';
import type { Backend } from '../../../src/platform/backend';
import type { Environment } from '../../../src/platform/environment';
import { Platform } from '../../../src/platform/platform';
import { demandOf } from '../../../src/team/demand';
import { fitProblems } from '../../../src/team/fits';
import { TeamNamespace } from '../../../src/team/team-namespace';
import { synthObject, synthObjects, testEnvironment } from '../../../src/testing';
import { GoldenService } from '../../../src/workload/golden-service';
import { PostgresInstance } from '../../../xrds/postgres-instance';
import { requestOf } from '../request-of';
import { postgresOnprem } from './onprem-cases';
import { onpremFacts } from './onprem-facts';

const limits = { without: { limits: 'the test counts what pods ask for themselves' } };
const everywhere = { cidrs: ['10.1.0.0/16'] };
const network = { apiServer: ['10.0.0.1/32'], backends: { PostgresInstance: everywhere } };

/** A team's app with a database, bounded by exactly what it needs. */
function teamWith(
  spec: object,
  backends: (all: readonly Backend[]) => readonly Backend[] = (all) => all,
  more: (env: Environment) => void = () => {},
) {
  const platform = new Platform({
    domain: 'acme.io',
    backends: (cluster) => backends(onpremBackends(cluster)),
    topology: {
      environments: { dev: { clusters: ['dc-1'] } },
      clusters: { 'dc-1': { kubernetes: '1.36', cloud: { onprem: onpremFacts }, network } },
      owners: { orders: { group: 'orders-devs' } },
    },
  });
  const env = testEnvironment({ platform, team: 'orders' });
  const { resourceQuota } = new TeamNamespace(env, 'orders', { quota: { headroom: 0 }, ...limits });
  new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1', port: 8080 });
  new PostgresInstance(env, 'orders-db', spec as never);
  more(env);
  return { objects: synthObjects(env), quota: synthObject(resourceQuota as never).spec };
}

/** Pods and claims as CloudNativePG makes them for the database: one of each for a server, and a pod that sets one up. */
function podsOfOperator(spec: object): object[] {
  const { resources } = renderComposition(postgresOnprem.manifest as never, requestOf(postgresOnprem, spec) as never);
  const cluster = resources.find(({ kind }) => kind === 'Cluster') as never as {
    spec: { instances: number; resources: object; storage: { size: string; storageClass?: string } };
  };
  const { instances, resources: asked, storage } = cluster.spec;
  const pod = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'postgres', resources: asked }] },
  });
  const servers = Array.from({ length: instances }, (_, n) => `orders-db-${n + 1}`);
  const claims = servers.map((name) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { resources: { requests: { storage: storage.size } }, storageClassName: storage.storageClass },
  }));
  return [...servers.map(pod), pod('orders-db-2-join'), ...claims];
}

const specs = fc.record({
  size: fc.constantFrom('xs', 'small', 'medium', 'large', 'xl'),
  storageGb: fc.integer({ min: 10, max: 2000 }),
  highAvailability: fc.boolean(),
});

test('for all databases: the quota of a team admits the pods and claims that CloudNativePG makes for it', () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const { objects, quota } = teamWith(spec);
      const others = objects.filter(({ kind }) => kind !== 'PostgresInstance' && kind !== 'ResourceQuota');
      const demand = demandOf([...others, ...podsOfOperator(spec)] as never);
      expect(fitProblems(demand, { quota })).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('a backend that tells nothing leaves no room for them', () => {
  const silent = (all: readonly Backend[]) => all.map(({ operators: _, ...rest }): Backend => rest);
  const { objects, quota } = teamWith({ highAvailability: true }, silent);
  const others = objects.filter(({ kind }) => kind !== 'PostgresInstance' && kind !== 'ResourceQuota');
  const demand = demandOf([...others, ...podsOfOperator({ highAvailability: true })] as never);
  expect(fitProblems(demand, { quota }).join('\n')).toContain('the quota has pods');
});

test('what a team makes an operator run itself is counted too', () => {
  const resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } };
  const own = (env: Environment, instances: number) =>
    new Cluster(env, 'own', { metadata: { name: 'own' }, spec: { instances, storage: { size: '1Gi' }, resources } });
  const podsOf = (instances: number) => Number(teamWith({}, undefined, (env) => own(env, instances)).quota.hard.pods);
  expect(podsOf(3)).toBe(podsOf(1) + 2);
});
