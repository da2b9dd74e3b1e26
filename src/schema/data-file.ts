import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of generated schemas: beside the sources, or in the package's root when this file is compiled. */
const folder = [join(__dirname, '../../imports'), join(__dirname, '../../../imports')].find((candidate) =>
  existsSync(join(candidate, 'crds/index.json')),
);

/**
 * Reads a generated file of schemas.
 *
 * @param path below `imports/`, like `kubernetes/index.json`
 * @throws Error when the package is incomplete
 */
export function readDataFile(path: string): unknown {
  if (folder === undefined) throw new Error('the package lacks its schemas (imports/crds); install it again');
  return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}
