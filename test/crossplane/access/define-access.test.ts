import { User } from '../../../imports/rabbitmq.com';
import { defineAccess } from '../../../src/crossplane/access/access-api';
import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';
import { composition } from '../../../src/crossplane/composition/composition';
import { joined, keyIn, notNeeded } from '../../../src/crossplane/composition/connection';
import { text } from '../../../src/crossplane/composition/text';
import { renderComposition } from '../../../src/crossplane/testing';
import { Platform } from '../../../src/platform/platform';
import { synthObject, synthObjects, testEnvironment } from '../../../src/testing';
import { GoldenWorker } from '../../../src/workload/golden-worker';

const settings = {
  zone: s.string({ default: 'a', immutable: true, description: 'Zone.', column: 'Zone' }),
  shape: s.object({ kind: s.string({ immutable: true }), size: s.integer({ default: 1, growOnly: true }) }).optional(),
  hidden: s.string().optional(),
};
const cache = defineApi({
  group: 'platform.acme.io',
  kind: 'Cache',
  description: 'A store in memory.',
  categories: ['platform'],
  versions: { v1: { spec: settings } },
  connection: { host: 'Host' },
});
const cacheAccess = defineAccess(cache, {
  verbs: { read: 'Read what is cached', write: 'Put something into the cache' },
  depends: ['zone', 'shape'],
  credentials: { token: 'What is sent with every command' },
});
class Cache extends cache.Request {
  readonly access = cacheAccess;
}

describe('access to an API of the platform team', () => {
  test('is an API of its own, in the same group', () => {
    const { metadata, spec } = cacheAccess.xrd();
    expect(metadata?.name).toBe('cacheaccesses.platform.acme.io');
    expect(spec).toMatchObject({ group: 'platform.acme.io', names: { kind: 'CacheAccess', categories: ['platform'] } });
    expect(cacheAccess.accessTo).toBe(cache);
  });

  test('says of the resource what it depends on, and lets that change as it changes', () => {
    const { properties } = cacheAccess.referenceable.schema.spec.properties?.resource ?? {};
    expect(Object.keys(properties ?? {})).toEqual(['name', 'formerName', 'formerNamespace', 'zone', 'shape']);
    expect(JSON.stringify([properties?.zone, properties?.shape])).not.toContain('oldSelf');
    expect(properties?.zone).toMatchObject({ type: 'string', default: 'a' });
  });

  test('shows in kubectl who may do what, and to what', () => {
    const { spec } = cacheAccess.xrd() as { spec: { versions: { additionalPrinterColumns: { name: string }[] }[] } };
    expect(spec.versions[0].additionalPrinterColumns.map(({ name }) => name)).toEqual(['Verb', 'Account', 'Target']);
  });

  test('is asked for by who uses the resource, and fulfilled by a composition as anything is', () => {
    const backends = [
      composition(cache, { name: 'caches' }, (c) => {
        const user = c.add('x', User, { spec: { rabbitmqClusterReference: { name: 'x' } } });
        return c.report({ connection: { host: user.metadata.name } });
      }),
      composition(cacheAccess, { name: 'cacheaccesses' }, (c) => {
        const { name } = c.xr.metadata;
        c.add('user', User, {
          metadata: { name, labels: { verb: c.xr.spec.verb, zone: c.xr.spec.resource.zone } },
          spec: { rabbitmqClusterReference: { name: 'x' } },
        });
        return c.report({ connection: { token: keyIn(text`${name}-token`, 'token') } });
      }),
    ];
    const platform = new Platform({
      domain: 'acme.io',
      backends: () => backends,
      topology: { environments: { dev: { clusters: ['eu-dev'] } } },
    });
    const env = testEnvironment({ platform, environment: 'dev', team: 'orders' });
    const worker = new GoldenWorker(env, 'filler', { image: `ghcr.io/acme/filler:1@sha256:${'a'.repeat(64)}` });
    worker.uses(new Cache(env, 'stock', { zone: 'b' }), 'write', { env: { TOKEN: 'token' } });

    const asked = synthObjects(env).find(({ kind }) => kind === 'CacheAccess');
    expect(asked).toMatchObject({
      metadata: { name: 'filler-stock-write' },
      spec: { verb: 'write', account: 'filler', resource: { name: 'stock', zone: 'b' } },
    });
    expect(synthObject(worker.deployment).spec.template.spec.containers[0].env).toContainEqual({
      name: 'TOKEN',
      valueFrom: { secretKeyRef: { name: 'filler-stock-write-token', key: 'token' } },
    });
    const request = { ...asked, metadata: { ...asked?.metadata, uid: 'x' }, spec: { ...asked?.spec, crossplane: {} } };
    const { resources } = renderComposition(backends[1].manifest, request as never);
    expect(resources[0].metadata.labels).toMatchObject({ verb: 'write', zone: 'b' });
  });
});

describe('a credential that is not needed', () => {
  const made = (token: Parameters<typeof joined>[0] | typeof notNeeded) =>
    composition(
      defineApi({
        group: 'platform.acme.io',
        kind: 'Thing',
        description: 'A thing.',
        versions: { v1: { spec: {} } },
        connection: { user: 'User', token: 'Token', uri: 'Both' },
      }),
      { name: 'things' },
      (c) => {
        c.add('x', User, { spec: { rabbitmqClusterReference: { name: 'x' } } });
        return c.report({ connection: { user: 'me', token, uri: joined('x://$(user):$(token)') } });
      },
    );

  test('is nowhere, which a text of several keys cannot be made from', () => {
    expect(made('secret').connection.uri).toEqual({ text: 'x://$(user):$(token)' });
    expect(() => made(notNeeded)).toThrow(
      'connection.uri: joined("x://$(user):$(token)") names "token", which is no other key that there is',
    );
  });
});
