import type { Command } from 'commander';
import type { DoctorFlags } from './doctor';
import { exitCodeTable } from './exit-codes';

const help = `
"look" is what may be meant so, "fix" is what has to change.

${exitCodeTable([0, 1])}

Examples:
  golden doctor
  golden doctor --repo https://github.com/acme/gitops`;

/** Adds `golden doctor`. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at versions, files, git and access, and say what to fix')
    .option('--repo <address>', 'a GitOps repository that is to be reached')
    .option('--json', 'print the findings as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (flags: DoctorFlags) => {
      const { doctor } = require('./doctor') as typeof import('./doctor');
      process.exitCode = await doctor(flags);
    });
}
