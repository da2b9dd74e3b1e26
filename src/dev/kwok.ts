import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Program } from './binaries';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';
import type { ApiServer } from './kube-apiserver';
import { kwokStages } from './kwok-stages';

/** What plays the kubelets: Nodes and Pods that become ready without containers. */
export const kwokProgram: Program = { name: 'kwok', module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok' };

/** Starts KWOK; it takes charge of every Node there is. */
export async function startKwok(host: EngineHost, apiServer: ApiServer): Promise<void> {
  const [port] = await freePorts(1);
  const config = join(host.folder('kwok'), 'stages.yaml');
  writeFileSync(config, kwokStages.map((stage) => stringify(stage)).join('---\n'));
  await host.launch({
    name: 'kwok',
    binary: await host.binary(kwokProgram),
    args: [
      `--kubeconfig=${apiServer.kubeconfig}`,
      `--config=${config}`,
      '--manage-all-nodes=true',
      // It renews each Node's lease, which is the heartbeat that keeps a Node ready.
      '--node-lease-duration-seconds=40',
      `--server-address=127.0.0.1:${port}`,
    ],
    ready: () => isServing(`http://127.0.0.1:${port}/healthz`),
    graceSeconds: 1,
  });
}
