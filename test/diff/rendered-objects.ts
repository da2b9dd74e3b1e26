import { GoldenCronJob, GoldenJob, GoldenService, GoldenStatefulService, GoldenWorker } from '../../src/index';
import type { PlainObject } from '../../src/platform/placed-object';
import { TeamNamespace } from '../../src/team/team-namespace';
import { Tenancy } from '../../src/team/tenancy';
import { synthObjects, testEnvironment } from '../../src/testing';

/** One object of nearly every kind that the library renders. */
export function renderedObjects(): PlainObject[] {
  const image = 'ghcr.io/acme/api:1';
  const env = testEnvironment({ environment: 'production' });
  const api = new GoldenService(env, 'api', {
    image,
    port: 8080,
    host: `api.${env.domain}`,
    scale: { min: 3, max: 9 },
  });
  api.env('MODE', 'fast');
  api.env('KEY', env.secret('team/stripe', 'key'));
  new GoldenWorker(env, 'mailer', { image }).calls(api);
  new GoldenStatefulService(env, 'store', { image, port: 8080, storage: { path: '/data', size: '10Gi' } } as never);
  new GoldenCronJob(env, 'report', { image, schedule: '0 3 * * *' });
  new GoldenJob(env, 'migrate', { image });
  const platform = testEnvironment({ environment: 'production' });
  new Tenancy(platform, 'tenancy', { keepers: { groups: ['admins'] } });
  new TeamNamespace(platform, 'team', { quota: 'small', access: { owners: ['devs'] } });
  return [...synthObjects(env), ...synthObjects(platform)];
}
