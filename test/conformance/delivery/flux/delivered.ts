import { parse } from 'yaml';
import type { KubeObject } from '../../../../src/dev/api-client';
import { startWorkloads } from '../../../../src/dev/control-plane';
import { startFlux } from '../../../../src/dev/flux';
import { fluxCrds } from '../../../../src/dev/flux-crds';
import { fluxNamespace } from '../../../../src/dev/flux-installation';
import { type ClusterSetup, withCluster } from '../../check-cluster';
import { crdsOf } from '../../crds';
import { createNodes } from '../../nodes';
import { createPrerequisites } from '../../stand-ins';
import type { ClusterTree } from '../../tree';
import type { Delivered } from '../delivered';
import type { GitopsRepository } from '../gitops-repository';
import { playControllers } from '../play-controllers';
import type { GitReader } from '../serve-git';

/** What a cluster has before Flux delivers anything to it. */
export interface FluxSetup extends ClusterSetup {
  readonly repository: GitopsRepository;
  /** What is rendered for it. */
  readonly cluster: ClusterTree;
  /** Who may read the repository. */
  readonly reader: GitReader;
  /** CRDs of the platform's own APIs, which Crossplane makes where it runs. */
  readonly made?: readonly KubeObject[];
}

/** Runs `work` on a new cluster with Flux, to which the two files were applied that deliver everything else. */
export async function withFlux(
  { repository, cluster, reader, made = [], ...setup }: FluxSetup,
  work: (delivered: Delivered) => Promise<void>,
): Promise<void> {
  const { name, manifests } = cluster;
  const objects = manifests.map(({ object }) => object);
  const crds = [...crdsOf(objects, setup.crds), ...fluxCrds, ...made];
  await withCluster({ ...setup, crds }, async (plane, host) => {
    const { api } = plane;
    // Secrets of ExternalSecrets are in namespaces that only Flux makes.
    await createPrerequisites(
      api,
      manifests.filter(({ object }) => object.kind !== 'ExternalSecret'),
    );
    await createNodes(api, manifests);
    await Promise.all([startWorkloads(host, plane), startFlux(host, plane)]);
    await api.ensure(secretOf(reader));
    const [environment] = name.split('/');
    for (const kind of ['gitrepository', 'kustomization']) {
      const file = `${name}/${fluxNamespace}/platform/${kind}-cluster-${environment}.yaml`;
      await api.ensure(parse(await repository.read(file)));
    }
    const served = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
    await work({ api, repository, play: () => playControllers(api, served) });
  });
}

/** The Secret that somebody makes for Flux to read the repository with. */
function secretOf(reader: GitReader): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'gitops-repository', namespace: fluxNamespace },
    stringData: { ...reader },
  };
}
