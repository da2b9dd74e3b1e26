import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { inParallel } from '../in-parallel';
import type { Manifest } from '../tree';

/** Applies an app's objects as its Application does: by Argo CD's name, with the annotation and the label by which it tracks them. */
export async function deliver(api: ApiClient, manifests: readonly Manifest[], app: string): Promise<void> {
  await inParallel(manifests, async ({ object }) => {
    const { apiVersion, kind, metadata } = object;
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    const { namespace, name } = metadata;
    const annotations = {
      ...metadata.annotations,
      'argocd.argoproj.io/tracking-id': `${namespace}.${app}:${group}/${kind}:${namespace}/${name}`,
    };
    const labels = { ...metadata.labels, 'app.kubernetes.io/instance': app };
    await api.call('PATCH', await api.pathOf(object), {
      query: { fieldManager: 'argocd-controller', force: 'true', fieldValidation: 'Strict' },
      body: { ...object, metadata: { ...metadata, labels, annotations } },
      contentType: 'application/apply-patch+yaml',
    });
  });
}

/** How often each live object was written but for its status, by kind and name. */
export async function versionsOf(api: ApiClient, manifests: readonly Manifest[]): Promise<Map<string, string>> {
  const live = await inParallel(manifests, async ({ object }) => [object, await api.get(object)] as const);
  return new Map(live.map(([{ kind, metadata }, object]) => [`${kind} ${metadata.name}`, writtenBy(object)]));
}

/** Who has written it, but for status: controllers write that at any time. */
function writtenBy(object: KubeObject | undefined): string {
  const {
    uid,
    generation,
    managedFields = [],
  } = (object?.metadata ?? {}) as {
    uid?: string;
    generation?: number;
    managedFields?: { subresource?: string; manager: string; time: string }[];
  };
  const writers = managedFields.filter(({ subresource }) => subresource === undefined);
  return JSON.stringify([uid, generation, writers.map(({ manager, time }) => [manager, time])]);
}
