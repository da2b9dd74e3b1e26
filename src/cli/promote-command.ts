import type { Command } from 'commander';
import { exitCodeTable } from './exit-codes';
import type { PromoteFlags } from './promote';
import { repeatable } from './repeatable';
import { timeoutOption } from './timeout-option';

const help = `
Run it in a clone of the app's repository. What the first environment was
rendered from is checked out beside it, with its packages (npm ci), and rendered
for the second one with the images of the first. Every image has to run in the
first environment. Afterwards these pins stand in today's images.lock.yaml;
commit it.

The change is printed first. It is made when you say yes, or at once with --yes,
which a pipeline needs.

${exitCodeTable()}

Examples:
  golden promote orders --from staging --to production \\
    --repo https://github.com/acme/gitops
  golden promote orders/orders --from staging --to production \\
    --repo ../gitops.git --yes --pull-request`;

/** Adds `golden promote`. */
export function addPromoteCommand(program: Command): void {
  program
    .command('promote')
    .description('bring what one environment runs to another: its configuration, libraries and images')
    .argument('<app>', 'the app, or <team>/<app>')
    .requiredOption('--from <environment>', 'the environment that runs it')
    .requiredOption('--to <environment>', 'the environment that it is brought to')
    .requiredOption('--repo <address>', 'the GitOps repository')
    .option('--branch <name>', "the branch (default: the repository's own)")
    .option('--pull-request', 'push a branch golden/<team>/<app>/<to>, and print where to open the pull request')
    .option('-m, --message <text>', 'what the commit says (default: what is promoted)')
    .option('--allow-image <reference>', 'an image that the first environment need not run (repeatable)', repeatable)
    .option('--no-install', 'use the packages that are installed here; its lock file has to be the same')
    .option('--dry-run', 'print the change, and make none')
    .option('--yes', 'do not ask')
    .option('--force', 'overwrite files of the app that were edited by hand in the repository')
    .addOption(timeoutOption())
    .option('--json', 'print the report as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (app: string, flags: PromoteFlags) => {
      const { promote } = require('./promote') as typeof import('./promote');
      process.exitCode = await promote(app, flags);
    });
}
