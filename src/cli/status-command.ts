import type { Command } from 'commander';
import { exitCodeTable } from './exit-codes';
import { repeatable } from './repeatable';
import type { StatusFlags } from './status';

const help = `
Without a context or a file, what runs is unknown. A file holds what
"kubectl get applications.argoproj.io -A -o json" prints.

${exitCodeTable([0, 1, 2, 3, 4, 7, 13])}

Examples:
  golden status orders --repo https://github.com/acme/gitops
  golden status orders --repo ../gitops.git --context argocd
  golden status orders --repo ../gitops.git -e production --json`;

/** Adds `golden status`. */
export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('print what is rendered of an app, what Argo CD runs, and why they differ')
    .argument('<app>', 'the app, or <team>/<app>')
    .requiredOption('--repo <address>', 'the GitOps repository')
    .option('--branch <name>', "the branch (default: the repository's own)")
    .option('-e, --environment <name>', 'only this environment (repeatable)', repeatable)
    .option('--context <name>', 'the context of kubectl whose cluster runs Argo CD (repeatable)', repeatable)
    .option('--applications <file>', 'a file with what Argo CD says (repeatable)', repeatable)
    .option('--json', 'print the report as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (app: string, flags: StatusFlags) => {
      const { status } = require('./status') as typeof import('./status');
      process.exitCode = await status(app, flags);
    });
}
