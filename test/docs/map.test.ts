import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const map = readFileSync(join(root, 'docs/map.md'), 'utf8');
const paths = [...map.matchAll(/`([^`\s]+)`/g)].map(([, path]) => path);

test('every path that the map of the code names is there', () => {
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the map stays one page, and the README leads to it', () => {
  expect(map.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('(docs/map.md)');
});
