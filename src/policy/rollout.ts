import { oneOf, show, suggestion } from '../platform/rule';
import type { AnyPolicy } from './policy';
import type { PolicyPack } from './policy-pack';

/** What follows from a violation: nothing, a record, a word to whoever applies, or a refusal. */
export type Stage = 'off' | 'audit' | 'warn' | 'deny';

/** A stage in which something follows. */
export type Enforcement = Exclude<Stage, 'off'>;

/** All stages, mildest first. */
export const stages: readonly Stage[] = ['off', 'audit', 'warn', 'deny'];

/**
 * How far each rule is rolled out: by id of a rule or a pack, or `'*'` for all; one stage for every environment, or one each, with `default` for
 * those not named. A rule's own line wins over its pack's, and that over `'*'`.
 *
 * ```ts
 * const rollout: Rollout = {
 *   '*': 'audit',
 *   'pod-security-restricted': { staging: 'warn', production: 'deny', default: 'audit' },
 *   'disallow-latest-tag': 'deny',
 * };
 * ```
 */
export type Rollout = Readonly<Record<string, Stage | Readonly<Record<string, Stage>>>>;

/** A rule where it counts. */
export interface PolicyInForce {
  readonly policy: AnyPolicy;
  readonly enforcement: Enforcement;
  /** Whether objects are refused while the rule cannot be evaluated: a webhook that is down, an expression that fails. */
  readonly failClosed: boolean;
  /** Namespaces that the rule leaves alone. */
  readonly excludedNamespaces: readonly string[];
}

/** The stage of a rule in an environment. */
export function stageOf(rollout: Rollout, environment: string, policy: string, pack: string): Stage {
  for (const key of [policy, pack, '*']) {
    const line = rollout[key];
    if (typeof line === 'string') return line;
    const stage = line?.[environment] ?? line?.default;
    if (stage) return stage;
  }
  return 'audit';
}

/** A rule with how far it is rolled out. */
export interface StagedPolicy {
  readonly policy: AnyPolicy;
  readonly stage: Stage;
  readonly failClosed: boolean;
}

/** The rules of packs with their stages in an environment. A rule of several packs is there once, as its strictest pack has it. */
export function stagedPolicies(packs: readonly PolicyPack[], rollout: Rollout, environment: string): StagedPolicy[] {
  const byId = new Map<string, StagedPolicy>();
  for (const pack of packs) {
    for (const policy of pack.policies) {
      const own = stageOf(rollout, environment, policy.id, pack.id);
      const found = byId.get(policy.id);
      const stage = found && stages.indexOf(found.stage) > stages.indexOf(own) ? found.stage : own;
      // A pack in which the rule is off has no say in what happens while it cannot be evaluated.
      const failClosed = (own !== 'off' && pack.failClosed) || found?.failClosed === true;
      byId.set(policy.id, { policy, stage, failClosed });
    }
  }
  return [...byId.values()];
}

/**
 * The rules of packs that count in an environment.
 *
 * @param excludedNamespaces namespaces of the system and of platform controllers, which no rule may lock out
 */
export function policiesInForce(
  packs: readonly PolicyPack[],
  rollout: Rollout,
  environment: string,
  excludedNamespaces: readonly string[] = systemNamespaces,
): PolicyInForce[] {
  return stagedPolicies(packs, rollout, environment).flatMap(({ policy, stage, failClosed }) =>
    stage === 'off' ? [] : [{ policy, enforcement: stage, failClosed, excludedNamespaces }],
  );
}

/** Namespaces of Kubernetes itself. */
export const systemNamespaces: readonly string[] = ['kube-node-lease', 'kube-public', 'kube-system'];

/** What tells rules of one id apart: not their parameters, nor which copy of the library they are of. */
function meaningOf({ title, match, variables, checks }: AnyPolicy): string {
  return JSON.stringify([title, match, variables, checks]);
}

/** What is wrong with a table: rules, environments or stages that do not exist, and rules of one id that differ. */
export function rolloutProblems(
  packs: readonly PolicyPack[],
  rollout: Rollout,
  environments: readonly string[],
): string[] {
  const policies = packs.flatMap((pack) => pack.policies);
  const ids = [...new Set(['*', ...packs.map(({ id }) => id), ...policies.map(({ id }) => id)])];
  const problems: string[] = [];
  for (const { id } of policies) {
    const twins = new Map(policies.filter((policy) => policy.id === id).map((policy) => [meaningOf(policy), policy]));
    if (twins.size > 1) {
      const titles = [...twins.values()].map(({ title }) => show(title)).join(' and ');
      problems.push(`two rules have the id ${show(id)}: ${titles}; give one of them another id`);
    }
  }
  for (const [key, line] of Object.entries(rollout)) {
    if (!ids.includes(key)) problems.push(`roll-out of an unknown rule or pack ${show(key)}${suggestion(key, ids)}`);
    const byEnvironment = typeof line === 'string' ? { default: line } : line;
    for (const [environment, stage] of Object.entries(byEnvironment)) {
      if (environment !== 'default' && !environments.includes(environment)) {
        problems.push(
          `roll-out of ${key} names the unknown environment ${show(environment)}${suggestion(environment, environments)}`,
        );
      }
      if (!stages.includes(stage))
        problems.push(`roll-out of ${key}: ${show(stage)} is no stage; use ${oneOf(stages)}`);
    }
  }
  return [...new Set(problems)];
}
