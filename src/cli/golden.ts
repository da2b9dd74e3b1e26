import { Command, InvalidArgumentError } from 'commander';
import { libraryVersion } from '../app/library';
import { printableLines } from '../platform/printable';
import { addCheckCommand } from './check-command';
import { addDeliveryCommands } from './delivery-commands';
import { addDiffCommand } from './diff-command';
import { endInOrder } from './end-command';
import { addExceptionsCommand } from './exceptions-command';
import { exitCodeTable } from './exit-codes';
import { addPolicyCommand } from './policy-command';
import { addPreviewCommands, askedPreview, type PreviewFlags } from './previews';
import type { GraphOptions } from './print-graph';
import { addPublishCommand } from './publish-command';
import { repeatable } from './repeatable';
import { type RunOptions, runApps } from './run-apps';
import { timeoutOption } from './timeout-option';

/**
 * The `golden` command. What only some commands need is loaded by them, so that `render` starts fast.
 */
export function main(argv: readonly string[]): void {
  const program = new Command('golden')
    .description('Golden paths for Kubernetes: from a few lines of TypeScript to the YAML that Argo CD syncs.')
    .version(libraryVersion())
    .showHelpAfterError()
    .configureOutput({ outputError: (text, write) => write(`${printableLines(text.trimEnd())}\n`) })
    // Arguments and options stand in the help of each command; here they would leave no room.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', `\n${exitCodeTable()}`)
    .hook('preAction', (_, command) => refuseEmpty(command))
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

  const jobs = (value: string) => {
    if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError('Give a whole number from 1 to 99.');
    return Number(value);
  };
  program
    .command('render')
    .description('render apps to a tree of one file an object; nothing is written when anything is wrong')
    .argument('[apps...]', 'app files', ['app.ts'])
    .option('-o, --out <folder>', 'the tree (default: CDK8S_OUTDIR, else "dist")')
    .option('-e, --environment <name>', 'only this environment (repeatable)', repeatable)
    .option('--preview <id>', 'render the preview of this id, such as pr-42, of each app in place of the app')
    .option('--ttl <duration>', 'how long the preview lives after its last commit, such as 72h')
    .option('--force', 'overwrite files of the tree that were edited by hand')
    .option('-j, --jobs <n>', 'how many processes render (default: one for each core when there are many apps)', jobs)
    .addOption(timeoutOption())
    .option('--json', 'print the report as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText(
      'after',
      '\nExamples:\n  golden render\n  golden render orders/app.ts payments/app.ts -o ../gitops -e staging\n  golden render --preview pr-42 --ttl 72h --out ../gitops',
    )
    .action(async (apps: string[], options: RunOptions & PreviewFlags, command: Command) => {
      process.exitCode = await runApps(apps, { ...options, asked: askedPreview(options, command) }, true);
    });
  addCheckCommand(program);
  addExceptionsCommand(program);
  addPolicyCommand(program);
  program
    .command('graph')
    .description('print who calls whom, as a Mermaid flowchart')
    .argument('[apps...]', 'app files', ['app.ts'])
    .option('-e, --environment <name>', 'only this environment (repeatable)', repeatable)
    .addOption(timeoutOption())
    .option('--json', 'print the graph as JSON')
    .option('--debug', 'print stack traces')
    .action(async (apps: string[], options: GraphOptions) => {
      const { printGraph } = require('./print-graph') as typeof import('./print-graph');
      process.exitCode = await printGraph(apps, options);
    });
  addDiffCommand(program);
  addPublishCommand(program);
  addDeliveryCommands(program);
  addPreviewCommands(program);
  void endInOrder(argv.includes('--debug'), () => program.parseAsync([...argv]));
}

/** A value that is empty is that of a variable of a shell which is not set: as a folder, it would be the working folder. */
function refuseEmpty(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (value === '' || (Array.isArray(value) && value.includes(''))) {
      command.error(`error: option '${option.flags}' is empty; give it a value, or leave it out`);
    }
  }
}
