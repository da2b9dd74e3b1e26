import type { Command } from 'commander';
import type { AskedFlags, ListFlags } from './exceptions';
import { exitCodeTable } from './exit-codes';
import { timeOf } from './time-of';

const addHelp = `
The exception is written to a file that the platform reads, and everything else
in it stays as it is:

  new Guardrails({
    packs,
    exceptions: exceptionsFrom(join(__dirname, 'exceptions.yaml')),
  })

It holds until the day begins, in UTC. golden check --now fails from then on,
and reports it two weeks before.

${exitCodeTable([0, 1, 2])}

Examples:
  golden exceptions add host-namespaces --workload DaemonSet/agent \\
    -n monitoring --until 2027-01-31 --owner observability \\
    --reason 'reads the network of the node' --platform platform.ts`;

/** Adds `golden exceptions`. */
export function addExceptionsCommand(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .description('let objects break a rule for a while, and see which may');
  const now = ['--now <time>', 'the time to compare with (default: the clock)', timeOf] as const;
  const platform = ['--platform <file>', 'a file that exports the platform, or an app of it'] as const;
  exceptions
    .command('add')
    .description('let one object break one rule until a day')
    .argument('<rule>', 'id of the rule, as findings name it')
    .requiredOption('--workload <kind/name>', 'the object, such as Deployment/agent; its pods are covered too')
    .option('-n, --namespace <name>', 'the namespace of the object')
    .requiredOption('--until <day>', 'when it ends, such as 2027-01-31', timeOf)
    .requiredOption('--reason <text>', 'why the object has to break the rule')
    .requiredOption('--owner <team>', 'who answers for it')
    .option('--file <path>', 'the file of exceptions, made when it is not there', 'exceptions.yaml')
    .option(platform[0], `${platform[1]}: its rules, owners and longest time are held against`)
    .option(...now)
    .option('--json', 'print the exception as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', addHelp)
    .action(async (rule: string, flags: AskedFlags) => {
      const { addException } = require('./exceptions') as typeof import('./exceptions');
      process.exitCode = await addException(rule, flags);
    });
  exceptions
    .command('list')
    .description('print all exceptions, those that end first before the others')
    .option('--file <path>', 'the file of exceptions (default: exceptions.yaml, unless --platform is given)')
    .option(...platform)
    .option(...now)
    .option('--json', 'print the exceptions as JSON')
    .option('--debug', 'print stack traces')
    .action(async (flags: ListFlags) => {
      const { listExceptions } = require('./exceptions') as typeof import('./exceptions');
      process.exitCode = await listExceptions(flags);
    });
}
