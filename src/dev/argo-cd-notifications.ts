import { argoCdProgram } from './argo-cd';
import { argoCdNamespace } from './argo-cd-installation';
import type { ControlPlane } from './control-plane';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';

/**
 * Starts the part of Argo CD that tells people, beside a control plane that serves Argo CD's CRDs. It reads its ConfigMap
 * `argocd-notifications-cm` whenever that changes.
 *
 * @param secret what is in its Secret `argocd-notifications-secret`
 */
export async function startArgoCdNotifications(
  host: EngineHost,
  { api, server }: ControlPlane,
  secret: Readonly<Record<string, string>>,
): Promise<void> {
  await api.ensure({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'argocd-notifications-secret', namespace: argoCdNamespace },
    stringData: secret,
  });
  const [port] = await freePorts(1);
  const name = 'argocd-notifications';
  await host.launch({
    name,
    binary: await host.binary(argoCdProgram),
    args: [`--kubeconfig=${server.kubeconfig}`, `--namespace=${argoCdNamespace}`, `--metrics-port=${port}`],
    env: { ARGOCD_BINARY_NAME: name },
    ready: () => isServing(`http://127.0.0.1:${port}/metrics`),
  });
}
