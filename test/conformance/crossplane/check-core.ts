import { startControllerManager } from '../../../src/dev/controller-manager';
import { crossplaneGroups, startCrossplaneCore } from '../../../src/dev/crossplane-core';
import { findCrossplane } from '../../../src/dev/crossplane-programs';
import { withCluster } from '../check-cluster';
import { crdsOfGroups } from '../crds';
import type { Report } from '../report';
import { becomeReady, installApis } from './apis-in-core';
import type { CrossplaneSetup } from './check-crossplane';
import { beDeleted } from './deletion-in-core';
import { followedCompositions, followedRequests } from './followed-requests';
import { PlayedCloud } from './played-cloud';
import { queueInCore } from './queue-in-core';

/** The checks below, by the names that a report gives them. */
export const coreChecks = {
  steps: 'crossplane core: a request becomes ready, as renderComposition says step by step',
  ready: 'crossplane core: the APIs become ready on every backend, each key of their contracts where it is said to be',
  deleted: 'crossplane core: a deleted request leaves behind what it should, and nothing else',
} as const;

/** Every kind that the APIs are composed of. */
const kinds = [
  ...new Map(
    followedCompositions.flatMap((made) => made.kinds).map((kind) => [`${kind.apiVersion} ${kind.kind}`, kind]),
  ).values(),
];

/** Requests in the real Crossplane, while this test plays clouds and operators. */
export async function checkCore(report: Report, setup: CrossplaneSetup): Promise<void> {
  let programs: ReturnType<typeof findCrossplane>;
  try {
    programs = findCrossplane(setup.ready);
  } catch (error) {
    for (const title of Object.values(coreChecks)) report.skip(title, (error as Error).message);
    return;
  }
  const crds = crdsOfGroups([...crossplaneGroups, ...kinds.map(({ group }) => group)], setup.crds);
  await withCluster({ ...setup, crds }, async (plane, host) => {
    const { api, server } = plane;
    await startCrossplaneCore(host, plane, programs);
    await report.check(coreChecks.steps, () => queueInCore(api));

    const requests = [...followedRequests(true), ...followedRequests(false)];
    const namespaces = new Set(requests.map(({ object }) => String(object.metadata.namespace)));
    const cloud = new PlayedCloud(api, kinds, namespaces);
    await report.check(coreChecks.ready, async () => {
      await installApis(api, requests);
      return becomeReady(api, cloud, requests);
    });
    // It collects what belonged to a request, and reads the kinds that there are when it starts.
    await startControllerManager(host, server);
    await report.check(coreChecks.deleted, () => beDeleted(api, cloud, requests));
  });
}
