import type { Program } from './binaries';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';

/** The store of the Kubernetes API server. */
export const etcdProgram: Program = { name: 'etcd', module: 'etcd', package: 'go.etcd.io/etcd/server/v3' };

/** Starts an empty etcd and returns its client address. */
export async function startEtcd(host: EngineHost): Promise<string> {
  const [client, peer] = (await freePorts(2)).map((port) => `http://127.0.0.1:${port}`);
  await host.launch({
    name: 'etcd',
    binary: await host.binary(etcdProgram),
    args: [
      `--data-dir=${host.folder('etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // Nothing here has to survive a power cut.
      '--unsafe-no-fsync',
    ],
    ready: () => isServing(`${client}/health`),
  });
  return client;
}
