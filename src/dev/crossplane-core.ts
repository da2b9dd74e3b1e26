import type { ApiClient, KubeObject } from './api-client';
import type { ControlPlane } from './control-plane';
import { type Certificate, makeCertificate } from './crossplane-certificate';
import { functionNames, startCrossplaneFunctions } from './crossplane-functions';
import type { CrossplanePrograms } from './crossplane-programs';
import type { EngineHost } from './engine-host';
import { freePorts } from './free-port';
import { isServing } from './is-serving';

const namespace = 'crossplane-system';

/** Groups whose CRDs have to be served before Crossplane starts, or it ends with `no matches for kind`. */
export const crossplaneGroups = [
  'apiextensions.crossplane.io',
  'ops.crossplane.io',
  'pkg.crossplane.io',
  'protection.crossplane.io',
] as const;

/**
 * Starts Crossplane on a control plane that serves its CRDs, with the composition functions installed and no package
 * pulled. Managed resources need their CRDs only: whoever writes their status plays the cloud.
 */
export async function startCrossplaneCore(
  host: EngineHost,
  { api, server }: ControlPlane,
  programs: CrossplanePrograms,
): Promise<void> {
  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'crossplane', namespace } });
  const certificate = await makeCertificate(host.folder('crossplane-certificate'));
  const targets = await startCrossplaneFunctions(host, programs, certificate.folder);
  const [webhookPort, metricsPort, healthPort] = await freePorts(3);
  await host.launch({
    name: 'crossplane-core',
    binary: programs['crossplane-core'],
    args: [
      'core',
      'start',
      `--namespace=${namespace}`,
      '--service-account=crossplane',
      `--xpkg-cache-dir=${host.folder('crossplane-xpkg')}`,
      `--xfn-cache-dir=${host.folder('crossplane-xfn')}`,
      // Nothing runs packages here: the functions are processes.
      '--package-runtime=External',
      `--tls-client-certs-dir=${certificate.folder}`,
      `--tls-server-certs-dir=${certificate.folder}`,
      '--enable-webhooks',
      `--webhook-port=${webhookPort}`,
      `--metrics-port=${metricsPort}`,
      `--health-probe-port=${healthPort}`,
      '--poll-interval=5s',
    ],
    env: { KUBECONFIG: server.kubeconfig },
    ready: () => isServing(`http://127.0.0.1:${healthPort}/readyz`),
    graceSeconds: 1,
  });
  for (const name of functionNames) await installFunction(api, name, targets[name]);
  await protectUsed(api, webhookPort, certificate);
}

/** Makes the revision that a package would be unpacked to, and says where its function answers. */
async function installFunction(api: ApiClient, name: string, target: string): Promise<void> {
  const revision: KubeObject = {
    apiVersion: 'pkg.crossplane.io/v1',
    kind: 'FunctionRevision',
    metadata: { name: `${name}-1`, labels: { 'pkg.crossplane.io/package': name } },
    spec: { desiredState: 'Active', image: `localhost/${name}:v1`, revision: 1 },
  };
  await api.ensure(revision);
  const status = { endpoint: `dns:///${target}`, capabilities: ['composition'] };
  await api.call('PATCH', await api.pathOf(revision, 'status'), {
    contentType: 'application/merge-patch+json',
    body: { status },
  });
}

/** Registers the webhook that refuses to delete what a `Usage` says is in use. */
async function protectUsed(api: ApiClient, port: number, { ca }: Certificate): Promise<void> {
  const rule = { apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['DELETE'], scope: '*' };
  await api.ensure({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'crossplane-no-usages' },
    webhooks: [
      {
        name: 'nousages.protection.crossplane.io',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        clientConfig: {
          url: `https://localhost:${port}/validate-no-usages`,
          caBundle: Buffer.from(ca).toString('base64'),
        },
        objectSelector: { matchLabels: { 'crossplane.io/in-use': 'true' } },
        rules: [rule],
      },
    ],
  });
}
