import { groupKindOf } from '../../platform/placed-object';
import { objectOf } from '../object-change';
import { policyStage } from './policy-stage';
import type { RiskRule } from './risk-rule';

/** A policy refuses what it let through. */
export const policyTightened: RiskRule = {
  id: 'policy-tightened',
  what: 'a policy is tightened',
  why: 'the next update of an object that breaks it is refused; look at the reports of the stage before',
  find(change) {
    const { before, after } = change;
    if (groupKindOf(objectOf(change)) === 'policies.kyverno.io/PolicyException') {
      return after ? [] : ['ends, so that what it excused is judged'];
    }
    const [was, is] = [before && policyStage(before), after && policyStage(after)];
    if (!is || is.rank <= (was?.rank ?? 0)) return [];
    return [was ? `goes from ${was.name} to ${is.name}` : `is new, in stage ${is.name}`];
  },
};
