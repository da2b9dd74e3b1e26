import { argoCdInstallation, argoCdNamespace } from './argo-cd-installation';
import type { Program } from './binaries';
import type { ControlPlane } from './control-plane';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';
import { redisProgram, startRedis } from './redis';

/** Argo CD: one program that is told by its environment which of its parts to be. */
export const argoCdProgram: Program = {
  name: 'argocd',
  module: 'argo-cd',
  package: 'github.com/argoproj/argo-cd/v3/cmd',
};

/** Programs of {@link startArgoCd}. */
export const argoCdPrograms: readonly Program[] = [argoCdProgram, redisProgram];

/**
 * Starts Argo CD on a control plane that serves its CRDs: the part that reads repositories, the one that applies, and the one
 * that makes Applications of ApplicationSets. There is no web server, so who logs in is not looked at.
 *
 * @param settings data of its ConfigMap `argocd-cm`, beside what the cluster is told by whoever is delivered
 */
export async function startArgoCd(
  host: EngineHost,
  { api, server }: ControlPlane,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const objects = argoCdInstallation(server, settings);
  const [binary, redis] = await Promise.all([
    host.binary(argoCdProgram),
    startRedis(host),
    // One after the other: a namespace comes before what is in it.
    objects.reduce((before, object) => before.then(() => api.ensure(object)), Promise.resolve()),
  ]);
  const [port, repoMetrics, controllerMetrics, setMetrics, webhook] = await freePorts(5);
  const env = {
    KUBECONFIG: server.kubeconfig,
    TMPDIR: host.folder('argo-cd'),
    HOME: host.folder('argo-cd-home'),
    ARGOCD_GPG_ENABLED: 'false',
    // What production waits for by minutes is asked for by the second: it changes when something is looked at, not what is found.
    ARGOCD_APPLICATIONSET_CONTROLLER_REQUEUE_AFTER: '3s',
    ARGOCD_SYNC_WAVE_DELAY: '1',
  };
  const part = (name: string, args: readonly string[], health: string) =>
    host.launch({
      name,
      binary,
      args,
      env: { ...env, ARGOCD_BINARY_NAME: name },
      ready: () => isServing(`http://127.0.0.1:${health}`),
      readyWithinSeconds: 120,
    });
  const repoServer = `127.0.0.1:${port}`;
  const cluster = [`--kubeconfig=${server.kubeconfig}`, `--namespace=${argoCdNamespace}`];
  await Promise.all([
    part(
      'argocd-repo-server',
      [
        ...[`--redis=${redis}`, '--disable-tls', '--address=127.0.0.1', `--port=${port}`],
        ...[`--metrics-port=${repoMetrics}`, '--revision-cache-expiration=1s'],
      ],
      `${repoMetrics}/healthz`,
    ),
    part(
      'argocd-application-controller',
      [
        ...[...cluster, `--redis=${redis}`, `--repo-server=${repoServer}`, '--repo-server-plaintext'],
        ...[`--metrics-port=${controllerMetrics}`, '--app-resync=10', '--self-heal-timeout-seconds=1'],
        // Why an object is not healthy is kept where only its web server finds it, unless it is told otherwise.
        '--persist-resource-health',
      ],
      `${controllerMetrics}/healthz`,
    ),
    part(
      'argocd-applicationset-controller',
      [
        ...[...cluster, `--argocd-repo-server=${repoServer}`, '--repo-server-plaintext', '--probe-addr=0'],
        ...[`--metrics-addr=127.0.0.1:${setMetrics}`, `--webhook-addr=127.0.0.1:${webhook}`],
      ],
      // Its health probe has no check, and answers 404.
      `${setMetrics}/metrics`,
    ),
  ]);
}
