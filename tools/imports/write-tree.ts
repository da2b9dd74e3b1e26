import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { byCodeUnit } from './json-schema';

/** Files of `imports/` that people write; everything else there is generated. */
const handwritten = new Set(['patch.ts', 'sources.json', 'typed-object.ts']);

/** What differs between the generated files and a folder, one line each: `missing`, `differs` or `stale` and the path. */
export function treeChanges(files: ReadonlyMap<string, string>, folder: string): string[] {
  const changes = [...files].flatMap(([path, text]) => {
    const target = join(folder, path);
    if (!existsSync(target)) return [`missing ${path}`];
    return readFileSync(target, 'utf8') === text ? [] : [`differs ${path}`];
  });
  return [...changes, ...stale(files, folder).map((path) => `stale ${path}`)];
}

/** Makes a folder hold the generated files and no stale one. */
export function writeTree(files: ReadonlyMap<string, string>, folder: string): void {
  for (const path of stale(files, folder)) rmSync(join(folder, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function stale(files: ReadonlyMap<string, string>, folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !files.has(path) && !handwritten.has(path))
    .sort(byCodeUnit);
}
