import { synthObject } from 'cdk8s-golden-path/testing';
import { containerOf, kindsOf, podOf, service, templateOf } from './workloads';

const checksumOf = (props: Parameters<typeof service>[0]) =>
  templateOf(service(props)).metadata?.annotations?.['checksum/config'];

test('config is text in a ConfigMap that the container reads', () => {
  const api = service({ config: { BATCH: 50, DEBUG: false, MODE: 'fast' } });
  expect(synthObject(api.configMap).data).toEqual({ BATCH: '50', DEBUG: 'false', MODE: 'fast' });
  expect(containerOf(api).envFrom).toEqual([{ configMapRef: { name: 'api' } }]);
});

test('files are mounted one by one, where they were asked for', () => {
  const api = service({ files: { '/etc/app/app.yaml': 'a: 1\n' } });
  expect(synthObject(api.filesConfigMap).data).toEqual({ 'app.yaml': 'a: 1\n' });
  expect(containerOf(api).volumeMounts).toContainEqual({
    name: 'files',
    mountPath: '/etc/app/app.yaml',
    subPath: 'app.yaml',
    readOnly: true,
  });
});

test('files of one base name do not meet in one key', () => {
  const { filesConfigMap } = service({ files: { '/a/app.yaml': '1', '/b/app.yaml': '2' } });
  expect(synthObject(filesConfigMap).data).toEqual({ 'a__app.yaml': '1', 'b__app.yaml': '2' });
});

test.each([
  ['a value', { config: { A: '1' } }, { config: { A: '2' } }],
  ['a file', { files: { '/a': '1' } }, { files: { '/a': '2' } }],
])('pods roll when the content of %s changes', (_, before, after) => {
  expect(checksumOf(before)).not.toBe(checksumOf(after));
});

test('pods stay when the content does', () => {
  expect(checksumOf({ config: { A: '1' }, size: 'small' })).toBe(checksumOf({ config: { A: '1' }, size: 'large' }));
});

test('the order in which files are named does not roll pods', () => {
  expect(checksumOf({ files: { '/a': '1', '/b': '2' } })).toBe(checksumOf({ files: { '/b': '2', '/a': '1' } }));
});

test('the order in which values are named does not roll pods', () => {
  expect(checksumOf({ config: { A: '1', B: '2' } })).toBe(checksumOf({ config: { B: '2', A: '1' } }));
});

test('without configuration there is no ConfigMap and no checksum', () => {
  expect(kindsOf(service())).not.toContain('ConfigMap');
  expect(templateOf(service()).metadata).not.toHaveProperty('annotations');
});

test('/tmp is writable', () => {
  expect(podOf(service()).volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
  expect(containerOf(service()).volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
});
