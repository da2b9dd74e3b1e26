import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';
import { type ApiServer, kubernetesProgram } from './kube-apiserver';

/** The controllers of Kubernetes' own kinds. */
export const controllerManagerProgram = kubernetesProgram('kube-controller-manager');

/** Starts the controllers: Deployments make Pods, Jobs end, claims bind, namespaces get their default account. */
export async function startControllerManager(host: EngineHost, apiServer: ApiServer): Promise<void> {
  const [port] = await freePorts(1);
  await host.launch({
    name: 'kube-controller-manager',
    binary: await host.binary(controllerManagerProgram),
    args: [
      `--kubeconfig=${apiServer.kubeconfig}`,
      `--service-account-private-key-file=${apiServer.serviceAccountKeyFile}`,
      '--use-service-account-credentials=false',
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${host.folder('kube-controller-manager')}`,
      // The default of 20 requests a second would make a whole tree wait for its turn.
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
    ready: () => isServing(`https://127.0.0.1:${port}/healthz`),
    graceSeconds: 1,
  });
}
