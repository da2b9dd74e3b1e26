import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isTree } from '../../src/cli/is-tree';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'golden-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
}

test.each([
  ['an app was rendered', 'dev/a/orders-dev/orders/.golden-index', true],
  ['a write is under way', '.golden/journal', true],
  ['there is YAML', 'dev/a/orders-dev/orders/deployment-api.yaml', false],
  ['an index is at another depth', 'dev/a/orders-dev/orders/more/.golden-index', false],
  ['a folder is hidden', '.git/a/orders-dev/orders/.golden-index', false],
])('a folder in which %s: %s is a tree: %s', (_, path, expected) => {
  put('dev/a/other/other/file.yaml');
  put(path);
  expect(isTree(root)).toBe(expected);
});

test('an environment that is a link makes a tree, which then names it', () => {
  put('.elsewhere/dev/a/orders-dev/orders/.golden-index');
  symlinkSync('.elsewhere/dev', join(root, 'dev'));
  symlinkSync('itself', join(root, 'itself'));
  expect(isTree(root)).toBe(true);
});

test('an index that is a link makes a tree, which then names it', () => {
  put('dev/a/orders-dev/orders/file.yaml');
  symlinkSync('nowhere', join(root, 'dev/a/orders-dev/orders/.golden-index'));
  expect(isTree(root)).toBe(true);
});
