import { synthesize } from '../../src/app/synthesize';
import { toYaml } from '../../src/gitops/yaml';
import { GoldenApp, Platform } from '../../src/index';
import { TeamNamespace, Tenancy } from '../../src/team/index';
import type { Manifest } from './tree';

const teams = 200;

/** The team whose roles and account are asked about; its namespace is the one that the kitchen sink renders into. */
export const kitchen = { group: 'kitchen-people', namespace: 'kitchen-everything', account: 'gitops' };

/** A namespace of another team. */
export const neighbour = 'team-0-everything';

/** Who changes guard rails: a group, and the account that applies the platform's app. */
export const keepers = { group: 'platform-admins', account: { namespace: 'argocd', name: 'application-controller' } };

/** The platform's own API. */
export const ownApi = { group: 'acme.io', resources: ['queues'] };

const platform = new Platform({
  domain: 'acme.io',
  secretStore: { name: 'vault', vault: { server: 'https://vault.acme.io:8200' } },
  telemetry: { endpoint: 'http://collector.observability:4318' },
  topology: {
    environments: { everything: { clusters: ['all'] } },
    clusters: { all: { kubernetes: '1.36', network: { apiServer: ['10.0.0.1/32'] } } },
    owners: {
      platform: { group: keepers.group },
      kitchen: { group: kitchen.group, costCenter: 'cc-7', slack: '#kitchen' },
      ...Object.fromEntries(Array.from({ length: teams }, (_, i) => [`team-${i}`, { group: `people-${i}` }])),
    },
  },
});

/** The platform's app of one cluster: the tenancy, the kitchen's namespace with every option, and 200 teams. */
export function teamBundle(): Manifest[] {
  const app = new GoldenApp({ platform, team: 'platform', system: 'platform' });
  app.forEachEnvironment((env) => {
    new Tenancy(env, 'tenancy', {
      keepers: {
        groups: [keepers.group],
        serviceAccounts: [`${keepers.account.namespace}/${keepers.account.name}`],
      },
      apis: [ownApi],
    });
    new TeamNamespace(env, 'kitchen', {
      quota: 'xl',
      podSecurity: { enforce: 'privileged', audit: 'privileged', warn: 'privileged', reason: 'tries everything' },
      access: { editors: ['kitchen-editors'], viewers: ['kitchen-viewers'] },
      gitops: {
        rbac: {
          reason: 'a workload of it reads ConfigMaps',
          grants: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
        },
      },
      network: { sameNamespace: true, apiServer: true },
      secretPaths: ['shared/'],
      imagePullSecrets: ['regcred'],
    });
    for (let i = 0; i < teams; i++) new TeamNamespace(env, `team-${i}`);
  });
  return synthesize(app).objects.map(({ object, path }) => ({
    file: path,
    bytes: Buffer.from(toYaml(object)),
    object: object as Manifest['object'],
  }));
}
