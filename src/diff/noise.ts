import type { PlainObject } from '../platform/placed-object';

/** What the API server and controllers write about an object itself. */
const written = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** Annotations and labels that others write, or that only repeat what changed elsewhere. */
const noise = new Set([
  // The tag of the image, on each object of a workload.
  'app.kubernetes.io/version',
  'argocd.argoproj.io/tracking-id',
  'autoscaling.alpha.kubernetes.io/conditions',
  'autoscaling.alpha.kubernetes.io/current-metrics',
  // The pods of a Job are found by an id of the cluster.
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
  // The hash of a ConfigMap, whose own change is told.
  'checksum/config',
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
  'kubectl.kubernetes.io/last-applied-configuration',
  'kubernetes.io/metadata.name',
]);

/** Whether an annotation or a label says nothing that somebody decided. */
export function isNoise(key: string): boolean {
  return noise.has(key);
}

/** An object without what nobody decided: its status, and what the API server writes about it. */
export function withoutNoise({ status: _, metadata, ...rest }: PlainObject): Record<string, unknown> {
  return { ...rest, metadata: Object.fromEntries(Object.entries(metadata).filter(([name]) => !written.has(name))) };
}
