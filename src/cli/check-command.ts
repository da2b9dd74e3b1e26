import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { type RunOptions, runApps } from './run-apps';

const help = `
A tree is checked for what no single app can know: that both sides of every call agree, and that all workloads of a
namespace fit its quota.

With --against, what apps request of the platform is compared with a tree that they were rendered to before: storage that shrinks,
fields that can't change, and databases that were renamed or moved without movedFrom are refused. One that is gone is a warning.

Examples:
  golden check
  golden check --against ../gitops
  golden check ../gitops`;

/** Adds `golden check`. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('check apps as render does, or whole trees, and write nothing')
    .argument('[apps or trees...]', 'app files, and folders that apps were rendered to', ['app.ts'])
    .option('-e, --environment <name>', 'only this environment of apps (repeatable)', (name, all: string[] = []) => [
      ...all,
      name,
    ])
    .option('--against <tree>', 'the tree that apps were rendered to before, with which their data is compared')
    .option('--json', 'print the report as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (given: string[], options: RunOptions) => {
      const trees = given.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
      const apps = given.filter((path) => !trees.includes(path));
      const { checkTrees } = require('./check-trees') as typeof import('./check-trees');
      const codes = [checkTrees(trees, options), apps.length > 0 ? await runApps(apps, options, false) : 0];
      process.exitCode = Math.max(...codes);
    });
}
