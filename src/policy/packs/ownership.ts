import type { PolicyPack } from '../policy-pack';
import { costCentre } from '../rules/cost-centre';
import { knownOwner } from '../rules/known-owner';
import { ownerLabels } from '../rules/owner-labels';

/** Everything has an owner that the platform knows. */
export const ownership: PolicyPack = {
  id: 'ownership',
  title: 'Ownership',
  failClosed: false,
  policies: [ownerLabels, knownOwner, costCentre],
};
