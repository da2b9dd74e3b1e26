import { spawnSync } from 'node:child_process';
import { defineApi } from '../../src/crossplane/api/define-api';
import type { Composition } from '../../src/crossplane/composition/composition';
import { callGraph } from '../../src/network/call-graph';
import type { Platform } from '../../src/platform/platform';
import { type Manifest, synthObject, synthObjects, testEnvironment } from '../../src/testing';
import { GoldenService } from '../../src/workload/golden-service';
import { PostgresInstance } from '../../xrds/postgres-instance';
import type { SteppedRender } from '../conformance/crossplane/stepped-render';
import { postgresCases as awsCases, postgresOnAws } from '../crossplane/aws/postgres-cases';
import { finished } from '../crossplane/composed';
import { postgresCases as gcpCases, postgresOnGcp } from '../crossplane/gcp/postgres-cases';
import { postgresCases as onpremCases, postgresOnprem } from '../crossplane/onprem/onprem-cases';
import { platformWith } from '../crossplane/resource/platforms';
import { refusals } from '../platform/refusals';

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

/** What operators and generators write, by key of the contract. */
const written: Readonly<Record<string, string>> = {
  host: 'orders-db-rw',
  port: '5432',
  database: 'app',
  username: 'app',
  password: 's3cret',
  uri: 'postgresql://app:s3cret@orders-db-rw:5432/app',
};

/** The Secrets of a request when it is ready: what Crossplane composes, and what others write. */
function secretsOf(made: Composition, one: SteppedRender): Record<string, Record<string, string>> {
  const { connectionDetails } = finished(one);
  const secrets: Record<string, Record<string, string>> = {};
  for (const [key, location] of Object.entries(made.connection)) {
    if (!('secret' in location)) continue;
    const name = location.secret.replace('%s', 'orders-db');
    secrets[name] = { ...secrets[name], [location.key]: connectionDetails[location.key] ?? written[key] };
  }
  return secrets;
}

const backends = [
  ['AWS', postgresOnAws, awsCases[0]],
  ['Google Cloud', postgresOnGcp, gcpCases[0]],
  ['premises', postgresOnprem, onpremCases[0]],
] as const;

describe.each(backends)('a database on %s', (_, made, one) => {
  const platform = platformWith({ backends: () => [made] });
  const secrets = secretsOf(made, one);

  test.each(['eu-prod', 'us-prod'])('is read by a program on %s, by the same line', (cluster) => {
    const { api } = used({ env: { DATABASE_URL: 'uri', DB_USER: 'username', DB_HOST: 'host' } }, { platform, cluster });
    const environment = environmentOf(synthObject(api.deployment), secrets);
    const program = `
      const { hostname, port, username, password, pathname } = new URL(process.env.DATABASE_URL);
      const { DB_USER, DB_HOST } = process.env;
      console.log(JSON.stringify([hostname === DB_HOST, port, username === DB_USER, password, pathname]));`;
    const { stdout } = spawnSync(process.execPath, ['-e', program], { env: environment, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual([true, '5432', true, 's3cret', '/app']);
  });

  test('restarts its users when one of its Secrets changes', () => {
    const { api } = used({ env: { DATABASE_URL: 'uri' } }, { platform });
    const annotations: Record<string, string> = synthObject(api.deployment).metadata.annotations ?? {};
    for (const secret of annotations['secret.reloader.stakater.com/reload'].split(',')) {
      expect(Object.keys(secrets)).toContain(secret);
    }
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

describe('where the pods that fulfil a request are known', () => {
  const onprem = (network = {}) => platformWith({ backends: () => [postgresOnprem] }, network);
  const egressOf = (platform: Platform) => synthObject(used({}, { platform }).api.networkPolicy).spec.egress;
  const ports = [{ port: 5432, protocol: 'TCP' }];

  test('the network is opened to them, beside the request', () => {
    expect(egressOf(onprem())).toContainEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'orders-production' } },
          podSelector: { matchLabels: { 'cnpg.io/cluster': 'orders-db' } },
        },
      ],
      ports,
    });
  });

  test('the topology has the last word', () => {
    const rules: { ports: unknown; to: unknown }[] = egressOf(
      onprem({ backends: { PostgresInstance: { cidrs: ['10.1.0.0/16'] } } }),
    );
    expect(rules.filter((rule) => JSON.stringify(rule.ports) === JSON.stringify(ports)).map(({ to }) => to)).toEqual([
      [{ ipBlock: { cidr: '10.1.0.0/16' } }],
    ]);
  });

  test('they are in the cluster of the request only', () => {
    expect(refusals(() => used({}, { platform: onprem(), cluster: 'us-prod' }))).toEqual([
      expect.stringContaining('nothing is known of where a PostgresInstance is reached from the cluster "us-prod"'),
    ]);
  });
});

test.each([
  [{}, 'nothing is known of where a PostgresInstance is reached from the cluster "eu-prod"'],
  [{ backends: { PostgresInstance: { host: '*.amazonaws.com' } } }, 'know only addresses'],
])('is refused where the network could not be opened: %j', (network, message) => {
  expect(refusals(() => used({}, { platform: platformWith({}, network) }))).toEqual([expect.stringContaining(message)]);
});

test('needs no place in the topology where the network is not enforced', () => {
  const platform = platformWith({ network: { enforce: false, reason: 'a test' } }, {});
  expect(refusals(() => used({ env: { DATABASE_URL: 'uri' } }, { platform }))).toEqual([]);
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
  expect(refusals(attempt(elsewhere))).toEqual([
    'uses PostgresInstance/other-db of dev/eu-dev from production/eu-prod; use the one that is made for the same environment and cluster',
  ]);
  expect(refusals(attempt(place))).toEqual([
    'uses "eu-prod", which nobody can use; give a request like a PostgresInstance',
  ]);
  expect(refusals(attempt(db, { env: { X: 'url' } }))).toEqual([
    'uses PostgresInstance/orders-db with the key "url" for X, which it has not (did you mean "uri"?); it has host, port, database, username, password or uri',
  ]);
  expect(refusals(attempt(db, { env: { 'A B': 'uri' } }))).toEqual([
    'env name "A B" is no variable name; use letters, digits and "_", starting with a letter',
  ]);
  expect(refusals(attempt(db, { env: { DATABASE_URL: 'host' } }))).toEqual([
    'uses PostgresInstance/orders-db, but DATABASE_URL is set already; choose another variable',
  ]);
});

test('nothing is used before somebody says how it is fulfilled', () => {
  expect(refusals(() => used({}, { platform: platformWith({ backends: undefined }) }))).toEqual([
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
