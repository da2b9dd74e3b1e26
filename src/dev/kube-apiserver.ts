import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './binaries';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';
import { writeKubeconfig } from './kubeconfig';

/** The Kubernetes version of every program built from the `kubernetes` module. */
export const kubernetesVersion = 'v1.36.3';

/** A program of the Kubernetes module that says its version instead of v0.0.0-master. */
export function kubernetesProgram(name: string): Program {
  return {
    name,
    module: 'kubernetes',
    package: `k8s.io/kubernetes/cmd/${name}`,
    variables: { 'k8s.io/component-base/version.gitVersion': kubernetesVersion },
  };
}

/** The Kubernetes API server. */
export const kubeApiserverProgram = kubernetesProgram('kube-apiserver');

/** A running API server and what a client needs to be its administrator. */
export interface ApiServer {
  readonly url: string;
  /** Bearer token of an administrator. */
  readonly token: string;
  /** The authority that signed the serving certificate, PEM. */
  readonly ca: string;
  /** A kubeconfig file of the same administrator. */
  readonly kubeconfig: string;
  /** The key that signs service account tokens. */
  readonly serviceAccountKeyFile: string;
}

/** Options of `startKubeApiserver`. */
export interface KubeApiserverOptions {
  /** The client address of its store. */
  readonly etcd: string;
  /**
   * Further arguments, e.g. feature gates.
   * @default - none
   */
  readonly args?: readonly string[];
}

/** Starts an API server with a serving certificate of its own making, RBAC, and one administrator. */
export async function startKubeApiserver(host: EngineHost, options: KubeApiserverOptions): Promise<ApiServer> {
  const [port] = await freePorts(1);
  const url = `https://127.0.0.1:${port}`;
  const folder = host.folder('kube-apiserver');
  const token = randomBytes(16).toString('hex');
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const serviceAccountKeyFile = join(folder, 'service-account.key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(serviceAccountKeyFile, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });

  await host.launch({
    name: 'kube-apiserver',
    binary: await host.binary(kubeApiserverProgram),
    args: [
      `--etcd-servers=${options.etcd}`,
      `--cert-dir=${folder}`,
      // As most clusters do: privileged pods are for policies to refuse.
      '--allow-privileged=true',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--token-auth-file=${tokens}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.0.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${serviceAccountKeyFile}`,
      `--service-account-signing-key-file=${serviceAccountKeyFile}`,
      ...(options.args ?? []),
    ],
    ready: () => isServing(`${url}/readyz`),
    // It waits for open watches to drain, and what it holds is thrown away.
    graceSeconds: 1,
  });
  const ca = readFileSync(join(folder, 'apiserver.crt'), 'utf8');
  const kubeconfig = join(folder, 'kubeconfig');
  writeKubeconfig(kubeconfig, { url, token, ca });
  return { url, token, ca, kubeconfig, serviceAccountKeyFile };
}
