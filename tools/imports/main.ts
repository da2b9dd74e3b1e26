import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate';
import { readSources } from './sources';
import { treeChanges, writeTree } from './write-tree';

const root = resolve(__dirname, '../..');

const usage = `jiti tools/imports/main.ts [--from DIR] [--check] [--sources FILE] [--to DIR]
  --from DIR      the upstream files; else the environment names the folder in GOLDEN_CRDS
  --check         change nothing, name what would change, and fail when anything would
  --sources FILE  the list to generate from (imports/sources.json)
  --to DIR        the folder to generate into (imports)`;

/** Generates `imports/` and answers with the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: process.env.GOLDEN_CRDS },
      to: { type: 'string', default: join(root, 'imports') },
      sources: { type: 'string', default: join(root, 'imports/sources.json') },
      check: { type: 'boolean', default: false },
    },
  });
  if (!values.from) throw new Error(`no folder to read the upstream files from\n${usage}`);
  const files = await generate(readSources(resolve(values.sources)), resolve(values.from));
  const changes = treeChanges(files, resolve(values.to));
  if (values.check) {
    for (const change of changes) console.error(change);
    if (changes.length > 0) console.error('the imports are not what their sources give; run `npm run imports`');
    return changes.length > 0 ? 1 : 0;
  }
  writeTree(files, resolve(values.to));
  console.log(`${files.size} files, ${changes.length} changed`);
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
