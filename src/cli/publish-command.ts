import type { Command } from 'commander';
import { exitCodeTable } from './exit-codes';
import type { PublishFlags } from './publish';
import { repeatable } from './repeatable';
import { timeoutOption } from './timeout-option';

const help = `
Only environments with promotion auto are published; the others are rendered
too, so that what promotions would bring is known to render. The commit changes
nothing but the folders of these apps, and ends with the trailers Source-Repo,
Source-Commit and Library. Git's own configuration says who commits and with
which credentials.

${exitCodeTable([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])}

Examples:
  golden publish --repo https://github.com/acme/gitops --branch main
  golden publish orders/app.ts payments/app.ts --repo ../gitops.git -e staging
  golden publish --repo ../gitops.git --pull-request`;

/** Adds `golden publish`. */
export function addPublishCommand(program: Command): void {
  program
    .command('publish')
    .description('render apps, check them, and push the result to a GitOps repository as one commit')
    .argument('[apps...]', 'app files', ['app.ts'])
    .option('--repo <address>', "the GitOps repository (default: the platform's)")
    .option('--branch <name>', "the branch (default: the repository's own)")
    .option(
      '--pull-request',
      'push a branch golden/<team>/<app> for each app, and print where to open the pull request',
    )
    .option('-e, --environment <name>', 'only this environment (repeatable)', repeatable)
    .option('-m, --message <text>', 'what the commit says (default: what is published)')
    .option('--force', 'overwrite files of the apps that were edited by hand in the repository')
    .option('--allow-dirty', 'publish also what no commit has; the source is not recorded then')
    .addOption(timeoutOption())
    .option('--json', 'print the report as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (apps: string[], flags: PublishFlags) => {
      const { publishApps } = require('./publish') as typeof import('./publish');
      process.exitCode = await publishApps(apps, flags);
    });
}
