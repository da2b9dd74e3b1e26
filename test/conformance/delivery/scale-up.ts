import type { ApiClient } from '../../../src/dev/api-client';
import type { Fields } from './applications';

/**
 * Adds a replica to each Deployment that has an autoscaler, through its scale, as an autoscaler does.
 *
 * @returns the names of the Deployments
 */
export async function scaleUp(api: ApiClient): Promise<string[]> {
  const scalers = await api.list('autoscaling/v2', 'HorizontalPodAutoscaler');
  const names: string[] = [];
  for (const { metadata, spec } of scalers as Fields[]) {
    const { apiVersion, kind, name } = spec.scaleTargetRef;
    const path = await api.pathOf({ apiVersion, kind, metadata: { name, namespace: metadata.namespace } }, 'scale');
    const found = await api.call('GET', path);
    await api.call('PUT', path, {
      body: { ...found, spec: { ...found.spec, replicas: found.spec.replicas + 1 } },
      query: { fieldManager: 'autoscaler' },
    });
    names.push(name);
  }
  return names;
}
