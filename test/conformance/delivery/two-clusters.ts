import { parse } from 'yaml';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { startArgoCd } from '../../../src/dev/argo-cd';
import { argoCdInstallation, argoCdNamespace } from '../../../src/dev/argo-cd-installation';
import { type ControlPlane, startWorkloads } from '../../../src/dev/control-plane';
import type { ApiServer } from '../../../src/dev/kube-apiserver';
import { type ClusterSetup, withCluster } from '../check-cluster';
import { crdsOf } from '../crds';
import { createNodes } from '../nodes';
import type { GitopsRepository } from './gitops-repository';

/** Two clusters with one Argo CD, which runs in the first. */
export interface TwoClusters {
  readonly repository: GitopsRepository;
  readonly first: ApiClient;
  readonly second: ApiClient;
}

/** Runs `work` on two clusters, by the names that they have in the topology, to which everything is delivered from the repository. */
export async function withTwoClusters(
  { repository, ...setup }: ClusterSetup & { readonly repository: GitopsRepository },
  [one, two]: readonly [string, string],
  work: (clusters: TwoClusters) => Promise<void>,
): Promise<void> {
  const [environment] = one.split('/');
  const trees = [await repository.cluster(one), await repository.cluster(two)];
  const crds = crdsOf(
    trees.flatMap(({ manifests }) => manifests.map(({ object }) => object)),
    setup.crds,
  );
  await withCluster({ ...setup, crds }, async (home, host) =>
    withCluster({ ...setup, crds: [] }, async (other, otherHost) => {
      await createNodes(home.api, trees[0].manifests);
      await createNodes(other.api, trees[1].manifests);
      await prepare(other);
      await Promise.all([startWorkloads(host, home), startWorkloads(otherHost, other), startArgoCd(host, home)]);
      await home.api.ensure(registered(one, home.server));
      await home.api.ensure(registered(two, other.server));
      for (const cluster of [one, two]) {
        for (const kind of ['appproject', 'application']) {
          const [, name] = cluster.split('/');
          const file = `${cluster}/argocd/platform/${kind}-cluster-${environment}.${name}.yaml`;
          await home.api.ensure(parse(await repository.read(file)));
        }
      }
      await work({ repository, first: home.api, second: other.api });
    }),
  );
}

/** The account that Argo CD applies the platform's own apps with has to be in every cluster. */
async function prepare({ api, server }: ControlPlane): Promise<void> {
  const kinds = ['Namespace', 'ServiceAccount', 'ClusterRoleBinding'];
  for (const object of argoCdInstallation(server, {})) {
    if (kinds.includes(object.kind)) await api.ensure(object);
  }
}

/** The Secret that makes a cluster known to Argo CD, at an address of its own: that of the cluster it runs in is taken. */
function registered(cluster: string, { url, token, ca }: ApiServer): KubeObject {
  const [, name] = cluster.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: argoCdNamespace,
      labels: { 'app.kubernetes.io/part-of': 'argocd', 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: {
      name,
      server: url.replace('127.0.0.1', 'localhost'),
      config: JSON.stringify({
        bearerToken: token,
        tlsClientConfig: { caData: Buffer.from(ca).toString('base64'), serverName: '127.0.0.1' },
      }),
    },
  };
}
