import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import { type ObjectChange, objectOf } from '../object-change';
import { podWeaknesses } from './pod-weaknesses';
import { policyStage } from './policy-stage';
import { gained, type RiskRule } from './risk-rule';

/** Something is guarded less. */
export const securityWeakened: RiskRule = {
  id: 'security-weakened',
  what: 'security is weakened',
  why: 'who breaks into a pod, or means harm, can do more than before',
  find(change) {
    const asked = gained(change, (object) => podWeaknesses(object).asked);
    const lacking = change.before ? lostGuards(change.before, change.after) : [];
    return [...asked, ...lacking, ...loosened(change)];
  },
};

/** Guards that were there and went. What a container that is new lacks is for policies to judge. */
function lostGuards(before: PlainObject, after: PlainObject | undefined): string[] {
  const had = podWeaknesses(before).lacking;
  const has = after ? podWeaknesses(after).lacking : new Map<string, string[]>();
  return [...has].flatMap(([container, facts]) => {
    const known = had.get(container);
    return known ? facts.filter((fact) => !known.includes(fact)) : [];
  });
}

/** A policy that judges less than it did, or not at all. */
function loosened(change: ObjectChange): string[] {
  const { before, after } = change;
  if (groupKindOf(objectOf(change)) === 'policies.kyverno.io/PolicyException') {
    return before ? [] : ['excuses objects from a policy'];
  }
  const [was, is] = [before && policyStage(before), after && policyStage(after)];
  if (!was || was.rank === 0) return [];
  if (!after) return [`is deleted, and was in stage ${was.name}`];
  return is && is.rank >= was.rank ? [] : [`goes from ${was.name} to ${is?.name ?? 'no stage'}`];
}
