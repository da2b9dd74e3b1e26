import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { apply } from './apply';
import type { Finding } from './report';
import type { Manifest } from './tree';

/** A workload that something scales, and between which numbers. */
interface Scaled {
  readonly manifest: Manifest;
  readonly min: number;
  readonly max: number;
}

/** The workloads of a tree that a HorizontalPodAutoscaler or a ScaledObject of the same tree scales. */
export function scaledWorkloads(manifests: readonly Manifest[]): Scaled[] {
  return manifests.flatMap(({ object }) => {
    const range = scaleRange(object);
    const manifest = manifests.find(
      (each) =>
        each.object.kind === (range?.target.kind ?? 'Deployment') &&
        each.object.metadata.name === range?.target.name &&
        each.object.metadata.namespace === object.metadata.namespace,
    );
    // With one number only, nothing can be set that the autoscaler would leave alone.
    return range && manifest && range.min < range.max ? [{ manifest, min: range.min, max: range.max }] : [];
  });
}

function scaleRange(
  object: KubeObject,
): { target: { kind?: string; name: string }; min: number; max: number } | undefined {
  // biome-ignore lint/suspicious/noExplicitAny: the fields of two kinds
  const spec = object.spec as any;
  if (object.kind === 'HorizontalPodAutoscaler') {
    return { target: spec.scaleTargetRef, min: spec.minReplicas ?? 1, max: spec.maxReplicas };
  }
  if (object.kind === 'ScaledObject') {
    // KEDA's defaults: none at the least, 100 at the most.
    return { target: spec.scaleTargetRef, min: spec.minReplicaCount ?? 0, max: spec.maxReplicaCount ?? 100 };
  }
  return undefined;
}

/**
 * A replica count set through the scale subresource, as an autoscaler sets it, survives the next apply. The number is
 * one that the workload doesn't have and that the autoscaler allows, so that nothing but the apply could change it back.
 */
export async function checkScaling(api: ApiClient, manifests: readonly Manifest[]): Promise<Finding> {
  const scaled = scaledWorkloads(manifests);
  const problems: string[] = [];
  for (const { manifest, min, max } of scaled) {
    const path = await api.pathOf(manifest.object, 'scale');
    const scale = await api.call('GET', path);
    const replicas = scale.spec.replicas === max ? min : Math.min(max, (scale.spec.replicas ?? 0) + 1);
    // Through PUT, as the autoscaler does: the count then belongs to it and no longer to the server's default.
    await api.call('PUT', path, {
      body: { ...scale, spec: { ...scale.spec, replicas } },
      query: { fieldManager: 'autoscaler' },
    });
    const [applied] = await apply(api, [manifest]);
    const kept = (await api.call('GET', path)).spec.replicas;
    problems.push(...applied.problems);
    if (kept !== replicas) {
      problems.push(`${manifest.file}: replicas were set to ${replicas} and are ${kept} after the next apply`);
    }
  }
  return { counted: `${scaled.length} scaled workloads`, problems };
}
