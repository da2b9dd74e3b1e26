import { statSync } from 'node:fs';
import { checkTree } from '../app/check-tree';
import { GoldenError, type Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import type { PlainObject } from '../platform/placed-object';
import type { Platform } from '../platform/platform';
import { table } from '../platform/table';
import { type OwnedObject, type Tightening, tightenings, together } from '../policy/tightening';
import { kindsOfCrds } from '../schema/kind-registry';
import { guardrailsOf } from './chosen-rules';
import { problemsOf } from './load-app';
import { loadApps } from './load-apps';
import { loadPlatform } from './load-platform';
import { say } from './say';
import { width, wrapped } from './wrapped';

/** What `policy report` can be told. */
export interface PolicyReportFlags {
  readonly environment?: readonly string[];
  readonly platform?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Prints what would break if rules were stricter. @returns the exit code: 1 when something can't be judged */
export async function reportPolicies(given: readonly string[], flags: PolicyReportFlags): Promise<number> {
  const isTree = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const problems: Problem[] = [];
  const rows: Tightening[] = [];
  const attempt = async (path: string, work: () => Promise<readonly Tightening[]>) => {
    try {
      rows.push(...(await work()));
    } catch (error) {
      problems.push(...problemsOf(error, path, flags.debug));
    }
  };
  const apps = given.filter((path) => !isTree(path));
  await attempt('policy report', () => ofApps(apps, flags, problems));
  for (const root of given.filter(isTree)) await attempt(root, () => ofTree(root, flags));
  const found = together(rows);
  if (flags.json) console.log(JSON.stringify({ problems, rules: found }, undefined, 2));
  else {
    if (found.length > 0) console.log(flags.markdown ? markdown(found) : overview(found));
    say('error', problems);
  }
  return problems.length > 0 ? 1 : 0;
}

/** What would follow for apps, by the rules of their own platforms. Those that can't be rendered are problems. */
async function ofApps(files: readonly string[], { environment, debug }: PolicyReportFlags, problems: Problem[]) {
  if (files.length === 0) return [];
  const loaded = await loadApps(files, { environment, debug });
  problems.push(...loaded.problems);
  const platforms = grouped(loaded.apps, ({ app }) => app.platform);
  return [...platforms].flatMap(([platform, apps]) => {
    const members = apps.flatMap(({ app, synthesis }) =>
      synthesis.objects.map(({ object, path, environment: { name } }) => {
        return { environment: name, object, path, owner: ownerOf(object, platform) ?? app.team };
      }),
    );
    return ofPlatform(platform, members);
  });
}

/** What would follow for a tree, by the rules of a platform that is named. */
async function ofTree(root: string, { environment, platform: file }: PolicyReportFlags) {
  if (file === undefined)
    throw new GoldenError([
      { path: root, message: 'a tree does not say whose rules count; name them with --platform' },
    ]);
  const platform = await loadPlatform(file);
  const members = checkTree(root)
    .objects.filter((object) => environment === undefined || environment.includes(object.environment))
    .map(({ object, path, environment: name, team }) => {
      return { environment: name, object, path, owner: ownerOf(object, platform) ?? team ?? 'nobody' };
    });
  return ofPlatform(platform, members, file);
}

function ofPlatform(
  platform: Platform,
  members: readonly (OwnedObject & { readonly environment: string })[],
  path?: string,
): Tightening[] {
  const guardrails = guardrailsOf(platform, path);
  const kinds = kindsOfCrds(platform.crds);
  const { exceptions } = guardrails;
  return [...grouped(members, ({ environment }) => environment)].flatMap(([environment, objects]) =>
    tightenings(environment, objects, guardrails.stages(platform, environment), { exceptions, kinds }),
  );
}

function ownerOf({ metadata }: PlainObject, { labelPrefix }: Platform): string | undefined {
  return metadata.labels?.[`${labelPrefix}/owner`];
}

const headings = ['RULE', 'STAGE', 'NEXT', 'OBJECTS', 'OWNERS'];

function overview(found: readonly Tightening[]): string {
  const environments = grouped(found, ({ environment }) => environment);
  return [...environments]
    .map(([environment, rules]) => [environment, ...ofEnvironment(rules)].join('\n'))
    .join('\n\n');
}

function ofEnvironment(rules: readonly Tightening[]): string[] {
  const broken = rules.filter(({ breaking }) => breaking > 0);
  const cells = broken.map(({ policy, stage, next = '', breaking }) => [policy, stage, next, breaking]);
  const bare = table(headings.slice(0, -1), cells).split('\n');
  const left = width - Math.max(...bare.map((line) => line.length)) - '  '.length;
  const rows = broken.map(({ owners }, i) => [...cells[i], fitting(owners, left)]);
  return [...(rows.length > 0 ? [table(headings, rows)] : []), wrapped(unbroken(rules))];
}

/** As many names as a column holds: `orders, payments +3`. */
function fitting(names: readonly string[], left: number): string {
  for (let n = names.length; n > 1; n--) {
    const more = names.length === n ? '' : ` +${names.length - n}`;
    const text = `${names.slice(0, n).join(', ')}${more}`;
    if (text.length <= left) return text;
  }
  return names.length > 1 ? `${names[0]} +${names.length - 1}` : (names[0] ?? '');
}

/** Rules of an environment that can be stricter at once. */
function unbroken(rules: readonly Tightening[]): string {
  const free = rules.filter(({ breaking, stage }) => breaking === 0 && stage !== 'deny').map(({ policy }) => policy);
  const denied = rules.filter(({ stage }) => stage === 'deny').length;
  const inDeny = `${denied} of ${rules.length} rules are in deny.`;
  if (free.length === 0)
    return denied === rules.length ? inDeny : `${inDeny} No other can go there without refusing objects.`;
  return `${inDeny} Nothing breaks these, which can go there at once: ${free.join(', ')}`;
}

function markdown(found: readonly Tightening[]): string {
  const broken = found.filter(({ breaking }) => breaking > 0);
  const rows = broken.map(({ policy, environment, stage, next = '', breaking, owners }) =>
    [`\`${policy}\``, environment, stage, next, breaking, owners.join(', ')].join(' | '),
  );
  const head = ['| Rule | Environment | Stage | Next | Objects | Owners |', '| --- | --- | --- | --- | ---: | --- |'];
  const free = [...grouped(found, ({ environment }) => environment)].map(
    ([name, rules]) => `- ${name}: ${unbroken(rules)}`,
  );
  return [...(rows.length > 0 ? [...head, ...rows.map((row) => `| ${row} |`), ''] : []), ...free].join('\n');
}
