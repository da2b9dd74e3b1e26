import type { Construct } from 'constructs';
import { ScaledObject, type ScaledObjectSpec } from '../../imports/keda.sh';
import { HorizontalPodAutoscaler, type ObjectMeta } from '../../imports/kubernetes';
import { all, autoscalerBehavior, autoscalerMetrics, cpuTarget, isRange, needsKeda, type ScaleRange } from './scale';

type Triggers = ScaledObjectSpec['triggers'];

/** What sets the number of pods; undefined when it is fixed. */
export function autoscaler(
  scope: Construct,
  scale: number | ScaleRange,
  target: { readonly apiVersion: string; readonly kind: string; readonly name: string },
  metadata: ObjectMeta,
): HorizontalPodAutoscaler | ScaledObject | undefined {
  if (!isRange(scale)) return undefined;
  const behavior = autoscalerBehavior(scale);
  if (!needsKeda(scale)) {
    return new HorizontalPodAutoscaler(scope, 'autoscaler', {
      metadata,
      spec: {
        scaleTargetRef: target,
        minReplicas: scale.min,
        maxReplicas: scale.max,
        metrics: autoscalerMetrics(scale),
        ...(behavior && { behavior }),
      },
    });
  }
  return new ScaledObject(scope, 'autoscaler', {
    metadata,
    spec: {
      scaleTargetRef: target,
      minReplicaCount: scale.min,
      maxReplicaCount: scale.max,
      triggers: triggers(scale),
      ...(behavior && { advanced: { horizontalPodAutoscalerConfig: { behavior } } }),
    } as ScaledObjectSpec,
  });
}

function triggers(scale: ScaleRange): Triggers {
  const cpu = cpuTarget(scale);
  const utilization = (type: string, percent: number) => ({
    type,
    metricType: 'Utilization' as const,
    metadata: { value: String(percent) },
  });
  return [
    ...all(scale.queue).map((queue) => ({
      type: queue.scaler,
      metadata: { ...queue.settings },
      ...(queue.authentication && { authenticationRef: { name: queue.authentication } }),
    })),
    ...all(scale.cron).map((cron) => ({
      type: 'cron',
      metadata: { timezone: cron.timeZone, start: cron.start, end: cron.end, desiredReplicas: String(cron.replicas) },
    })),
    ...all(scale.prometheus).map((p) => ({
      type: 'prometheus',
      metadata: { serverAddress: p.server, query: p.query, threshold: String(p.target) },
    })),
    ...(scale.memory === undefined ? [] : [utilization('memory', scale.memory)]),
    ...(cpu === undefined ? [] : [utilization('cpu', cpu)]),
  ];
}
