import type { PolicyPack } from '../policy-pack';
import { bestPractices } from './best-practices';
import { costGuardrails } from './cost-guardrails';
import { crossplaneSafety } from './crossplane-safety';
import { gitops } from './gitops';
import { networkSafety } from './network-safety';
import { ownership } from './ownership';
import { podSecurityBaseline } from './pod-security-baseline';
import { podSecurityRestricted } from './pod-security-restricted';
import { supplyChain } from './supply-chain';

/** Every pack. */
export const allPacks: readonly PolicyPack[] = [
  podSecurityBaseline,
  podSecurityRestricted,
  bestPractices,
  ownership,
  networkSafety,
  costGuardrails,
  supplyChain,
  gitops,
  crossplaneSafety,
];
