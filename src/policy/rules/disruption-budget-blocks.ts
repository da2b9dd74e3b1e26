import { definePolicy } from '../define-policy';
import { object } from '../example-objects';

const budget = (spec: object) =>
  object('policy/v1', 'PodDisruptionBudget', { spec: { selector: { matchLabels: { app: 'x' } }, ...spec } });

export const disruptionBudgetBlocks = definePolicy({
  id: 'disruption-budget-blocks',
  title: 'A disruption budget lets a pod go',
  why: 'A budget that never allows an eviction stops every drain of a node, and with it every upgrade of the cluster.',
  fix: 'set maxUnavailable to 1 or more',
  severity: 'medium',
  category: 'reliability',
  match: { kinds: ['policy/v1/PodDisruptionBudget'] },
  checks: [
    {
      field: 'spec.maxUnavailable',
      holds: "!has(object.spec.maxUnavailable) || !(string(object.spec.maxUnavailable) in ['0', '0%'])",
      says: 'must not be 0',
    },
    {
      field: 'spec.minAvailable',
      holds: "!has(object.spec.minAvailable) || string(object.spec.minAvailable) != '100%'",
      says: 'must not be all',
    },
  ],
  examples: {
    passes: [budget({ maxUnavailable: 1 }), budget({ minAvailable: '50%' })],
    fails: [budget({ maxUnavailable: 0 }), budget({ maxUnavailable: '0%' }), budget({ minAvailable: '100%' })],
  },
});
