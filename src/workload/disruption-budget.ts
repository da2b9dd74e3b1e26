import type { Construct } from 'constructs';
import { type ObjectMeta, PodDisruptionBudget } from '../../imports/kubernetes';
import { minReplicas, type ScaleRange } from './scale';

/**
 * Lets a drain take one pod at a time. At one pod there is none: a budget would only block the drain.
 *
 * `AlwaysAllow` lets a drain take pods that are not ready anyway, so that a broken service never holds a node
 * (Kubernetes recommends it; stable since 1.31, on by default since 1.27).
 */
export function disruptionBudget(
  scope: Construct,
  scale: number | ScaleRange,
  selector: Readonly<Record<string, string>>,
  metadata: ObjectMeta,
): PodDisruptionBudget | undefined {
  if (minReplicas(scale) <= 1) return undefined;
  return new PodDisruptionBudget(scope, 'disruption-budget', {
    metadata,
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { ...selector } } },
  });
}
