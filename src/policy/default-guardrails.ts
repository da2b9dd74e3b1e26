import { Guardrails } from './guardrails';
import { bestPractices } from './packs/best-practices';
import { podSecurityBaseline } from './packs/pod-security-baseline';
import { podSecurityRestricted } from './packs/pod-security-restricted';

/**
 * What judges YAML of which no platform is known: the baseline of pod security stands in the way, because little that runs needs to break it;
 * the restricted profile and good practice are reported.
 */
export const defaultGuardrails = new Guardrails({
  packs: [podSecurityBaseline, podSecurityRestricted, bestPractices],
  rollout: { 'pod-security-baseline': 'deny', '*': 'warn' },
});
