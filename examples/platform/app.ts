import { GoldenApp, TeamNamespace, Tenancy } from 'cdk8s-golden-path';
import { acme } from '../platform';

/** What the platform team renders into every cluster: who may what, and a namespace for each team. */
const app = new GoldenApp({ platform: acme, team: 'platform', system: 'platform' });

app.forEachEnvironment((env) => {
  new Tenancy(env, 'tenancy', {
    keepers: {
      groups: ['platform-engineers'],
      serviceAccounts: ['argocd/argocd-application-controller'],
    },
  });
  new TeamNamespace(env, 'orders', {
    quota: env.select({ production: 'large', default: 'medium' }),
    secretPaths: ['orders'],
  });
  new TeamNamespace(env, 'payments', {
    quota: env.select({ production: 'large', default: 'medium' }),
    secretPaths: ['payments'],
  });
});

app.synth();
