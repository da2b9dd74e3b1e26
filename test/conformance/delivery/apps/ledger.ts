import { GoldenApp, GoldenService } from 'cdk8s-golden-path';
import { PostgresInstance } from 'cdk8s-golden-path/xrds/postgres-instance';
import { acme } from '../../../../examples/platform';

/** Whose app it is. */
const team = process.env.LEDGER_TEAM ?? 'orders';
/** What is left of the app: `LEDGER=web,api,main,archive` names two services and two databases. */
const left = (process.env.LEDGER ?? '').split(',');

const app = new GoldenApp({
  platform: acme,
  team,
  system: 'commerce',
  name: 'ledger',
  environments: ['dev'],
});

app.forEachEnvironment((env) => {
  for (const name of ['web', 'api'].filter((each) => left.includes(each))) {
    new GoldenService(env, `ledger-${name}`, { image: 'ghcr.io/acme/ledger:1.4.2', port: 8080 });
  }
  for (const name of ['main', 'archive'].filter((each) => left.includes(each))) {
    new PostgresInstance(env, `ledger-${name}`, { size: 'small' });
  }
});

app.synth();
