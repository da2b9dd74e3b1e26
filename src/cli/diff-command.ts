import type { Command } from 'commander';
import type { DiffFlags } from './diff';
import { exitCodeTable } from './exit-codes';
import { repeatable } from './repeatable';
import { timeoutOption } from './timeout-option';

const help = `
A tree is a folder, the URL of a repository (its own branch, or URL#branch), or
a commit of the git repository around this folder: HEAD, main~2, or main:deploy
for a folder in it. ../gitops#main is a commit of the repository there.

"live" compares with what runs: it asks each cluster, through kubectl, what
applying the render would make of each object, without keeping it. So defaults
and what controllers wrote do not show, and what the API server refuses does.
That takes the right to get, to patch, and to list what is no longer rendered.
Give the context of each cluster; for a folder of that name, write ./live.

Objects are compared as a cluster reads them: the order of keys, defaults of the
API server and the spelling of quantities make no difference. What may break
something comes first: data and objects that are deleted, fields that can't be
changed, security that is weakened, what is reached from outside, rights,
networks, selectors, capacity, and policies that are tightened.

${exitCodeTable([0, 1, 2, 3, 4, 7, 9, 10, 11, 14])}
With --exit-code, 1 means that something differs, and 9 also that something is
wrong with the apps.

Examples:
  golden diff --against ../gitops
  golden diff orders/app.ts --against https://github.com/acme/gitops -e staging
  golden diff --against main:deploy --markdown > comment.md
  golden diff --against live -e dev --context dev
  golden diff --against live --context eu-prod=prod-eu --context us-prod=prod-us`;

/** Adds `golden diff`. */
export function addDiffCommand(program: Command): void {
  program
    .command('diff')
    .description('compare what apps render with a tree or with what runs, and name the risks first')
    .argument('[apps...]', 'app files', ['app.ts'])
    .option('--against <tree>', "a folder, a repository, a commit, or live (default: the platform's GitOps repository)")
    .option(
      '--context <name>',
      'with live: the context that kubectl has for the cluster, or CLUSTER=CONTEXT for one of several (repeatable)',
      repeatable,
    )
    .option('-e, --environment <name>', 'only this environment (repeatable)', repeatable)
    .option('--markdown', 'print a comment for a pull request, of at most 65,536 characters')
    .option('--exit-code', 'end with 1 when anything differs')
    .addOption(timeoutOption())
    .option('--json', 'print the comparison as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (apps: string[], flags: DiffFlags, command: Command) => {
      if (flags.markdown && flags.json) command.error('error: give either --markdown or --json');
      if (flags.context && flags.against !== 'live') command.error('error: --context is for --against live');
      const { diffApps } = require('./diff') as typeof import('./diff');
      process.exitCode = await diffApps(apps, flags);
    });
}
