import { GoldenApp } from 'cdk8s-golden-path';
import { Delivery } from 'cdk8s-golden-path/delivery';
import { TeamNamespace, Tenancy } from 'cdk8s-golden-path/team';
import { twoClusters } from './two-clusters';

const app = new GoldenApp({ platform: twoClusters, team: 'platform', system: 'platform' });

app.forEachEnvironment((env) => {
  new Tenancy(env, 'tenancy', {
    keepers: { groups: ['platform-engineers'], serviceAccounts: ['argocd/argocd-application-controller'] },
  });
  const teams = [new TeamNamespace(env, 'orders')];
  new Delivery(env, 'delivery', {
    teams,
    apps: { orders: ['orders'] },
    serves: 'every-cluster',
    settings: env.isHome,
  });
});

app.synth();
