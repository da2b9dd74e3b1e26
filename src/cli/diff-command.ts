import type { Command } from 'commander';
import type { DiffFlags } from './diff';
import { exitCodeTable } from './exit-codes';
import { repeatable } from './repeatable';
import { timeoutOption } from './timeout-option';

const help = `
A tree is a folder, the URL of a repository (its own branch, or URL#branch), or
a commit of the git repository around this folder: HEAD, main~2, or main:deploy
for a folder in it. ../gitops#main is a commit of the repository there.

Objects are compared as a cluster reads them: the order of keys, defaults of the
API server and the spelling of quantities make no difference. What may break
something comes first: data and objects that are deleted, fields that can't be
changed, security that is weakened, what is reached from outside, rights,
networks, selectors, capacity, and policies that are tightened.

${exitCodeTable([0, 1, 2, 3, 4, 7, 9, 10, 11])}
With --exit-code, 1 means that something differs, and 9 also that something is
wrong with the apps.

Examples:
  golden diff --against ../gitops
  golden diff orders/app.ts --against https://github.com/acme/gitops -e staging
  golden diff --against main:deploy --markdown > comment.md`;

/** Adds `golden diff`. */
export function addDiffCommand(program: Command): void {
  program
    .command('diff')
    .description('compare what apps render with a tree, object by object, and name the risks first')
    .argument('[apps...]', 'app files', ['app.ts'])
    .option('--against <tree>', "a folder, a repository or a commit (default: the platform's GitOps repository)")
    .option('-e, --environment <name>', 'only this environment (repeatable)', repeatable)
    .option('--markdown', 'print a comment for a pull request, of at most 65,536 characters')
    .option('--exit-code', 'end with 1 when anything differs')
    .addOption(timeoutOption())
    .option('--json', 'print the comparison as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (apps: string[], flags: DiffFlags, command: Command) => {
      if (flags.markdown && flags.json) command.error('error: give either --markdown or --json');
      const { diffApps } = require('./diff') as typeof import('./diff');
      process.exitCode = await diffApps(apps, flags);
    });
}
