import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../platform/golden-error';

/** A file of YAML or JSON. */
export interface YamlFile {
  readonly path: string;
  readonly text: string;
}

/** What a file that may hold objects is called. */
export const yamlName = /\.(ya?ml|json)$/i;

/** Whether a folder, or one below it, has such a file. */
export function holdsYaml(folder: string): boolean {
  return entriesOf(folder).some((entry) => entry.isFile() || holdsYaml(join(folder, entry.name)));
}

/**
 * The files that a path means: itself, everything below a folder, or what is piped in by `-`.
 *
 * @throws GoldenError when there is nothing at the path.
 */
export function* yamlFiles(path: string): Generator<YamlFile> {
  const stats = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path === '-') yield { path: 'stdin', text: readFileSync(0, 'utf8') };
  else if (!stats) refuse(path, 'there is no such file; give YAML or JSON, a folder of it, or - for what is piped in');
  else if (!stats.isDirectory()) yield { path, text: readFileSync(path, 'utf8') };
  else for (const { name } of entriesOf(path)) yield* yamlFiles(join(path, name));
}

/** What of a folder is looked at: nothing hidden, no installed packages, and no links, which may lead out of it. */
function entriesOf(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .filter((entry) => entry.isDirectory() || (entry.isFile() && yamlName.test(entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
