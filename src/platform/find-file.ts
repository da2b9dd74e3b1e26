import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The nearest file of a name, from a folder upwards, as `package.json` is found; undefined when no folder above has it. */
export function findFile(name: string, from: string = process.cwd()): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}
