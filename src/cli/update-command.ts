import type { Command } from 'commander';
import { exitCodeTable } from './exit-codes';
import type { UpdateFlags } from './update';

const help = `
The platform team publishes platform.lock.yaml in the root of the GitOps
repository: environments, clusters, owners, and services that the tree does not
render. Below it stand those that the tree renders, with their ports and callers
in each environment, as the indexes of all apps say. Apps read the file with
readTopology(). Commit it: it is what pins them.

${exitCodeTable([0, 1, 2, 3, 4, 7, 11])}

Examples:
  golden update --repo https://github.com/acme/gitops
  golden update --repo ../gitops.git --check`;

/** Adds `golden update`. */
export function addUpdateCommand(program: Command): void {
  program
    .command('update')
    .description("bring the platform's topology and catalog, and print what changed")
    .requiredOption('--repo <address>', 'the GitOps repository')
    .option('--branch <name>', "the branch (default: the repository's own)")
    .option('--file <path>', 'the file that is written (default: the nearest platform.lock.yaml, else one here)')
    .option('--check', 'write nothing, and fail when the file is not up to date')
    .option('--json', 'print the changes as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (flags: UpdateFlags) => {
      const { update } = require('./update') as typeof import('./update');
      process.exitCode = await update(flags);
    });
}
