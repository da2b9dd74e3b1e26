import type { Command } from 'commander';
import { exitCodeTable } from './exit-codes';
import type { PolicyReportFlags } from './policy-report';
import type { RuleListFlags } from './policy-rules';
import { repeatable } from './repeatable';

const reportHelp = `
Each row is a rule that objects break in an environment. OBJECTS is how many:
the next stage would reach them, and deny would refuse them. Rules that nothing
breaks are named below, because they can go to deny at once.

${exitCodeTable([0, 1, 2])}

Examples:
  golden policy report
  golden policy report ../gitops --platform platform.ts -e production
  golden policy report ../gitops --platform platform.ts --markdown`;

/** Adds `golden policy`. */
export function addPolicyCommand(program: Command): void {
  const policy = program
    .command('policy')
    .description('what rules there are, and what would break if they were stricter');
  policy
    .command('report')
    .description('print what would break if rules were stricter, for each rule and environment')
    .argument('[apps or trees...]', 'app files, or folders that apps were rendered to', ['app.ts'])
    .option('-e, --environment <name>', 'only this environment (repeatable)', repeatable)
    .option('--platform <file>', 'a file that exports the platform whose rules count for trees, or an app of it')
    .option('--markdown', 'print Markdown, as for an issue')
    .option('--json', 'print every rule as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', reportHelp)
    .action(async (given: string[], flags: PolicyReportFlags) => {
      const { reportPolicies } = require('./policy-report') as typeof import('./policy-report');
      process.exitCode = await reportPolicies(given, flags);
    });
  const platform = [
    '--platform <file>',
    'the rules of this platform, with their stages (default: all of the library)',
  ] as const;
  policy
    .command('list')
    .description('print the rules, pack by pack')
    .option(...platform)
    .option('--json', 'print the rules as JSON')
    .action(async (flags: RuleListFlags) => {
      const { listRules } = require('./policy-rules') as typeof import('./policy-rules');
      process.exitCode = await listRules(flags);
    });
  policy
    .command('explain')
    .description('print what a rule is for, what to do about it, and who carries it out')
    .argument('<rule>', 'id of the rule, as findings name it')
    .option(...platform)
    .option('--json', 'print the rule as JSON')
    .action(async (rule: string, flags: RuleListFlags) => {
      const { explainRule } = require('./policy-rules') as typeof import('./policy-rules');
      process.exitCode = await explainRule(rule, flags);
    });
}
