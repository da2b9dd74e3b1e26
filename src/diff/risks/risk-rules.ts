import { capacityReduced } from './capacity-reduced';
import { dataDeleted } from './data-deleted';
import { exposureAdded } from './exposure-added';
import { immutableField } from './immutable-field';
import { networkWidened } from './network-widened';
import { objectDeleted } from './object-deleted';
import { policyTightened } from './policy-tightened';
import { refused } from './refused';
import { rightsAdded } from './rights-added';
import type { RiskRule } from './risk-rule';
import { securityWeakened } from './security-weakened';
import { selectorChanged } from './selector-changed';

/** Everything that a change can put at risk, the worst first. */
export const riskRules: readonly RiskRule[] = [
  dataDeleted,
  refused,
  immutableField,
  securityWeakened,
  exposureAdded,
  rightsAdded,
  networkWidened,
  selectorChanged,
  capacityReduced,
  policyTightened,
  objectDeleted,
];
