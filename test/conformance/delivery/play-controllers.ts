import type { ApiClient, KubeObject } from '../../../src/dev/api-client';

// biome-ignore lint/suspicious/noExplicitAny: the fields of any kind of object
type Fields = any;

/** Status that the controllers that are not here would write, by kind. */
const statusOf: Readonly<Record<string, (object: Fields) => Fields>> = {
  'external-secrets.io/v1 ExternalSecret': () => ({ conditions: [condition('Ready', 'SecretSynced')] }),
  'external-secrets.io/v1 SecretStore': () => ({ conditions: [condition('Ready', 'Valid')] }),
  'cert-manager.io/v1 Certificate': () => ({ conditions: [condition('Ready', 'Ready')] }),
  'keda.sh/v1alpha1 ScaledObject': () => ({ conditions: [condition('Ready', 'ScaledObjectReady')] }),
  'gateway.networking.k8s.io/v1 HTTPRoute': routeStatus,
  'gateway.networking.k8s.io/v1 GRPCRoute': routeStatus,
};

function routeStatus({ metadata, spec }: Fields) {
  return {
    parents: spec.parentRefs.map((parentRef: Fields) => ({
      parentRef,
      controllerName: 'example.com/gateway',
      conditions: ['Accepted', 'ResolvedRefs'].map((type) => ({
        ...condition(type, type),
        observedGeneration: metadata.generation,
      })),
    })),
  };
}

function condition(type: string, reason: string) {
  return { type, status: 'True', reason, message: '', lastTransitionTime: '2024-01-01T00:00:00Z' };
}

/**
 * Plays the controllers that are not here: whatever has no status yet is ready.
 *
 * @param served groups and versions that the server has
 */
export async function playControllers(api: ApiClient, served: ReadonlySet<string>): Promise<void> {
  for (const [key, status] of Object.entries(statusOf)) {
    const [apiVersion, kind] = key.split(' ');
    if (!served.has(key)) continue;
    for (const object of await api.list(apiVersion, kind)) {
      if (object.status !== undefined && Object.keys(object.status as object).length > 0) continue;
      await writeStatus(api, { ...object, apiVersion, kind }, status(object));
    }
  }
}

async function writeStatus(api: ApiClient, object: KubeObject, status: Fields): Promise<void> {
  await api.ask('PATCH', await api.pathOf(object, 'status'), {
    contentType: 'application/merge-patch+json',
    body: { status },
  });
}
