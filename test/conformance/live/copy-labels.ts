import type { ApiClient, KubeObject } from '../../../src/dev/api-client';

/**
 * Plays a controller that makes an object beside each ConfigMap, and gives it the labels and annotations of that, as operators do:
 * nobody rendered it, so nobody removes it.
 */
export async function copyLabels(api: ApiClient, objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects.filter(({ kind }) => kind === 'ConfigMap')) {
    const live = await api.get(object);
    if (live === undefined) continue;
    const { namespace, labels, annotations, name } = live.metadata;
    const copy = { ...object, metadata: { name: `${name}-copy`, namespace, labels, annotations } };
    await api.call('PATCH', await api.pathOf(copy), {
      query: { fieldManager: 'some-operator' },
      body: copy,
      contentType: 'application/apply-patch+yaml',
    });
  }
}
