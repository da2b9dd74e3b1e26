import { oneOf } from '../../platform/rule';
import { compilePolicy } from '../compiled-policy';
import type { AnyPolicy } from '../policy';
import { type Judge, withExampleValues } from './rule-facts';

/** What of a request is unknown to programs that judge files, and why. */
const unknown = {
  "Kyverno's command line": { oldObject: 'in an update that it plays, an object replaces itself' },
  gator: { oldObject: 'it plays no updates', request: 'nobody can be said to ask' },
} as const;

/** The programs of engines that judge files, each with what keeps it from judging by a rule; conformance asks both for verdicts. */
export function offlineJudgesOf(policy: AnyPolicy): Judge[] {
  const { needs } = compilePolicy(withExampleValues(policy));
  return Object.entries(unknown).map(([name, missing]) => {
    const reasons = Object.entries(missing).flatMap(([need, reason]) => (needs.includes(need) ? [reason] : []));
    return { name, ...(reasons.length > 0 && { limit: oneOf(reasons) }) };
  });
}
