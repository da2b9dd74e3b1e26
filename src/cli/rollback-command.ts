import type { Command } from 'commander';
import { exitCodeTable } from './exit-codes';
import type { RollbackFlags } from './rollback';

const help = `
What the app was in the environment before its files changed last is brought
back as a new commit, byte by byte; nothing is rendered, and no history is
rewritten. The commit ends with the trailer Rolled-Back-To. Databases do not go
back in time.

The change is printed first. It is made when you say yes, or at once with --yes,
which a pipeline needs.

${exitCodeTable([0, 1, 2, 3, 4, 5, 6, 7, 13])}

Examples:
  golden rollback orders -e production --repo https://github.com/acme/gitops
  golden rollback orders -e production --repo ../gitops.git --to 4f2c9d1 --yes`;

/** Adds `golden rollback`. */
export function addRollbackCommand(program: Command): void {
  program
    .command('rollback')
    .description('bring back what an environment ran before, as a new commit')
    .argument('<app>', 'the app, or <team>/<app>')
    .requiredOption('-e, --environment <name>', 'the environment')
    .requiredOption('--repo <address>', 'the GitOps repository')
    .option('--to <commit>', "a commit of the GitOps repository (default: before the app's files changed last)")
    .option('--branch <name>', "the branch (default: the repository's own)")
    .option(
      '--pull-request',
      'push a branch golden/<team>/<app>/<environment>, and print where to open the pull request',
    )
    .option('-m, --message <text>', 'what the commit says (default: what is brought back)')
    .option('--dry-run', 'print the change, and make none')
    .option('--yes', 'do not ask')
    .option('--force', 'overwrite files of the app that were edited by hand in the repository')
    .option('--json', 'print the report as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (app: string, flags: RollbackFlags) => {
      const { rollback } = require('./rollback') as typeof import('./rollback');
      process.exitCode = await rollback(app, flags);
    });
}
