import { existsSync, statSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { Platform } from '../platform/platform';
import type { CheckedPolicies } from './checked-policies';
import type { ChosenRules, RuleFlags } from './chosen-rules';
import { exitCodeTable } from './exit-codes';
import { problemsOf } from './load-app';
import { repeatable } from './repeatable';
import { type RunOptions, runApps } from './run-apps';
import { say, sayFailed } from './say';
import { timeOf } from './time-of';
import { timeoutOption } from './timeout-option';

const help = `
A tree is checked for what no single app can know: that both sides of every call
agree, and that all workloads of a namespace fit its quota.

Any other YAML or JSON, such as the output of Helm or of kubectl get -o yaml, is
held against rules: those of the platform that --platform names, or
pod-security-baseline (deny), pod-security-restricted and best-practices (warn).
What is denied fails, the rest is reported. Apps are held against the rules of
their own platform. A tree was judged when it was rendered; with --platform it
is judged again, each folder by the rules of its environment.

With --against, what apps request of the platform is compared with a tree that
they were rendered to before: storage that shrinks, fields that can't change,
and databases that were renamed or moved without movedFrom are refused. One that
is gone is a warning.

${exitCodeTable([0, 1, 2, 4, 9, 10, 11])}

Examples:
  golden check
  golden check --against ../gitops
  golden check ../gitops --now
  helm template ./chart | golden check -
  golden check live.yaml --platform platform.ts -e production
  golden check manifests/ --sarif findings.sarif`;

/** What `check` can be told. */
interface CheckFlags extends RunOptions {
  readonly platform?: string;
  readonly policies?: string;
  /** In milliseconds since 1970, or true for the clock. */
  readonly now?: number | true;
  readonly sarif?: string;
  readonly junit?: string;
}

/** Adds `golden check`. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('check apps as render does, whole trees, or any YAML by rules, and write nothing')
    .argument('[paths...]', 'app files, folders that apps were rendered to, other YAML; - for stdin', ['app.ts'])
    .option(
      '-e, --environment <name>',
      'only this environment of apps (repeatable); the one whose rules count for YAML',
      repeatable,
    )
    .option('--against <tree>', 'the tree that apps were rendered to before, with which their data is compared')
    .option(
      '--platform <file>',
      'a file that exports the platform whose rules count for trees and YAML, or an app of it',
    )
    .option('--policies <folder>', "a folder of Kyverno's ValidatingPolicies that count too for trees and YAML")
    .option(
      '--now [time]',
      'fail on exceptions that are over by the clock, or at this time, and report those that soon are',
      nowOf,
    )
    .option('--sarif <file>', 'write what rules found as SARIF, for code hosts')
    .option('--junit <file>', 'write what rules found as JUnit, for CI')
    .addOption(timeoutOption())
    .option('--json', 'print the report as JSON')
    .option('--debug', 'print stack traces')
    .addHelpText('after', help)
    .action(async (given: string[], flags: CheckFlags) => {
      process.exitCode = await check(given, flags);
    });
}

async function check(
  given: readonly string[],
  { now: asked, platform, policies, ...options }: CheckFlags,
): Promise<number> {
  const { CheckedPolicies } = require('./checked-policies') as typeof import('./checked-policies');
  // The only place that looks at the clock.
  const now = asked === true ? Date.now() : asked;
  const gathered = new CheckedPolicies({ ...options, now });
  try {
    const { trees, files, apps } = sorted(given);
    const named = platform !== undefined || policies !== undefined;
    const rules = named || files.length > 0 ? await rulesOf({ platform, policies }) : undefined;
    const codes = [rules?.platform && now !== undefined ? checkExceptions(rules.platform, gathered, options) : 0];
    if (trees.length > 0) {
      const { checkTrees } = require('./check-trees') as typeof import('./check-trees');
      const { judgeTree } = require('./judge-tree') as typeof import('./judge-tree');
      const judge = (root: string, objects: Parameters<typeof judgeTree>[1]) =>
        judgeTree(root, objects, named ? rules : undefined, gathered, now);
      codes.push(checkTrees(trees, options, named || now !== undefined ? judge : undefined));
    }
    if (files.length > 0 && rules) {
      const { checkDocuments } = require('./check-documents') as typeof import('./check-documents');
      codes.push(checkDocuments(files, rules, gathered, { ...options, now }));
    }
    if (apps.length > 0) codes.push(await runApps(apps, { ...options, gathered }, false));
    gathered.write();
    return Math.max(...codes);
  } catch (error) {
    const problems = problemsOf(error, 'check', options.debug);
    sayFailed(problems, options.json);
    // What is wrong with an option is no fault of what is checked.
    return problems.every(({ path }) => path.startsWith('--')) ? 2 : 1;
  }
}

/** Loaded only when somebody needs them: apps bring their own rules. */
function rulesOf(flags: RuleFlags): Promise<ChosenRules> {
  const { chosenRules } = require('./chosen-rules') as typeof import('./chosen-rules');
  return chosenRules(flags);
}

/** Says which exceptions of a platform are over, and which soon are. @returns the exit code: 1 when any is over */
function checkExceptions(platform: Platform, gathered: CheckedPolicies, { json }: CheckFlags): number {
  const { problems, warnings } = gathered.addPlatforms([platform]);
  if (json) console.log(JSON.stringify({ platform: platform.domain, problems, warnings }, undefined, 2));
  else {
    say('warning', warnings);
    say('error', problems);
  }
  return problems.length > 0 ? 1 : 0;
}

/** What each path is: a tree, YAML, or an app. */
function sorted(given: readonly string[]) {
  const { yamlName, holdsYaml } = require('./yaml-files') as typeof import('./yaml-files');
  const { isTree } = require('./is-tree') as typeof import('./is-tree');
  const trees: string[] = [];
  const files: string[] = [];
  const apps: string[] = [];
  for (const path of given) {
    const stats = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) (isTree(path) || !holdsYaml(path) ? trees : files).push(path);
    else if (path === '-' || yamlName.test(path)) files.push(path);
    else apps.push(path);
  }
  return { trees, files, apps };
}

/** A path that follows --now would be taken for its time. */
function nowOf(text: string): number {
  if (/^\d/.test(text) && !existsSync(text)) return timeOf(text);
  throw new InvalidArgumentError(`it is no time; write --now last, or with a time: --now=2027-01-31.`);
}
