import { offlineJudgesOf } from '../../src/policy/reference/offline-judges';
import type { PolicyInForce } from '../../src/policy/rollout';

/** The rules by which a program that judges files can judge, as the reference of policies says. */
export function judgedOffline(inForce: readonly PolicyInForce[], name: string): PolicyInForce[] {
  return inForce.filter(({ policy }) => offlineJudgesOf(policy).some((each) => each.name === name && !each.limit));
}
