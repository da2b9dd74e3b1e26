import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoldenService, Platform } from 'cdk8s-golden-path';
import { observe, type Rendered, renderComposition } from 'cdk8s-golden-path/crossplane/testing';
import { synthObject, testEnvironment } from 'cdk8s-golden-path/testing';
import { acme } from '../../examples/platform';
import { Cache, cache, cacheOnprem } from '../../examples/platform/cache';
import type { PlacedObject } from '../../src/platform/placed-object';
import { composedOf } from '../crossplane/composed';

const request = {
  apiVersion: cache.apiVersion,
  kind: cache.kind,
  metadata: { name: 'stock', namespace: 'orders-staging', labels: { 'acme.io/owner': 'orders' } },
  spec: { crossplane: {}, size: 'small' },
};

/** What the Deployment says once a pod of it answers. */
const server = { conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }] };

/** Two runs: nothing is there; all of it is, with the statuses of some. */
function inTwoSteps(statuses: Readonly<Record<string, unknown>>): readonly [Rendered, Rendered] {
  const first = renderComposition(cacheOnprem.manifest, request);
  return [first, renderComposition(cacheOnprem.manifest, request, observe(first, statuses))];
}

test('is ready when its server answers, not before', () => {
  const [first, waiting] = inTwoSteps({});
  expect(first).toMatchObject({ ready: false, results: [] });
  expect(waiting).toMatchObject({ ready: false, results: [], unready: ['server'] });
  expect(inTwoSteps({ server })[1]).toMatchObject({ ready: true, results: [], unready: [] });
});

test('every key of the contract is where the backend says that it is', () => {
  const [{ resources }] = inTwoSteps({});
  const secret = resources.find(({ kind }) => kind === 'Secret');
  expect(cacheOnprem.connection).toEqual({
    host: { secret: '%s-cache', key: 'host' },
    address: { text: '$(host):11211' },
  });
  expect(secret?.metadata.name).toBe('stock-cache');
  const service = resources.find(({ kind }) => kind === 'Service');
  expect(Buffer.from(secret?.data.host, 'base64').toString()).toBe(`${service?.metadata.name}.orders-staging.svc`);
});

test.each([
  ['small', '256', '320Mi'],
  ['large', '2048', '2200Mi'],
])('a %s one keeps %s MiB in a container of %s', (size, kept, limit) => {
  const [container] = composedOf(cacheOnprem, { size })('server').spec.template.spec.containers;
  expect(container.args).toEqual(['--memory-limit', kept]);
  expect(container.resources.limits.memory).toBe(limit);
});

test('what it is made of breaks none of the rules of its own platform', () => {
  const [{ resources }] = inTwoSteps({});
  const objects = resources.map((object) => ({ object, path: object.kind }) as unknown as PlacedObject);
  const judged = acme.policies?.judge({ platform: acme, environment: 'production' }, objects);
  expect(judged).toEqual({ problems: [], warnings: [] });
});

test('a service uses it in one line', () => {
  const topology = { environments: { staging: { clusters: ['eu'] } } };
  const platform = new Platform({ domain: 'acme.io', topology, backends: () => [cacheOnprem] });
  const env = testEnvironment({ platform });
  const api = new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.0.0', port: 8080 });
  api.uses(new Cache(env, 'stock'), { env: { CACHE: 'address' } });
  const [container] = synthObject(api.deployment).spec.template.spec.containers;
  expect(container.env).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'CACHE', value: expect.stringMatching(/\):11211$/) })]),
  );
  expect(synthObject(api.networkPolicy).spec.egress).toContainEqual({
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'team-staging' } },
        podSelector: { matchLabels: { 'acme.io/cache': 'stock' } },
      },
    ],
    ports: [{ port: 11211, protocol: 'TCP' }],
  });
});

test('the README shows it as it is', () => {
  const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');
  const blocks = [...read('README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(blocks).toContain(read('examples/platform/cache.ts'));
});
