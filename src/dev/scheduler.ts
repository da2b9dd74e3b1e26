import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';
import { type ApiServer, kubernetesProgram } from './kube-apiserver';

/** What puts Pods on Nodes. */
export const schedulerProgram = kubernetesProgram('kube-scheduler');

/** Starts the scheduler. */
export async function startScheduler(host: EngineHost, apiServer: ApiServer): Promise<void> {
  const [port] = await freePorts(1);
  await host.launch({
    name: 'kube-scheduler',
    binary: await host.binary(schedulerProgram),
    args: [
      `--kubeconfig=${apiServer.kubeconfig}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${host.folder('kube-scheduler')}`,
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
    ready: () => isServing(`https://127.0.0.1:${port}/healthz`),
    graceSeconds: 1,
  });
}
