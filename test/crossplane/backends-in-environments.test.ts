import { gcpBackends } from '../../compositions/gcp/gcp-backends';
import { onpremBackends } from '../../compositions/onprem/onprem-backends';
import { Platform } from '../../src/platform/platform';
import { testEnvironment } from '../../src/testing';
import { MessageQueue } from '../../xrds/message-queue';
import { ObjectBucket } from '../../xrds/object-bucket';
import { PostgresInstance } from '../../xrds/postgres-instance';
import { refusals } from '../platform/refusals';
import { gcpFacts } from './gcp/gcp-facts';
import { onpremFacts } from './onprem/onprem-facts';

const platform = new Platform({
  domain: 'acme.io',
  registries: ['ghcr.io/acme'],
  topology: {
    environments: { cloud: { clusters: ['eu-prod'] }, premises: { clusters: ['dc-1'] } },
    clusters: { 'eu-prod': { cloud: { gcp: gcpFacts } }, 'dc-1': { cloud: { onprem: onpremFacts } } },
    owners: { orders: { group: 'orders-devs' } },
  },
  backends: (cluster) => (cluster.cloud.gcp ? gcpBackends(cluster) : onpremBackends(cluster)),
});

const environment = (name: 'cloud' | 'premises') => testEnvironment({ platform, environment: name });

/** What is refused when a request is made; nothing when it is made. */
const refusalsOf = (name: 'cloud' | 'premises', make: (env: ReturnType<typeof environment>) => unknown) =>
  refusals(() => make(environment(name)));

test.each(['cloud', 'premises'] as const)('a request that asks for nothing special is made in %s', (name) => {
  const env = environment(name);
  new PostgresInstance(env, 'db', { storageGb: 50 });
  new MessageQueue(env, 'events', { deadLetterAfter: 5 });
  new ObjectBucket(env, 'uploads');
});

test('what one backend cannot do is refused in its environment, and made in the other', () => {
  const versioned = (env: ReturnType<typeof environment>) => new ObjectBucket(env, 'uploads', { versioning: true });
  expect(refusalsOf('premises', versioned)).toEqual([
    expect.stringMatching(/versioning is nothing that Rook switches on/),
  ]);
  expect(refusalsOf('cloud', versioned)).toEqual([]);

  const extended = (env: ReturnType<typeof environment>) =>
    new PostgresInstance(env, 'db', { extensions: ['pgcrypto'] });
  expect(refusalsOf('cloud', extended)).toEqual([expect.stringMatching(/extensions are not made by Cloud SQL/)]);
  expect(refusalsOf('premises', extended)).toEqual([]);
});

test('the same keys are found on every backend, each in its own Secret', () => {
  const keysIn = (name: 'cloud' | 'premises') => new PostgresInstance(environment(name), 'db').useTarget().keys;
  const [cloud, premises] = [keysIn('cloud'), keysIn('premises')];
  expect(Object.keys(cloud).sort()).toEqual(Object.keys(premises).sort());
  expect(cloud.password).toEqual({ secret: 'db-postgresinstance-user', key: 'password' });
  expect(cloud.uri).toEqual({ text: 'postgresql://$(username):$(password)@$(host):$(port)/$(database)' });
  expect(premises.password).toEqual({ secret: 'db-app', key: 'password' });
  expect(premises.uri).toEqual({ secret: 'db-app', key: 'uri' });
});
