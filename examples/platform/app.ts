import { GoldenApp } from 'cdk8s-golden-path';
import { CrossplanePlatform } from 'cdk8s-golden-path/crossplane';
import { Delivery } from 'cdk8s-golden-path/delivery';
import { PolicyBundle } from 'cdk8s-golden-path/policy';
import { TeamNamespace, Tenancy } from 'cdk8s-golden-path/team';
import { acme } from '../platform';
import { cache, cacheOnprem } from './cache';

/** What the platform team renders into every cluster: who may what, a namespace for each team, and what delivers its apps. */
const app = new GoldenApp({ platform: acme, team: 'platform', system: 'platform' });

app.forEachEnvironment((env) => {
  new Tenancy(env, 'tenancy', {
    keepers: {
      groups: ['platform-engineers'],
      serviceAccounts: ['argocd/argocd-application-controller'],
    },
    apis: [{ group: cache.group, resources: [cache.plural] }],
  });
  new PolicyBundle(env, 'policies', { engine: 'kyverno' });
  new CrossplanePlatform(env, 'crossplane', { compositions: [cacheOnprem] });
  const quota = env.select({ production: 'large', default: 'medium' } as const);
  const teams = ['orders', 'payments'].map((team) => new TeamNamespace(env, team, { quota }));
  new Delivery(env, 'delivery', { teams, apis: [cache], notifications: { argoCdUrl: 'https://argocd.acme.io' } });
});

app.synth();
