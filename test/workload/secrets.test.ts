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
