import { GoldenApp, GoldenService } from 'cdk8s-golden-path';
import { acme } from '../platform';

const app = new GoldenApp({ platform: acme, team: 'payments', system: 'commerce' });

app.forEachEnvironment((env) => {
  const api = new GoldenService(env, 'payments-api', {
    image: env.image('payments-api'),
    port: 9090,
    protocol: 'grpc',
    health: 'grpc',
    metrics: { port: 9091 },
    callers: ['orders'],
    scale: env.select({ production: { min: 3, max: 20, cpu: 60 }, default: { min: 1, max: 2 } }),
  });
  api.env('LEDGER_TOKEN', env.secret('payments/ledger', 'token'));
});

app.synth();
