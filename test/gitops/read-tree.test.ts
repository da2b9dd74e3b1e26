import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeTree } from '../../src/gitops/owned-tree';
import { readTree } from '../../src/gitops/read-tree';
import { api, first, newFolder, problemsOf, put, removeFolders, renderOf, snapshot, web } from './trees';

afterEach(removeFolders);

test('a tree reads back as it was written', () => {
  const root = newFolder();
  writeTree(root, first);
  const [production, staging] = readTree(root);
  expect(production).toMatchObject({
    folder: web,
    environment: 'production',
    cluster: 'eu',
    namespace: 'orders',
    name: 'web',
  });
  expect(staging).toMatchObject({
    index: { app: 'orders', about: { libraryVersion: '1.0.0', team: 'orders' } },
    files: [
      { name: 'deployment-api.yaml', state: 'owned', content: 'kind: Deployment\n' },
      { name: 'service-api.yaml', state: 'owned', content: 'kind: Service\n' },
    ],
    missing: [],
  });
});

test('what changed since is told apart', () => {
  const root = newFolder();
  writeTree(root, first);
  put(root, `${api}/service-api.yaml`, 'edited\n');
  put(root, `${api}/mine.yaml`, 'mine\n');
  fs.rmSync(path.join(root, api, 'deployment-api.yaml'));
  fs.symlinkSync('/etc/passwd', path.join(root, api, 'link.yaml'));
  const [, folder] = readTree(root);
  expect(folder.missing).toEqual(['deployment-api.yaml']);
  expect(folder.files).toEqual([
    { name: 'link.yaml', kind: 'symlink', state: 'foreign', content: undefined },
    { name: 'mine.yaml', kind: 'file', state: 'foreign', content: 'mine\n' },
    { name: 'service-api.yaml', kind: 'file', state: 'edited', content: 'edited\n' },
  ]);
});

test('objects without a namespace have none', () => {
  const root = newFolder();
  writeTree(root, renderOf('orders', { 'staging/eu/_cluster/api': { 'namespace-orders.yaml': 'x\n' } }));
  expect(readTree(root)[0].namespace).toBeUndefined();
});

test('environments and apps can be chosen; folders without an index show only in an environment asked for', () => {
  const root = newFolder();
  writeTree(root, first);
  writeTree(root, renderOf('payments', { 'staging/eu/payments/api': { 'a.yaml': 'a\n' } }));
  put(root, 'staging/eu/orders/stray/a.yaml', 'x');
  put(root, 'docs/a/b/c/d.md', 'x');
  fs.cpSync(path.join(root, 'staging'), path.join(root, '.backup'), { recursive: true });
  const folders = (options?: Parameters<typeof readTree>[1]) => readTree(root, options).map(({ folder }) => folder);
  expect(folders()).toEqual([web, api, 'staging/eu/payments/api']);
  expect(folders({ environments: ['staging'] })).toEqual([api, 'staging/eu/orders/stray', 'staging/eu/payments/api']);
  expect(folders({ app: 'payments' })).toEqual(['staging/eu/payments/api']);
});

test('reading writes nothing, and refuses a root that is none', () => {
  const root = newFolder();
  writeTree(root, first);
  const before = snapshot(root);
  readTree(root);
  expect(snapshot(root)).toEqual(before);
  expect(problemsOf(() => readTree(path.join(root, 'absent')))).toEqual(['there is no such folder; render first']);
  expect(problemsOf(() => readTree(path.join(root, api, 'service-api.yaml')))).toEqual([
    expect.stringMatching(/the output folder is a file/),
  ]);
});
