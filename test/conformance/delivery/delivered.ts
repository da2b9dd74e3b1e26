import { parse } from 'yaml';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { startArgoCd } from '../../../src/dev/argo-cd';
import { startWorkloads } from '../../../src/dev/control-plane';
import { type ClusterSetup, withCluster } from '../check-cluster';
import { crdsOf } from '../crds';
import { createNodes } from '../nodes';
import { createPrerequisites } from '../stand-ins';
import type { ClusterTree } from '../tree';
import type { GitopsRepository } from './gitops-repository';
import { playControllers } from './play-controllers';

/** A cluster that is delivered to. */
export interface Delivered {
  readonly api: ApiClient;
  readonly repository: GitopsRepository;
  /** Lets the controllers that are not here do their part. */
  readonly play: () => Promise<void>;
}

/** What a cluster has before anything is delivered to it. */
export interface DeliveredSetup extends ClusterSetup {
  readonly repository: GitopsRepository;
  /** What is rendered for it. */
  readonly cluster: ClusterTree;
  /** CRDs of the platform's own APIs, which Crossplane makes where it runs. */
  readonly made?: readonly KubeObject[];
  /** Settings of Argo CD beside those that are delivered. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Runs `work` on a new cluster with Argo CD, to which the two files were applied that deliver everything else. */
export async function withDelivery(
  { repository, cluster, made = [], settings, ...setup }: DeliveredSetup,
  work: (delivered: Delivered) => Promise<void>,
): Promise<void> {
  const { name, manifests } = cluster;
  const objects = manifests.map(({ object }) => object);
  const crds = [...crdsOf(objects, setup.crds), ...made];
  await withCluster({ ...setup, crds }, async (plane, host) => {
    const { api } = plane;
    // Secrets of ExternalSecrets are in namespaces that only Argo CD makes.
    await createPrerequisites(
      api,
      manifests.filter(({ object }) => object.kind !== 'ExternalSecret'),
    );
    await createNodes(api, manifests);
    await Promise.all([startWorkloads(host, plane), startArgoCd(host, plane, settings)]);
    const [environment] = name.split('/');
    for (const kind of ['appproject', 'application']) {
      const file = `${name}/argocd/platform/${kind}-cluster-${environment}.yaml`;
      await api.ensure(parse(await repository.read(file)));
    }
    const served = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
    await work({ api, repository, play: () => playControllers(api, served) });
  });
}
