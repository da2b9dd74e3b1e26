import { join } from 'node:path';
import type { Program } from './binaries';
import type { ControlPlane } from './control-plane';
import type { EngineHost } from './engine-host';
import { fluxInstallation, fluxNamespace } from './flux-installation';
import { freePorts } from './free-port';
import { isServing } from './is-serving';
import { writeKubeconfig } from './kubeconfig';

/** The part of Flux that reads repositories. */
export const sourceControllerProgram: Program = {
  name: 'source-controller',
  module: 'flux',
  package: 'github.com/fluxcd/source-controller',
};

/** The part of Flux that applies. */
export const kustomizeControllerProgram: Program = {
  name: 'kustomize-controller',
  module: 'flux',
  package: 'github.com/fluxcd/kustomize-controller',
};

/** Programs of {@link startFlux}. */
export const fluxPrograms: readonly Program[] = [kustomizeControllerProgram, sourceControllerProgram];

/**
 * Starts Flux on a control plane that serves its CRDs, each controller with its own account: the part that reads repositories, and the
 * one that applies.
 */
export async function startFlux(host: EngineHost, plane: ControlPlane): Promise<void> {
  // One after the other: a namespace comes before what is in it.
  for (const object of fluxInstallation) await plane.api.ensure(object);
  const [storage, sourceHealth, kustomizeHealth] = await freePorts(3);
  const part = async (program: Program, health: number, args: readonly string[]) => {
    const { name } = program;
    const home = host.folder(name);
    await host.launch({
      name,
      binary: await host.binary(program),
      args: ['--metrics-addr=0', `--health-addr=127.0.0.1:${health}`, ...args],
      env: {
        KUBECONFIG: await kubeconfigOf(plane, name, home),
        RUNTIME_NAMESPACE: fluxNamespace,
        TMPDIR: home,
        HOME: home,
      },
      ready: () => isServing(`http://127.0.0.1:${health}/readyz`),
      readyWithinSeconds: 120,
      graceSeconds: 1,
    });
  };
  await Promise.all([
    part(sourceControllerProgram, sourceHealth, [
      `--storage-path=${host.folder('flux-storage')}`,
      `--storage-addr=127.0.0.1:${storage}`,
      `--storage-adv-addr=127.0.0.1:${storage}`,
    ]),
    part(kustomizeControllerProgram, kustomizeHealth, [
      // What production waits for by half a minute is asked for by the second: when something is looked at, not what is found.
      '--requeue-dependency=1s',
      // Without it a commit waits for what the one before broke.
      '--feature-gates=CancelHealthCheckOnNewRevision=true',
    ]),
  ]);
}

/** Makes a kubeconfig that holds a token of an account of Flux, as its Pod would. */
async function kubeconfigOf({ api, server }: ControlPlane, account: string, folder: string): Promise<string> {
  const path = `/api/v1/namespaces/${fluxNamespace}/serviceaccounts/${account}/token`;
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const { status } = await api.call('POST', path, { body });
  const file = join(folder, 'kubeconfig');
  writeKubeconfig(file, { url: server.url, token: status.token, ca: server.ca });
  return file;
}
