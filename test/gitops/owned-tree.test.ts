import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { planTree, writeTree } from '../../src/gitops/owned-tree';
import { api, change, first, newFolder, put, removeFolders, renderOf, snapshot, web } from './trees';

afterEach(removeFolders);

describe('a write', () => {
  test('lays out the files with an index in each folder, and leaves nothing else behind', () => {
    const root = newFolder();
    writeTree(root, first);
    expect(Object.keys(snapshot(root))).toEqual([
      'production',
      'production/eu',
      'production/eu/orders',
      web,
      `${web}/.golden-index`,
      `${web}/service-web.yaml`,
      'staging',
      'staging/eu',
      'staging/eu/orders',
      api,
      `${api}/.golden-index`,
      `${api}/deployment-api.yaml`,
      `${api}/service-api.yaml`,
    ]);
    expect(snapshot(root)[`${api}/.golden-index`]).toBe(`{
  "format": 1,
  "app": "orders",
  "about": {
    "libraryVersion": "1.0.0",
    "team": "orders"
  },
  "files": {
    "deployment-api.yaml": "${sha('kind: Deployment\n')}",
    "service-api.yaml": "${sha('kind: Service\n')}"
  }
}
`);
  });

  test('makes the root when there is none', () => {
    const root = path.join(newFolder(), 'out', 'tree');
    writeTree(root, first);
    expect(fs.existsSync(path.join(root, api, 'service-api.yaml'))).toBe(true);
  });

  test('touches no inode and no time of what is unchanged', () => {
    const root = newFolder();
    writeTree(root, first);
    const stats = (file: string) => {
      const { ino, nlink, mtimeMs, ctimeMs } = fs.statSync(path.join(root, file));
      return { ino, nlink, mtimeMs, ctimeMs };
    };
    const [file, folder, kept] = [stats(`${web}/service-web.yaml`), stats(web), stats(`${api}/service-api.yaml`)];
    writeTree(root, change(first, api, 'deployment-api.yaml', 'kind: Deployment\nspec: {}\n'));
    expect(stats(`${web}/service-web.yaml`)).toEqual(file);
    expect(stats(web)).toEqual(folder);
    expect(stats(`${api}/service-api.yaml`)).toMatchObject({ ino: kept.ino, mtimeMs: kept.mtimeMs, nlink: 1 });
    expect(snapshot(root)[`${api}/deployment-api.yaml`]).toBe('kind: Deployment\nspec: {}\n');
  });

  test('prunes stale files, folders the app no longer renders, and the folders above them', () => {
    const root = newFolder();
    writeTree(root, first);
    writeTree(
      root,
      renderOf('orders', { [api]: { 'service-api.yaml': 'kind: Service\n' } }, ['staging', 'production']),
    );
    expect(Object.keys(snapshot(root))).toEqual([
      'staging',
      'staging/eu',
      'staging/eu/orders',
      api,
      `${api}/.golden-index`,
      `${api}/service-api.yaml`,
    ]);
  });

  test('leaves alone the environments that the render does not cover', () => {
    const root = newFolder();
    writeTree(root, first);
    writeTree(root, renderOf('orders', { [api]: { 'service-api.yaml': 'kind: Service\n' } }));
    expect(snapshot(root)).toHaveProperty([`${web}/service-web.yaml`]);
  });

  test('leaves alone other apps and all else that lies in the root', () => {
    const root = newFolder();
    const foreign = {
      'README.md': 'hello',
      '.git/HEAD': 'ref',
      '.github/CODEOWNERS': '*',
      'staging/README.md': 'env',
      'docs/a/b/c/d.md': 'deep',
    };
    for (const [file, content] of Object.entries(foreign)) {
      put(root, file, content);
    }
    writeTree(root, renderOf('payments', { 'staging/eu/orders/payments': { 'a.yaml': 'a\n' } }));
    writeTree(root, first);
    writeTree(root, renderOf('orders', { 'staging/eu/orders/new': { 'a.yaml': 'a\n' } }, ['staging', 'production']));
    const after = snapshot(root);
    expect(after).toMatchObject(foreign);
    expect(after).toHaveProperty(['staging/eu/orders/payments/a.yaml']);
    expect(after).not.toHaveProperty([`${api}/service-api.yaml`]);
  });

  test('changes the index alone when only the facts change', () => {
    const root = newFolder();
    writeTree(root, first);
    const plan = writeTree(root, {
      ...first,
      folders: first.folders.map((each) => ({ ...each, about: { libraryVersion: '1.1.0' } })),
    });
    expect(plan.folders.map(({ change, changed }) => [change, changed])).toEqual([
      ['changed', []],
      ['changed', []],
    ]);
    expect(snapshot(root)[`${api}/.golden-index`]).toContain('1.1.0');
  });

  test('restores an owned file that is missing', () => {
    const root = newFolder();
    writeTree(root, first);
    const before = snapshot(root);
    fs.rmSync(path.join(root, api, 'service-api.yaml'));
    writeTree(root, first);
    expect(snapshot(root)).toEqual(before);
  });
});

describe('a plan', () => {
  test('says for each folder what is added, changed, removed and unchanged, and writes nothing', () => {
    const root = newFolder();
    writeTree(root, first);
    const before = snapshot(root);
    const next = renderOf(
      'orders',
      {
        [api]: { 'deployment-api.yaml': 'changed\n', 'job-api.yaml': 'new\n' },
        'staging/eu/_cluster/api': { 'namespace-orders.yaml': 'new\n' },
      },
      ['staging', 'production'],
    );
    expect(planTree(root, next)).toEqual({
      problems: [],
      folders: [
        { folder: web, change: 'removed', added: [], changed: [], removed: ['service-web.yaml'], unchanged: [] },
        {
          folder: 'staging/eu/_cluster/api',
          change: 'added',
          added: ['namespace-orders.yaml'],
          changed: [],
          removed: [],
          unchanged: [],
        },
        {
          folder: api,
          change: 'changed',
          added: ['job-api.yaml'],
          changed: ['deployment-api.yaml'],
          removed: ['service-api.yaml'],
          unchanged: [],
        },
      ],
    });
    expect(snapshot(root)).toEqual(before);
    expect(planTree(root, first).folders.map(({ change }) => change)).toEqual(['unchanged', 'unchanged']);
    expect(writeTree(root, next)).toEqual({ ...planTree(newFolder(), next), folders: expect.any(Array) });
  });

  test('of a root that does not exist is all additions, and does not make it', () => {
    const root = path.join(newFolder(), 'tree');
    expect(planTree(root, first).folders.map(({ change }) => change)).toEqual(['added', 'added']);
    expect(fs.existsSync(root)).toBe(false);
  });
});

test('any sequence of renders ends in the same bytes as one fresh render of the last', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const files = fc.dictionary(
    name.map((each) => `service-${each}.yaml`),
    fc.constantFrom('one\n', 'two\n', '', '\ufffd\n'),
    { minKeys: 1 },
  );
  const folder = fc.tuple(fc.constantFrom('staging', 'production'), name, name, name).map((parts) => parts.join('/'));
  const render = fc.dictionary(folder, files, { minKeys: 1, maxKeys: 4 });
  fc.assert(
    fc.property(fc.array(render, { minLength: 1, maxLength: 5 }), (renders) => {
      const [root, fresh] = [newFolder(), newFolder()];
      for (const each of renders) {
        writeTree(root, renderOf('orders', each, ['staging', 'production']));
      }
      writeTree(fresh, renderOf('orders', renders[renders.length - 1], ['staging', 'production']));
      expect(snapshot(root)).toEqual(snapshot(fresh));
      removeFolders();
    }),
    { numRuns: 100 },
  );
});

function sha(content: string): string {
  return crypto.createHash('sha256').update(content).digest('hex');
}
