import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client';
import type { Program } from './binaries';
import type { ControlPlane } from './control-plane';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';

/** Kyverno's admission controller. */
export const kyvernoProgram: Program = {
  name: 'kyverno-admission-controller',
  module: 'kyverno',
  package: 'github.com/kyverno/kyverno/cmd/kyverno',
};

const namespace = 'kyverno';
const account = 'kyverno-admission-controller';

/** Groups whose CRDs, beside `kyvernoCrds`, have to be served before Kyverno starts. */
export const kyvernoGroups = ['policies.kyverno.io', 'wgpolicyk8s.io'] as const;

/**
 * Starts Kyverno's admission controller beside a control plane that serves its CRDs. Its webhooks stay registered when it ends, so
 * the control plane is not to be used after it.
 */
export async function startKyverno(host: EngineHost, { api, server }: ControlPlane): Promise<void> {
  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } });
  // By default it passes over its own namespace and a list of kinds; here it looks at everything.
  for (const name of ['kyverno', 'kyverno-metrics']) {
    const data = { resourceFilters: '', excludeGroups: '' };
    await api.ensure({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });
  }
  const [port, metricsPort] = await freePorts(2);
  await host.launch({
    name: 'kyverno',
    binary: await host.binary(kyvernoProgram),
    args: [
      `--kubeconfig=${server.kubeconfig}`,
      `--serverIP=127.0.0.1:${port}`,
      '--webhookServerHost=127.0.0.1',
      `--webhookServerPort=${port}`,
      '--caSecretName=kyverno-ca',
      '--tlsSecretName=kyverno-tls',
      '--tlsKeyAlgorithm=ECDSA',
      '--enablePolicyException',
      '--exceptionNamespace=*',
      '--admissionReports=false',
      '--disableMetrics=true',
      // It listens there all the same.
      '--metricsHost=127.0.0.1',
      `--metricsPort=${metricsPort}`,
      '--controllerRuntimeMetricsAddress=0',
    ],
    env: {
      KYVERNO_NAMESPACE: namespace,
      KYVERNO_SERVICEACCOUNT_NAME: account,
      KYVERNO_DEPLOYMENT: account,
      KYVERNO_POD_NAME: account,
      KYVERNO_SVC: 'kyverno-svc',
      INIT_CONFIG: 'kyverno',
      METRICS_CONFIG: 'kyverno-metrics',
      TUF_ROOT: host.folder('kyverno-tuf'),
    },
    ready: () => isServing(`https://127.0.0.1:${port}/health/readiness`),
    graceSeconds: 1,
  });
}

const webhooksWithinSeconds = 60;

/**
 * Resolves when Kyverno has registered webhooks for all of these validating and mutating policies.
 *
 * @throws Error naming those that are missing
 */
export async function untilEnforced(api: ApiClient, policies: readonly string[]): Promise<void> {
  const deadline = performance.now() + webhooksWithinSeconds * 1000;
  for (;;) {
    const enforced = new Set(await enforcedPolicies(api));
    const missing = policies.filter((name) => !enforced.has(name));
    if (missing.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`kyverno did not enforce within ${webhooksWithinSeconds} s: ${missing.join(', ')}`);
    }
    await sleep(200);
  }
}

/** Names of policies, as the paths of webhooks list them. */
async function enforcedPolicies(api: ApiClient): Promise<string[]> {
  const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
  const lists = await Promise.all(kinds.map((kind) => api.list('admissionregistration.k8s.io/v1', kind)));
  return lists.flat().flatMap(({ webhooks = [] }) =>
    (webhooks as readonly { clientConfig: { url?: string } }[]).flatMap(({ clientConfig: { url = '' } }) => {
      const [, kind, ...names] = new URL(url || 'https://none').pathname.split('/');
      return ['vpol', 'mpol'].includes(kind) ? names : [];
    }),
  );
}
