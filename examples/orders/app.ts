import { GoldenApp, GoldenCronJob, GoldenService, GoldenWorker } from 'cdk8s-golden-path';
import { acme } from '../platform';

const app = new GoldenApp({ platform: acme, team: 'orders', system: 'commerce' });

app.forEachEnvironment((env) => {
  const image = env.image('orders-api');

  const api = new GoldenService(env, 'orders-api', {
    image,
    port: 8080,
    health: '/healthz',
    host: `orders.${env.domain}`,
    size: 'medium',
    scale: env.select({ production: { min: 3, max: 12 }, default: { min: 1, max: 2 } }),
    metrics: true,
    beforeDeploy: { command: ['node', 'migrate.js'] },
    egress: ['api.stripe.com:443', 'orders-db.acme.io:5432'],
  });
  api.calls(env.service('payments/payments-api'));
  api.env('DATABASE_URL', env.secret('orders/database', 'url'));
  api.env('STRIPE_KEY', env.secret('orders/stripe', 'key'));

  new GoldenWorker(env, 'orders-mailer', {
    image,
    command: ['node', 'mailer.js'],
    scale: 2,
    config: { BATCH_SIZE: 50 },
    env: { SMTP_PASSWORD: env.secret('orders/smtp', 'password') },
    egress: ['smtp.acme.io:587'],
  });

  new GoldenCronJob(env, 'orders-report', {
    image,
    command: ['node', 'report.js'],
    schedule: '0 6 * * MON-FRI',
    timeZone: 'Europe/Berlin',
    size: 'small',
    egress: ['orders-db.acme.io:5432'],
  });
});

app.synth();
