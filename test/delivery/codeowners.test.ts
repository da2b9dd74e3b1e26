import { codeowners } from 'cdk8s-golden-path/delivery';
import { deliveredPlatform } from './deliveries';

const owner = (group: string) => `@acme/${group}`;

/** Who owns a path: the last line that matches, as GitHub reads it. */
function ownerOf(file: string, path: string): string | undefined {
  const lines = file.trim().split('\n');
  return lines
    .map((line) => line.split(' ') as [string, string])
    .filter(([pattern]) => {
      if (pattern === '*') return true;
      const folder = pattern.replaceAll('*', '[^/]*');
      return new RegExp(`^${folder}`).test(path);
    })
    .pop()?.[1];
}

describe('the CODEOWNERS of the GitOps repository', () => {
  const file = codeowners(deliveredPlatform(), { owner, platformTeam: 'platform' });

  test.each([
    ['/staging/eu/orders-staging/orders/deployment-api.yaml', '@acme/orders-devs'],
    ['/live/eu/orders-live/orders-pr-42/deployment-api.yaml', '@acme/orders-devs'],
    ['/staging/us/payments-staging/payments/service-api.yaml', '@acme/payments-devs'],
    ['/staging/eu/orders-staging/platform/resourcequota-team.yaml', '@acme/platform-people'],
    ['/staging/eu/orders-staging/platform.data/postgresinstance-shared.yaml', '@acme/platform-people'],
    ['/staging/eu/_cluster/platform/namespace-orders-staging.yaml', '@acme/platform-people'],
    ['/staging/eu/argocd/platform/appproject-orders-staging.yaml', '@acme/platform-people'],
    ['/platform.lock.yaml', '@acme/platform-people'],
    ['/CODEOWNERS', '@acme/platform-people'],
  ])('%s belongs to %s', (path, expected) => {
    expect(ownerOf(file, path)).toBe(expected);
  });

  test('a team without a group owns nothing', () => {
    expect(file).not.toContain('nobody');
  });

  test('is refused when nobody would own the rest, or a name would be two owners', () => {
    const platform = deliveredPlatform();
    expect(() => codeowners(platform, { owner, platformTeam: 'platfrom' })).toThrow(
      /platformTeam "platfrom" has no group/,
    );
    expect(() => codeowners(platform, { owner: (group) => `the ${group}`, platformTeam: 'platform' })).toThrow(
      /owner "the orders-devs" of group "orders-devs" is no owner/,
    );
  });
});
