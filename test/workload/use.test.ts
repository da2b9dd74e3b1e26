import { spawnSync } from 'node:child_process';
import { defineApi } from '../../src/crossplane/api/define-api';
import { observe, renderComposition } from '../../src/crossplane/testing';
import { callGraph } from '../../src/network/call-graph';
import { GoldenError } from '../../src/platform/golden-error';
import type { Platform } from '../../src/platform/platform';
import { type Manifest, synthObject, synthObjects, testEnvironment } from '../../src/testing';
import { GoldenService } from '../../src/workload/golden-service';
import { PostgresInstance } from '../../xrds/postgres-instance';
import { postgresCases, postgresOnAws } from '../crossplane/aws/postgres-cases';
import { operated, platformWith } from '../crossplane/resource/platforms';

const image = `ghcr.io/acme/api:1.0.0@sha256:${'a'.repeat(64)}`;

function used(
  env: Parameters<GoldenService['uses']>[1],
  { platform = platformWith(), cluster = 'eu-prod' }: { platform?: Platform; cluster?: string } = {},
) {
  const place = testEnvironment({ platform, environment: 'production', cluster });
  const db = new PostgresInstance(place, 'orders-db');
  const api = new GoldenService(place, 'api', { image, port: 8080 });
  api.uses(db, env as never);
  return { place, db, api };
}

function variablesOf(deployment: Manifest): { name: string; value?: string; valueFrom?: Manifest }[] {
  return deployment.spec.template.spec.containers[0].env;
}

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof GoldenError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

/** What a program sees, as the kubelet makes it: Secrets are read, and what stands before is expanded. */
function environmentOf(deployment: Manifest, secrets: Record<string, Record<string, string>>): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const { name, value, valueFrom } of variablesOf(deployment)) {
    const secret = valueFrom?.secretKeyRef;
    if (secret) seen[name] = secrets[secret.name][secret.key];
    else if (value !== undefined) seen[name] = value.replace(/\$\(([^)]*)\)/g, (all, other) => seen[other] ?? all);
  }
  return seen;
}

/** The Secrets that AWS and Crossplane leave behind for a request. */
function secretsOnAws(): Record<string, Record<string, string>> {
  const [{ composition, request, steps }] = postgresCases;
  const options = { connectionDetails: { instance: { password: 's3cret' } } };
  const first = renderComposition(composition, request, [], options);
  const ready = renderComposition(composition, request, observe(first, steps[2].statuses), options);
  return { 'orders-db-postgresinstance-connection': ready.connectionDetails };
}

const backends = {
  aws: { platform: platformWith(), secrets: secretsOnAws() },
  'an operator': {
    platform: platformWith({ backends: () => [operated] }),
    secrets: {
      'orders-db-pg-app': {
        'pg-host': 'orders-db-rw',
        'pg-username': 'app',
        'pg-password': 's3cret',
        'pg-uri': 'postgresql://app:s3cret@orders-db-rw:5432/app',
      },
    },
  },
};

describe.each(Object.entries(backends))('a resource of %s', (_, { platform, secrets }) => {
  test.each(['eu-prod', 'us-prod'])('is read by a program on %s, by the same line', (cluster) => {
    const { api } = used({ env: { DATABASE_URL: 'uri', DB_USER: 'username' } }, { platform, cluster });
    const environment = environmentOf(synthObject(api.deployment), secrets);
    const program =
      'const u = new URL(process.env.DATABASE_URL); console.log(u.hostname, u.port, u.username, u.password, u.pathname, process.env.DB_USER)';
    const { stdout } = spawnSync(process.execPath, ['-e', program], { env: environment, encoding: 'utf8' });
    const host = Object.values(secrets).flatMap((secret) => [secret.host ?? secret['pg-host']])[0];
    expect(stdout).toBe(`${host} 5432 app s3cret /app app\n`);
  });

  test('restarts its users when its Secret changes', () => {
    const { api } = used({ env: { DATABASE_URL: 'uri' } }, { platform });
    expect(synthObject(api.deployment).metadata.annotations).toMatchObject({
      'secret.reloader.stakater.com/reload': Object.keys(secrets).join(','),
    });
  });
});

test('parts of a joined key stand before it, and those that were asked for are not read twice', () => {
  const { api } = used({ env: { DATABASE_URL: 'uri', DB_HOST: 'host' } });
  const own = variablesOf(synthObject(api.deployment)).filter(({ name }) => /^D/.test(name));
  expect(own.map(({ name }) => name)).toEqual([
    'DATABASE_URL_USERNAME',
    'DATABASE_URL_PASSWORD',
    'DB_HOST',
    'DATABASE_URL_PORT',
    'DATABASE_URL_DATABASE',
    'DATABASE_URL',
  ]);
  expect(own.at(-1)?.value).toBe(
    'postgresql://$(DATABASE_URL_USERNAME):$(DATABASE_URL_PASSWORD)@$(DB_HOST):$(DATABASE_URL_PORT)/$(DATABASE_URL_DATABASE)',
  );
});

test('the network is opened to where the topology says that the backend is', () => {
  const { api } = used({});
  const rules: { to: unknown; ports: unknown }[] = synthObject(api.networkPolicy).spec.egress;
  expect(rules).toContainEqual({
    to: [{ ipBlock: { cidr: '10.1.0.0/16' } }],
    ports: [{ port: 5432, protocol: 'TCP' }],
  });
});

test.each([
  [{}, 'nothing is known of where a PostgresInstance is reached from the cluster "eu-prod"'],
  [{ backends: { PostgresInstance: { host: '*.amazonaws.com' } } }, 'know only addresses'],
])('is refused where the network could not be opened: %j', (network, message) => {
  expect(problemsOf(() => used({}, { platform: platformWith({}, network) }))).toEqual([
    expect.stringContaining(message),
  ]);
});

test('needs no place in the topology where the network is not enforced', () => {
  const platform = platformWith({ network: { enforce: false, reason: 'a test' } }, {});
  expect(problemsOf(() => used({ env: { DATABASE_URL: 'uri' } }, { platform }))).toEqual([]);
});

test('is in the graph that the catalog is made from, once', () => {
  const { place, db, api } = used({ env: { A: 'host' } });
  api.uses(db, { env: { B: 'port' } });
  expect(callGraph(place).find(({ id }) => id === 'orders/api')?.uses).toEqual(['PostgresInstance/orders-db']);
});

test('what cannot be used is refused with what to do', () => {
  const { place, db, api } = used({ env: { DATABASE_URL: 'uri' } });
  const elsewhere = new PostgresInstance(testEnvironment({ platform: platformWith(), environment: 'dev' }), 'other-db');
  const attempt = (resource: unknown, options?: unknown) => () => api.uses(resource as never, options as never);
  expect(problemsOf(attempt(elsewhere))).toEqual([
    'uses PostgresInstance/other-db of dev/eu-dev from production/eu-prod; use the one that is made for the same environment and cluster',
  ]);
  expect(problemsOf(attempt(place))).toEqual([
    'uses "eu-prod", which nobody can use; give a request like a PostgresInstance',
  ]);
  expect(problemsOf(attempt(db, { env: { X: 'url' } }))).toEqual([
    'uses PostgresInstance/orders-db with the key "url" for X, which it has not (did you mean "uri"?); it has host, port, database, username, password or uri',
  ]);
  expect(problemsOf(attempt(db, { env: { 'A B': 'uri' } }))).toEqual([
    'env name "A B" is no variable name; use letters, digits and "_", starting with a letter',
  ]);
  expect(problemsOf(attempt(db, { env: { DATABASE_URL: 'host' } }))).toEqual([
    'uses PostgresInstance/orders-db, but DATABASE_URL is set already; choose another variable',
  ]);
});

test('nothing is used before somebody says how it is fulfilled', () => {
  expect(problemsOf(() => used({}, { platform: platformWith({ backends: undefined }) }))).toEqual([
    'nothing says how a PostgresInstance is fulfilled; pass backends to the platform',
  ]);
});

test('a key that the contract lacks does not compile', () => {
  const { db, api } = used({});
  const keyless = defineApi({
    group: 'acme.io',
    kind: 'Thing',
    description: 'A thing.',
    versions: { v1: { spec: {} } },
  });
  const thing = {} as InstanceType<typeof keyless.Request>;
  const compiles = () => {
    api.uses(db, { env: { DATABASE_URL: 'uri' } });
    // @ts-expect-error there is no such key
    api.uses(db, { env: { DATABASE_URL: 'url' } });
    // @ts-expect-error a thing has no connection
    api.uses(thing, { env: { THING: 'uri' } });
  };
  expect(compiles).toBeDefined();
});

test('everything that is rendered is valid', () => {
  expect(() => synthObjects(used({ env: { DATABASE_URL: 'uri' } }).place)).not.toThrow();
  expect(postgresOnAws.ports).toEqual([5432]);
});
