import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { type RunOptions, runApps } from './run-apps';

const help = `
A tree is checked for what no single app can know: that both sides of every call agree, and that all workloads of a
namespace fit its quota.

Examples:
  golden check
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
