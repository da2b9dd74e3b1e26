import type { KubeObject } from '../../src/dev/api-client';
import type { Manifest } from './tree';

// biome-ignore lint/suspicious/noExplicitAny: the fields of any kind of workload, read and never written
type Fields = any;

/** The kinds that run Pods, and where each keeps its Pod template. */
const podTemplates: Readonly<Record<string, (object: Fields) => Fields>> = {
  Deployment: (object) => object.spec.template,
  StatefulSet: (object) => object.spec.template,
  DaemonSet: (object) => object.spec.template,
  Job: (object) => object.spec.template,
  CronJob: (object) => object.spec.jobTemplate.spec.template,
};

/** The Pod specs of a tree's workloads. */
export function podSpecs(manifests: readonly Manifest[]): Fields[] {
  return workloads(manifests).map(({ object }) => podTemplates[object.kind](object).spec);
}

/** The workloads of a tree. */
export function workloads(manifests: readonly Manifest[]): Manifest[] {
  return manifests.filter(({ object }) => /^(apps|batch)\//.test(object.apiVersion) && object.kind in podTemplates);
}

/** The Job that a CronJob makes when its time comes, as `kubectl create job --from` makes it. */
export function jobOf(cronJob: KubeObject): KubeObject {
  const { jobTemplate } = cronJob.spec as Fields;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...jobTemplate.metadata, name: `${cronJob.metadata.name}-now`, namespace: cronJob.metadata.namespace },
    spec: jobTemplate.spec,
  };
}

/** What a workload still lacks until it has done what it is for, or undefined when it has. */
export function unready(live: KubeObject): string | undefined {
  const { metadata, spec, status = {} } = live as Fields;
  const observed = (status.observedGeneration ?? 0) >= metadata.generation;
  switch (live.kind) {
    case 'Deployment':
      return observed && status.updatedReplicas === spec.replicas && status.availableReplicas === spec.replicas
        ? undefined
        : `${status.availableReplicas ?? 0} of ${spec.replicas} replicas available`;
    case 'StatefulSet':
      return observed && status.updatedReplicas === spec.replicas && status.availableReplicas === spec.replicas
        ? undefined
        : `${status.availableReplicas ?? 0} of ${spec.replicas} replicas available`;
    case 'DaemonSet':
      return observed && status.desiredNumberScheduled > 0 && status.numberAvailable === status.desiredNumberScheduled
        ? undefined
        : `${status.numberAvailable ?? 0} of ${status.desiredNumberScheduled ?? 0} nodes available`;
    default:
      return status.conditions?.some(
        (condition: Fields) => condition.type === 'Complete' && condition.status === 'True',
      )
        ? undefined
        : `not complete: ${JSON.stringify(status.conditions ?? [])}`;
  }
}
