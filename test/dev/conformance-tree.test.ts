import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readTree } from '../conformance/tree';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

const manifest = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\n`;

test('each environment and cluster is a tree of its own, in order of name', () => {
  write('staging/eu/shop/api/b.yaml', manifest('b'));
  write('staging/eu/shop/api/a.yaml', manifest('a'));
  write('production/us/shop/api/c.yaml', manifest('c'));
  write('production/eu/_cluster/api/d.yaml', manifest('d'));
  const trees = readTree(root).map(({ name, manifests }) => [name, manifests.map(({ file }) => file)]);
  expect(trees).toEqual([
    ['production/eu', ['_cluster/api/d.yaml']],
    ['production/us', ['shop/api/c.yaml']],
    ['staging/eu', ['shop/api/a.yaml', 'shop/api/b.yaml']],
  ]);
});

test('a manifest keeps its bytes, so that the server reads what was written', () => {
  const text = `${manifest('a')}data:\n  # a comment\n  'on': "0777"\n`;
  write('test/one/shop/api/a.yaml', text);
  const [{ manifests }] = readTree(root);
  expect(manifests[0].bytes.toString()).toBe(text);
  expect(manifests[0].object).toMatchObject({ data: { on: '0777' } });
});

test('indexes and scratch folders, whose names start with a dot, are not applied', () => {
  write('test/one/shop/api/a.yaml', manifest('a'));
  write('test/one/shop/api/.golden-index', '{}');
  write('.golden/one/shop/a.yaml', 'not: a manifest');
  expect(readTree(root).map(({ manifests }) => manifests.length)).toEqual([1]);
});

test('every file that is no manifest is named at once', () => {
  write('test/one/two-objects.yaml', `${manifest('a')}---\n${manifest('b')}`);
  write('test/one/nothing.yaml', '');
  write('test/one/nameless.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n');
  write('test/one/notes.txt', 'hello');
  expect(() => readTree(root)).toThrow(
    [
      '  test/one/nameless.yaml lacks apiVersion, kind or metadata.name',
      '  test/one/notes.txt is no YAML file',
      '  test/one/nothing.yaml holds 0 documents instead of one',
      '  test/one/two-objects.yaml holds 2 documents instead of one',
    ].join('\n'),
  );
});

test('an empty tree is an error, since it would prove nothing', () => {
  expect(() => readTree(root)).toThrow(/is empty/);
});
