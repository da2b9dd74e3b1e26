import type { PolicyPack } from '../policy-pack';
import { containerSize } from '../rules/container-size';
import { idleGpus } from '../rules/idle-gpus';
import { replicaCeiling } from '../rules/replica-ceiling';
import { storageSize } from '../rules/storage-size';

/** Sizes stay within what an environment pays for. */
export const costGuardrails: PolicyPack = {
  id: 'cost-guardrails',
  title: 'Cost guardrails',
  failClosed: false,
  policies: [containerSize, replicaCeiling, storageSize, idleGpus],
};
