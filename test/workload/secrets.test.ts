import { Platform } from 'cdk8s-golden-path';
import { synthObject, synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { containerOf, furnished, kindsOf, podOf, service, variableOf, worker } from './workloads';

const env = () => testEnvironment();
const key = env().secret('orders/db', 'url');
const reload = 'secret.reloader.stakater.com/reload';

test('a value of the store is fetched into the workload’s own Secret and read from there', () => {
  const api = service({ env: { DATABASE_URL: key } });
  expect(synthObject(api.externalSecret).spec.data).toMatchObject([
    { secretKey: 'DATABASE_URL', remoteRef: { key: 'orders/db', property: 'url' } },
  ]);
  expect(variableOf(api, 'DATABASE_URL').valueFrom).toEqual({ secretKeyRef: { name: 'api', key: 'DATABASE_URL' } });
});

test('a secret without a key is taken whole', () => {
  const { externalSecret } = service({ env: { TOKEN: env().secret('orders/token') } });
  expect(synthObject(externalSecret).spec.data[0].remoteRef).not.toHaveProperty('property');
});

test('a value that is added later is fetched too', () => {
  const api = service();
  api.env('A', key);
  api.env('B', key);
  expect(synthObject(api.externalSecret).spec.data.map((d: { secretKey: string }) => d.secretKey)).toEqual(['A', 'B']);
  expect(synthObject(api.deployment).metadata.annotations).toHaveProperty([reload], 'api');
});

test('all properties of a secret become variables', () => {
  const api = service({ secretsFrom: [env().secret('orders/all')] });
  expect(synthObject(api.externalSecret).spec.dataFrom).toMatchObject([{ extract: { key: 'orders/all' } }]);
  expect(containerOf(api).envFrom).toEqual([{ secretRef: { name: 'api' } }]);
});

test('an existing Secret is read and nothing is fetched', () => {
  const api = service({ existingSecrets: ['legacy'] }, furnished('Secret'));
  expect(containerOf(api).envFrom).toEqual([{ secretRef: { name: 'legacy' } }]);
  expect(kindsOf(api)).not.toContain('ExternalSecret');
});

test('a secret file is mounted read-only at its path', () => {
  const api = service({ secretFiles: { '/etc/tls/tls.key': env().secret('orders/tls', 'key') } });
  expect(containerOf(api).volumeMounts).toContainEqual({
    name: 'secret-files',
    mountPath: '/etc/tls/tls.key',
    subPath: 'etc__tls__tls.key',
    readOnly: true,
  });
  expect(podOf(api).volumes).toContainEqual({ name: 'secret-files', secret: { secretName: 'api' } });
  expect(synthObject(api.externalSecret).spec.data[0].secretKey).toBe('etc__tls__tls.key');
});

test('a template composes values', () => {
  const template = 'postgres://app:{{ .PASSWORD }}@db';
  const { externalSecret } = service({ env: { PASSWORD: key }, secretTemplates: { DATABASE_URL: template } });
  expect(synthObject(externalSecret).spec.target.template).toMatchObject({
    mergePolicy: 'Merge',
    data: { DATABASE_URL: template },
  });
});

test.each([
  [undefined, '1h'],
  ['15m', '15m'],
])('with the refresh %p values are read again every %s', (secretRefresh, interval) => {
  const { externalSecret } = service({ env: { A: key }, secretRefresh });
  expect(synthObject(externalSecret).spec.refreshInterval).toBe(interval);
});

test('pods restart on rotation unless told not to', () => {
  const annotations = (restartOnRotation?: boolean) =>
    synthObject(service({ env: { A: key }, restartOnRotation }).deployment).metadata.annotations ?? {};
  expect(annotations()).toHaveProperty([reload], 'api');
  expect(annotations(false)).not.toHaveProperty([reload]);
});

test('the store is the platform’s', () => {
  const platform = new Platform({ domain: 'acme.io', secretStore: { name: 'vault', kind: 'ClusterSecretStore' } });
  const { externalSecret } = service({ env: { A: key } }, testEnvironment({ platform }));
  expect(synthObject(externalSecret).spec.secretStoreRef).toEqual({ name: 'vault', kind: 'ClusterSecretStore' });
});

test('the Secret outlives a store that fails', () => {
  expect(synthObject(service({ env: { A: key } }).externalSecret).spec.target.deletionPolicy).toBe('Retain');
});

test('no Secret is ever rendered', () => {
  const scope = env();
  service({ env: { A: key }, secretsFrom: [key], secretFiles: { '/a': key } }, scope);
  worker({ env: { A: key } }, scope);
  expect(synthObjects(scope).map(({ kind }) => kind)).not.toContain('Secret');
});

test('a sidecar’s value of the store is fetched with the workload’s', () => {
  const sidecars = { proxy: { image: 'ghcr.io/acme/proxy:1', env: { TOKEN: key } } };
  const api = service({ sidecars });
  expect(synthObject(api.externalSecret).spec.data[0].secretKey).toBe('TOKEN');
  expect(podOf(api).initContainers[0].env[0].valueFrom.secretKeyRef).toEqual({ name: 'api', key: 'TOKEN' });
});

describe('two values that want one key of the Secret', () => {
  const other = env().secret('proxy/token', 'value');
  const stored = (workload: ReturnType<typeof service>) =>
    Object.fromEntries(
      synthObject(workload.externalSecret).spec.data.map((d: { secretKey: string; remoteRef: { key: string } }) => [
        d.secretKey,
        d.remoteRef.key,
      ]),
    );
  const proxy = { image: 'ghcr.io/acme/proxy:1', env: { TOKEN: other } };
  const keyOf = (container: { env: { name: string; valueFrom: object }[] }) =>
    container.env.find(({ name }) => name === 'TOKEN')?.valueFrom;

  test('a sidecar’s variable of the main container’s name has a key of its own', () => {
    const api = service({ env: { TOKEN: key }, sidecars: { proxy } });
    expect(stored(api)).toEqual({ TOKEN: 'orders/db', 'proxy.TOKEN': 'proxy/token' });
    expect(keyOf(containerOf(api) as never)).toEqual({ secretKeyRef: { name: 'api', key: 'TOKEN' } });
    expect(keyOf(podOf(api).initContainers[0])).toEqual({ secretKeyRef: { name: 'api', key: 'proxy.TOKEN' } });
  });

  test('so have variables of two extra containers', () => {
    const api = service({ initContainers: { proxy }, extraContainers: { agent: { ...proxy, env: { TOKEN: key } } } });
    expect(stored(api)).toEqual({ TOKEN: 'proxy/token', 'agent.TOKEN': 'orders/db' });
    expect(keyOf(podOf(api).containers[1])).toEqual({ secretKeyRef: { name: 'api', key: 'agent.TOKEN' } });
  });

  test('a variable that the main container is given later does not take the value away', () => {
    const api = service({ sidecars: { proxy } });
    api.env('TOKEN', key);
    expect(stored(api)).toEqual({ TOKEN: 'orders/db', 'proxy.TOKEN': 'proxy/token' });
    expect(keyOf(podOf(api).initContainers[0])).toEqual({ secretKeyRef: { name: 'api', key: 'proxy.TOKEN' } });
  });

  test('an inherited variable reads the main container’s value, an own one of its name its own', () => {
    const inherits = { image: 'ghcr.io/acme/proxy:1', inheritEnv: true };
    const api = service({ env: { TOKEN: key }, sidecars: { inherits, proxy: { ...proxy, inheritEnv: true } } });
    const [inheriting, own] = podOf(api).initContainers;
    expect(keyOf(inheriting)).toEqual({ secretKeyRef: { name: 'api', key: 'TOKEN' } });
    expect(keyOf(own)).toEqual({ secretKeyRef: { name: 'api', key: 'proxy.TOKEN' } });
    expect(own.env.filter(({ name }: { name: string }) => name === 'TOKEN')).toHaveLength(1);
  });

  test('one value that several containers read is stored once', () => {
    const api = service({ env: { TOKEN: other }, sidecars: { proxy } });
    expect(stored(api)).toEqual({ TOKEN: 'proxy/token' });
  });

  test('a file keeps clear of a variable, and of a file whose path reads alike', () => {
    const api = service({ env: { TOKEN: key }, secretFiles: { '/TOKEN': other, '/a/b': key, '/a__b': other } });
    expect(stored(api)).toEqual({
      TOKEN: 'orders/db',
      'file.TOKEN': 'proxy/token',
      a__b: 'orders/db',
      'file.a__b': 'proxy/token',
    });
    const mounts = containerOf(api).volumeMounts.filter(({ name }: { name: string }) => name === 'secret-files');
    expect(
      Object.fromEntries(mounts.map((m: { mountPath: string; subPath: string }) => [m.mountPath, m.subPath])),
    ).toEqual({ '/TOKEN': 'file.TOKEN', '/a/b': 'a__b', '/a__b': 'file.a__b' });
  });

  test('a name that looks like another container’s key is no clash either', () => {
    const api = service({ env: { TOKEN: key, 'proxy.TOKEN': key }, sidecars: { proxy } });
    expect(stored(api)).toMatchObject({ 'proxy.TOKEN': 'orders/db', 'proxy.proxy.TOKEN': 'proxy/token' });
  });
});
