import { startControllerManager } from '../../src/dev/controller-manager';
import { boundedNamespace, boundedTeam } from './bounded-team';
import { type ClusterSetup, withCluster } from './check-cluster';
import { checkLimitRange } from './check-limit-range';
import { checkQuota } from './check-quota';
import { crdsOf } from './crds';
import type { Report } from './report';

/** What a team renders at full scale fits the bounds that are worked out for it, and not much more does. */
export async function checkBounds(report: Report, setup: ClusterSetup): Promise<void> {
  const objects = boundedTeam();
  await withCluster({ ...setup, crds: crdsOf(objects, setup.crds) }, async ({ api, server }, host) => {
    await report.check('bounds: a LimitRange refuses the pods that it is said to refuse', () => checkLimitRange(api));
    await startControllerManager(host, server);
    await report.check('bounds: a computed quota holds the team at full scale, its headroom, and nothing more', () =>
      checkQuota(api, boundedNamespace, objects),
    );
  });
}
