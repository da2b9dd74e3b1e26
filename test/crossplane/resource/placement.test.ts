import { synthObject, synthObjects, testEnvironment } from '../../../src/testing';
import { PostgresInstance } from '../../../xrds/postgres-instance';
import { refusals } from '../../platform/refusals';
import { platformWith } from './platforms';

const secret = 'orders-db-postgresinstance-connection';
const keys = ['host', 'port', 'database', 'username', 'password'];

function rendered(cluster: string, environment = 'production', options: { readonly cluster?: string } = {}) {
  const env = testEnvironment({ platform: platformWith(), environment, cluster });
  const db = new PostgresInstance(env, 'orders-db', {}, options);
  return { db, objects: synthObjects(db) };
}

describe('a request', () => {
  test('is made in the home cluster of its environment, and its Secret is pushed into the store', () => {
    const { objects } = rendered('eu-prod');
    expect(objects.map(({ kind }) => kind).sort()).toEqual(['PostgresInstance', 'PushSecret']);
    const push = objects.find(({ kind }) => kind === 'PushSecret');
    expect(push?.spec.selector).toEqual({ secret: { name: secret } });
    expect(push?.spec.data.map((item: { match: unknown }) => item.match)).toEqual(
      keys.map((key) => ({ secretKey: key, remoteRef: { remoteKey: `orders/production/${secret}`, property: key } })),
    );
  });

  test('is a Secret of the same name and keys in the other clusters, from the store', () => {
    const { objects } = rendered('us-prod');
    expect(objects).toHaveLength(1);
    expect(objects[0]).toMatchObject({ kind: 'ExternalSecret', spec: { target: { name: secret } } });
    expect(
      objects[0].spec.data.map((item: { secretKey: string; remoteRef: { key: string; property: string } }) => [
        item.secretKey,
        item.remoteRef.key,
        item.remoteRef.property,
      ]),
    ).toEqual(keys.map((key) => [key, `orders/production/${secret}`, key]));
  });

  test('is not pushed where the environment has one cluster', () => {
    expect(rendered('eu-dev', 'dev').objects.map(({ kind }) => kind)).toEqual(['PostgresInstance']);
  });

  test('is made where it says, and cannot be looked at elsewhere', () => {
    expect(rendered('us-prod', 'production', { cluster: 'us-prod' }).objects.map(({ kind }) => kind)).toContain(
      'PostgresInstance',
    );
    expect(refusals(() => rendered('us-prod').db.request)).toEqual([
      'is requested in the cluster "eu-prod", not here; look at it in the chart for that',
    ]);
    expect(refusals(() => rendered('us-prod', 'production', { cluster: 'eu-dev' }))).toEqual([
      'cluster "eu-dev" does not run the environment "production"; use us-prod or eu-prod',
    ]);
  });

  test('says where its costs are booked', () => {
    expect(synthObject(rendered('eu-prod').db.request).metadata.labels).toMatchObject({
      'acme.io/cost-center': 'cc-104',
    });
  });

  test('has names without slashes in a store that takes none', () => {
    const platform = platformWith({ secretStore: { name: 'gcp', gcp: { projectId: 'acme' } } });
    const env = testEnvironment({ platform, environment: 'production', cluster: 'us-prod' });
    const [pulled] = synthObjects(new PostgresInstance(env, 'orders-db'));
    expect(pulled.spec.data[0].remoteRef.key).toBe(`orders-production-${secret}`);
  });
});

describe('a backend', () => {
  const env = () => testEnvironment({ platform: platformWith(), environment: 'production', cluster: 'eu-prod' });

  test('refuses what it cannot do, all at once', () => {
    expect(
      refusals(() => new PostgresInstance(env(), 'a--db', { region: 'us-east-1', extensions: ['pgcrypto'] })),
    ).toEqual([
      'region "us-east-1" has no network for it; use eu-west-1, or leave it out',
      'extensions are not made by RDS; leave them out and run CREATE EXTENSION in a migration',
      'name "a--db" cannot name a DB instance of RDS, which begins with a letter and has no two dashes in a row; choose another',
    ]);
  });

  test('has to be there for each API that is requested', () => {
    const platform = platformWith({ backends: () => [] });
    const nowhere = testEnvironment({ platform, environment: 'production', cluster: 'eu-prod' });
    expect(refusals(() => new PostgresInstance(nowhere, 'orders-db'))).toEqual([
      'nothing fulfils a PostgresInstance of platform.golden-path.local in the cluster "eu-prod", whose backends are none; add one to backends of the platform',
    ]);
  });

  test('is the composition that a request chooses', () => {
    expect(refusals(() => new PostgresInstance(env(), 'db', {}, { composition: 'other' }))).toEqual([
      'no composition "other" fulfils a PostgresInstance of platform.golden-path.local in the cluster "eu-prod", whose backends are postgresinstances-aws; add one to backends of the platform',
    ]);
  });
});
