import type { PolicyPack } from '../policy-pack';
import { containerProbes } from '../rules/container-probes';
import { containerResources } from '../rules/container-resources';
import { cronJobOverlap } from '../rules/cron-job-overlap';
import { defaultNamespace } from '../rules/default-namespace';
import { disruptionBudgetBlocks } from '../rules/disruption-budget-blocks';
import { latestTag } from '../rules/latest-tag';
import { nakedPods } from '../rules/naked-pods';
import { readOnlyRootFilesystem } from '../rules/read-only-root-filesystem';
import { serviceAccountToken } from '../rules/service-account-token';
import { topologySpread } from '../rules/topology-spread';
import { trustedRegistries } from '../rules/trusted-registries';
import { wildcardRoles } from '../rules/wildcard-roles';

/** What keeps services running and nodes safe from them, beyond the profiles of pod security. */
export const bestPractices: PolicyPack = {
  id: 'best-practices',
  title: 'Best practices',
  failClosed: false,
  policies: [
    containerResources,
    containerProbes,
    latestTag,
    trustedRegistries,
    disruptionBudgetBlocks,
    topologySpread,
    defaultNamespace,
    serviceAccountToken,
    readOnlyRootFilesystem,
    nakedPods,
    cronJobOverlap,
    wildcardRoles,
  ],
};
