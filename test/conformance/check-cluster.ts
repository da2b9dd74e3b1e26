import type { KubeObject } from '../../src/dev/api-client';
import type { Binaries } from '../../src/dev/binaries';
import { type ControlPlane, startControlPlane, startWorkloads } from '../../src/dev/control-plane';
import { EngineHost } from '../../src/dev/engine-host';
import { type Applied, apply, createNamespaces } from './apply';
import { checkAdmitted, checkOnlyDefaults, checkUnchanged } from './check-apply';
import { checkKubectlDiff, kubectlProgram } from './check-kubectl-diff';
import { checkReady } from './check-ready';
import { checkScaling, scaledWorkloads } from './check-scaling';
import { checkSemanticDiff } from './check-semantic-diff';
import { checkSleep, scaleJobs } from './check-sleep';
import { crdsOf, installCrds } from './crds';
import { createNodes } from './nodes';
import type { Report } from './report';
import { createPrerequisites } from './stand-ins';
import type { ClusterTree } from './tree';
import { workloads } from './workloads';

/** What every cluster gets before a tree. */
export interface ClusterSetup {
  readonly binaries: Binaries;
  readonly crds: readonly KubeObject[];
  readonly keep: boolean;
}

/** Runs `work` on a control plane of its own that has the CRDs, and ends it whatever happens. */
export async function withCluster(
  { binaries, crds, keep }: ClusterSetup,
  work: (plane: ControlPlane, host: EngineHost) => Promise<void>,
): Promise<void> {
  const host = new EngineHost({ binaries, keep });
  let plane: ControlPlane | undefined;
  try {
    plane = await startControlPlane(host);
    await installCrds(plane.api, crds);
    await work(plane, host);
  } finally {
    plane?.api.close();
    await host.stop();
  }
}

/**
 * Every check on what one cluster gets. The cluster is new, so that nothing is left over from another. First nothing
 * acts on the objects, so that only an apply can change one; then the controllers start.
 */
export async function checkCluster(
  report: Report,
  tree: string,
  cluster: ClusterTree,
  setup: ClusterSetup,
): Promise<void> {
  const { manifests } = cluster;
  const title = (what: string) => `${tree} ${cluster.name}: ${what}`;
  const crds = crdsOf(
    manifests.map(({ object }) => object),
    setup.crds,
  );
  await withCluster({ ...setup, crds }, async (plane, host) => {
    const { api, server } = plane;
    const namespaces = await createNamespaces(api, manifests);
    let first: readonly Applied[] = [];
    await report.check(title('every object is admitted, without a warning'), async () => {
      first = await apply(api, manifests);
      return checkAdmitted(first);
    });
    await report.check(title('a second apply changes nothing'), () => checkUnchanged(api, manifests, first));
    await report.check(title('the server adds only defaults'), () => checkOnlyDefaults(api, manifests));
    await report.check(title('golden diff knows these defaults'), async () => checkSemanticDiff(first));
    const kubectl = await host.binary(kubectlProgram);
    await report.check(title('kubectl diff shows nothing'), () =>
      checkKubectlDiff(kubectl, server.kubeconfig, host.folder('kubectl'), manifests),
    );

    const ready = title('every workload becomes ready');
    const scaling = title('a replica count set by an autoscaler survives an apply');
    if (workloads(manifests).length === 0) {
      report.skip(ready, 'the tree has no workload');
      report.skip(scaling, 'the tree has no workload');
      return;
    }
    const prerequisites = await createPrerequisites(api, manifests);
    const nodes = await createNodes(api, manifests);
    report.note(`${title('stand-ins')}: ${namespaces.length} namespaces, ${nodes} nodes, ${prerequisites}`);
    await startWorkloads(host, plane);
    await report.check(ready, () => checkReady(api, manifests));
    if (scaledWorkloads(manifests).length > 0) await report.check(scaling, () => checkScaling(api, manifests));
    else report.skip(scaling, 'nothing scales in this tree');
    if (scaleJobs(manifests).length > 0) {
      const { kubeconfig } = server;
      await report.check(title('what sleeps at night sleeps on through an apply, by the rights of one account'), () =>
        checkSleep(api, manifests, { kubectl, kubeconfig, cache: host.folder('kubectl') }),
      );
    }
  });
}
