import { synthesize } from '../../src/app/synthesize';
import type { KubeObject } from '../../src/dev/api-client';
import {
  GoldenApp,
  GoldenCronJob,
  GoldenService,
  GoldenStatefulService,
  GoldenWorker,
  Platform,
} from '../../src/index';
import { TeamNamespace } from '../../src/team/index';

const image = 'ghcr.io/acme/orders:1.0.0';

/** The namespace of {@link boundedTeam}. */
export const boundedNamespace = 'orders-test';

/** A team whose quota follows its workloads: everything that is rendered into its namespace. */
export function boundedTeam(): KubeObject[] {
  const platform = new Platform({
    domain: 'acme.io',
    topology: { environments: { test: { clusters: ['one'] } }, clusters: { one: { kubernetes: '1.36' } } },
  });
  const app = new GoldenApp({ platform, team: 'orders', system: 'commerce' });
  app.forEachEnvironment((env) => {
    new TeamNamespace(env, 'orders', { quota: 'computed', access: { owners: ['orders-devs'] } });
    const api = new GoldenService(env, 'api', {
      image,
      port: 8080,
      size: 'medium',
      scale: { min: 2, max: 9, cpu: 60 },
      beforeDeploy: { command: ['migrate'] },
      config: { LEVEL: 'info' },
    });
    api.env('TOKEN', env.secret('orders/token', 'value'));
    new GoldenWorker(env, 'mailer', { image, scale: 3, rollout: { maxSurge: 2 } });
    new GoldenCronJob(env, 'report', { image, schedule: '0 6 * * *', size: 'large' });
    new GoldenStatefulService(env, 'store', {
      image,
      port: 5432,
      protocol: 'tcp',
      scale: 2,
      volumes: { data: { mountPath: '/data', claim: { size: '5Gi' } } },
    });
  });
  return synthesize(app)
    .objects.map(({ object }) => object as unknown as KubeObject)
    .filter(({ metadata }) => metadata.namespace === boundedNamespace);
}
