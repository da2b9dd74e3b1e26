import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate';
import { readSources } from './sources';
import { treeChanges, writeTree } from './write-tree';

const usage =
  'jiti tools/imports/main.ts [--from DIR] [--check]   DIR holds the CRDs; else the environment says it in GOLDEN_CRDS';

/** Generates `imports/`, or with `--check` only says what would change; the exit code is 1 when anything would. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, check: { type: 'boolean', default: false } } });
  const from = values.from ?? process.env.GOLDEN_CRDS;
  if (!from) throw new Error(`no folder of CRDs; ${usage}`);
  const imports = resolve(__dirname, '../../imports');
  const files = await generate(readSources(join(imports, 'sources.json')), resolve(from));
  const changes = treeChanges(files, imports);
  if (values.check) {
    for (const change of changes) console.error(change);
    if (changes.length > 0) console.error('imports/ is not what its sources give; run `npm run imports`');
    return changes.length > 0 ? 1 : 0;
  }
  writeTree(files, imports);
  console.log(`${files.size} files from ${from}, ${changes.length} changed`);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  },
);
