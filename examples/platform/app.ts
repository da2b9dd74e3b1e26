import { GoldenApp, TeamNamespace, Tenancy } from 'cdk8s-golden-path';
import { PolicyBundle } from 'cdk8s-golden-path/policy';
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
  new PolicyBundle(env, 'policies', { engine: 'kyverno' });
  for (const team of ['orders', 'payments']) {
    new TeamNamespace(env, team, { quota: env.select({ production: 'large', default: 'medium' }) });
  }
});

app.synth();
