import { GoldenApp } from 'cdk8s-golden-path';
import { Delivery } from 'cdk8s-golden-path/delivery';
import { TeamNamespace, Tenancy } from 'cdk8s-golden-path/team';
import { postgresInstance } from 'cdk8s-golden-path/xrds/postgres-instance';
import { acme } from '../../examples/platform';

/** The teams of the examples, delivered by Flux: each folder by itself, and one team's apps by name. */
const app = new GoldenApp({ platform: acme, team: 'platform', system: 'platform' });

app.forEachEnvironment((env) => {
  new Tenancy(env, 'tenancy', {
    keepers: { serviceAccounts: ['flux-system/kustomize-controller'] },
    apis: [{ group: postgresInstance.group, resources: [postgresInstance.plural] }],
  });
  const teams = ['orders', 'payments'].map((team) => new TeamNamespace(env, team));
  new Delivery(env, 'delivery', {
    teams,
    engine: 'flux',
    apps: { payments: env.select({ dev: ['payments', 'ledger'], default: ['payments'] }) },
    repositorySecret: 'gitops-repository',
    apis: [postgresInstance],
  });
});

app.synth();
