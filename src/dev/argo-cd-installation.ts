import type { KubeObject } from './api-client';
import type { ApiServer } from './kube-apiserver';

/** The namespace that Argo CD runs in. */
export const argoCdNamespace = 'argocd';

/** Groups whose CRDs have to be served before Argo CD starts. */
export const argoCdGroups = ['argoproj.io'] as const;

/**
 * What an installation of Argo CD brings beside its programs: its namespace, its settings, the account that it applies with, and the
 * cluster it runs in, which has no name in DNS here.
 *
 * @param settings more data of `argocd-cm`
 */
export function argoCdInstallation(
  { url, token, ca }: ApiServer,
  settings: Readonly<Record<string, string>>,
): KubeObject[] {
  const empty = ['argocd-rbac-cm', 'argocd-cmd-params-cm', 'argocd-gpg-keys-cm', 'argocd-ssh-known-hosts-cm'];
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: argoCdNamespace } },
    // Without this it would look for the cluster at an address that only Pods know.
    { ...configMap('argocd-cm'), data: { 'cluster.inClusterEnabled': 'false', ...settings } },
    ...[...empty, 'argocd-tls-certs-cm'].map(configMap),
    { ...secret('argocd-secret'), stringData: { 'server.secretkey': 'c2VjcmV0LW9mLXRoZS10ZXN0' } },
    {
      ...secret('in-cluster', { 'argocd.argoproj.io/secret-type': 'cluster' }),
      stringData: {
        name: 'in-cluster',
        server: url,
        config: JSON.stringify({
          bearerToken: token,
          tlsClientConfig: { caData: Buffer.from(ca).toString('base64') },
        }),
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'argocd-application-controller', namespace: argoCdNamespace },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'argocd-application-controller' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'argocd-application-controller', namespace: argoCdNamespace }],
    },
  ];
}

const own = { 'app.kubernetes.io/part-of': 'argocd' };

function configMap(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: argoCdNamespace, labels: own } };
}

function secret(name: string, labels = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: argoCdNamespace, labels: { ...own, ...labels } },
  };
}
