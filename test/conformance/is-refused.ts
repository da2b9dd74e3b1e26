import type { PolicyInForce } from '../../src/policy/rollout';

/** Whether an API server refuses what a rule finds before it asks any rule: an unmasked /proc without `hostUsers: false`. */
export const isRefused = ({ policy }: PolicyInForce): boolean => policy.id === 'proc-mount';
