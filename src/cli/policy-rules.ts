import { GoldenError } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import type { Platform } from '../platform/platform';
import { show, suggestion } from '../platform/rule';
import { allPacks } from '../policy/packs/all-packs';
import type { Parameter, Parameters } from '../policy/parameter';
import type { AnyPolicy } from '../policy/policy';
import type { PolicyPack } from '../policy/policy-pack';
import { judgesOf, parameterText, standardsOf, subjectText } from '../policy/reference/rule-facts';
import { guardrailsOf } from './chosen-rules';
import { problemsOf } from './load-app';
import { loadPlatform } from './load-platform';
import { sayFailed } from './say';
import { hanging, wrapped } from './wrapped';

/** What `policy list` and `policy explain` can be told. */
export interface RuleListFlags {
  readonly platform?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Prints all rules, each under its first pack. @returns the exit code: 1 when the platform can't be read */
export async function listRules(flags: RuleListFlags): Promise<number> {
  return attempt(flags, 'policy list', async () => {
    const { packs, stagesOf } = await knownRules(flags);
    const rules = distinct(packs);
    if (flags.json) {
      const listed = rules.map(({ policy, packs: ids }) => ({
        ...facts(policy),
        packs: ids,
        stages: stagesOf(policy.id),
      }));
      return JSON.stringify({ problems: [], rules: listed }, undefined, 2);
    }
    const length = Math.max(...rules.map(({ policy }) => policy.id.length));
    const sections = [...grouped(rules, ({ packs: [first] }) => first)].map(([pack, members]) => {
      const lines = members.map(({ policy }) => {
        const stages = stageText(stagesOf(policy.id));
        return hanging(`  ${policy.id.padEnd(length)}  `, stages === '' ? policy.title : `${policy.title} (${stages})`);
      });
      return [pack, ...lines].join('\n');
    });
    return sections.join('\n\n');
  });
}

/** Prints what there is to know of a rule. @returns the exit code: 1 when there is no such rule */
export async function explainRule(id: string, flags: RuleListFlags): Promise<number> {
  return attempt(flags, 'policy explain', async () => {
    const { packs, stagesOf } = await knownRules(flags);
    const rules = distinct(packs);
    const rule = rules.find(({ policy }) => policy.id === id);
    if (!rule) {
      const ids = rules.map(({ policy }) => policy.id);
      throw new GoldenError([
        {
          path: 'policy explain',
          message: `there is no rule ${show(id)}${suggestion(id, ids)}; see golden policy list`,
        },
      ]);
    }
    const { policy, packs: inPacks } = rule;
    if (flags.json)
      return JSON.stringify(
        { problems: [], rule: { ...facts(policy), packs: inPacks, stages: stagesOf(id) } },
        undefined,
        2,
      );
    return explanation(policy, inPacks, stageText(stagesOf(id)));
  });
}

function explanation(policy: AnyPolicy, packs: readonly string[], stages: string): string {
  const { id, title, why, fix, severity, category, values } = policy;
  const judges = judgesOf(policy);
  const names = judges.filter(({ limit }) => limit === undefined).map(({ name }) => name);
  const parameters = Object.entries<Parameter>((policy.parameters ?? {}) as Parameters).map(([name, parameter]) => {
    const value = values[name];
    const set = value === undefined || value === parameter.default ? '' : `; is \`${JSON.stringify(value)}\``;
    return ['Parameter', `${name}: ${parameterText(parameter)}${set}`];
  });
  const rows = [
    ['To fix', `${fix}.`],
    ['Looks at', `${subjectText(policy)}`],
    ['Severity', `${severity}, ${category}`],
    ['Packs', packs.join(', ')],
    ...(stages === '' ? [] : [['Stage', stages]]),
    ...standardsOf(policy).map((standard) => ['Standard', standard]),
    ...parameters,
    ['Judged by', names.join(', ')],
    ...judges.flatMap(({ name, limit }) => (limit === undefined ? [] : [['Not by', `${name}: ${limit}`]])),
  ];
  // Backticks are of the page, not of a terminal.
  const lines = rows.map(([head, text]) => hanging(`${head.padEnd(9)}  `, text.replaceAll('`', '')));
  return [id, wrapped(`${title}. ${why}`), '', ...lines].join('\n');
}

interface KnownRules {
  readonly packs: readonly PolicyPack[];
  /** The stage of a rule in each environment of the platform, when one was named. */
  stagesOf(id: string): Readonly<Record<string, string>>;
}

async function knownRules({ platform: file }: RuleListFlags): Promise<KnownRules> {
  if (file === undefined) return { packs: allPacks, stagesOf: () => ({}) };
  const platform: Platform = await loadPlatform(file);
  const guardrails = guardrailsOf(platform, file);
  const environments = Object.keys(platform.topology.environments);
  const staged = environments.map((environment) => [environment, guardrails.stages(platform, environment)] as const);
  return {
    packs: guardrails.packs(platform),
    stagesOf: (id) =>
      Object.fromEntries(
        staged.map(([environment, rules]) => [
          environment,
          rules.find(({ policy }) => policy.id === id)?.stage ?? 'off',
        ]),
      ),
  };
}

/** Each rule once, with the packs that it is in. */
function distinct(packs: readonly PolicyPack[]): { policy: AnyPolicy; packs: string[] }[] {
  const all = packs.flatMap((pack) => pack.policies.map((policy) => ({ policy, pack: pack.id })));
  return [...grouped(all, ({ policy }) => policy.id).values()].map((found) => ({
    policy: found[0].policy,
    packs: found.map(({ pack }) => pack),
  }));
}

/** A stage that all environments share, or each of them. */
function stageText(stages: Readonly<Record<string, string>>): string {
  const different = [...new Set(Object.values(stages))];
  if (different.length < 2) return different[0] ?? '';
  return Object.entries(stages)
    .map(([environment, stage]) => `${environment} ${stage}`)
    .join(', ');
}

function facts({ id, title, why, fix, severity, category, standards }: AnyPolicy) {
  return { id, title, why, fix, severity, category, standards };
}

async function attempt({ json, debug }: RuleListFlags, path: string, work: () => Promise<string>): Promise<number> {
  try {
    console.log(await work());
    return 0;
  } catch (error) {
    sayFailed(problemsOf(error, path, debug), json);
    return 1;
  }
}
