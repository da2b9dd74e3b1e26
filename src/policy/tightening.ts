import { grouped } from '../platform/grouped';
import type { PlainObject } from '../platform/placed-object';
import { type EvaluateOptions, PolicyEvaluator } from './evaluate-policies';
import { type Stage, type StagedPolicy, stages, systemNamespaces } from './rollout';

/** An object and whose it is. */
export interface OwnedObject {
  readonly object: PlainObject;
  readonly path: string;
  /** Who has to change it. */
  readonly owner: string;
}

/** What would follow for the objects of an environment if a rule were stricter. */
export interface Tightening {
  readonly policy: string;
  readonly title: string;
  readonly environment: string;
  /** The stage that it is in. */
  readonly stage: Stage;
  /** The stage after that; undefined in `deny`, after which there is none. */
  readonly next: Stage | undefined;
  /** How many objects break the rule: the next stage would reach them, and `deny` would refuse them. */
  readonly breaking: number;
  /** How many more break it and have an exception. */
  readonly excepted: number;
  /** Whose objects these are, those with most of them first. */
  readonly owners: readonly string[];
}

/**
 * What would follow for objects if each rule were stricter, in the order of the rules. Rules that are off are judged too.
 *
 * @throws GoldenError when an expression does not compile
 */
export function tightenings(
  environment: string,
  objects: readonly OwnedObject[],
  staged: readonly StagedPolicy[],
  options: EvaluateOptions = {},
): Tightening[] {
  const all = staged.map((each) => ({ ...each, enforcement: 'audit' as const, excludedNamespaces: systemNamespaces }));
  const evaluator = new PolicyEvaluator(all, options);
  const found = objects.flatMap(({ owner, ...each }) => {
    const rules = grouped(evaluator.evaluate(each), ({ policy }) => policy);
    return [...rules].map(([policy, findings]) => ({ policy, owner, excepted: findings[0].exception !== undefined }));
  });
  const byRule = grouped(found, ({ policy }) => policy);
  return staged.map(({ policy: { id, title }, stage }) => {
    const broken = byRule.get(id) ?? [];
    const breaking = broken.filter(({ excepted }) => !excepted);
    const owners = [...grouped(breaking, ({ owner }) => owner)].sort(
      ([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1),
    );
    return {
      policy: id,
      title,
      environment,
      stage,
      next: stages[stages.indexOf(stage) + 1],
      breaking: breaking.length,
      excepted: broken.length - breaking.length,
      owners: owners.map(([owner]) => owner),
    };
  });
}

/** What several platforms come to: rules of one id in one environment and stage together. */
export function together(all: readonly Tightening[]): Tightening[] {
  const same = grouped(all, ({ policy, environment, stage }) => `${environment} ${policy} ${stage}`);
  return [...same.values()].map((found) => ({
    ...found[0],
    breaking: found.reduce((sum, { breaking }) => sum + breaking, 0),
    excepted: found.reduce((sum, { excepted }) => sum + excepted, 0),
    owners: [...new Set(found.flatMap(({ owners }) => owners))],
  }));
}
