import type { PolicyPack } from '../policy-pack';
import { changesByHand } from '../rules/changes-by-hand';
import { protectedLabels } from '../rules/protected-labels';

/** What is in git is what runs. */
export const gitops: PolicyPack = {
  id: 'gitops',
  title: 'GitOps',
  failClosed: false,
  policies: [protectedLabels, changesByHand],
};
