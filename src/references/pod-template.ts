import type { PlainObject } from '../platform/placed-object';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';

/** One container of a pod. */
export interface PodContainer {
  readonly fields: Fields;
  /** Where it is: `spec.template.spec.containers[api]`. */
  readonly at: string;
  /** A sidecar is an init container that keeps running beside the others. */
  readonly role: 'main' | 'sidecar' | 'init';
}

/** The pods that an object runs. */
export interface PodTemplate {
  readonly labels: Fields;
  readonly spec: Fields;
  /** Where the pod's specification is: `spec.template.spec`. */
  readonly at: string;
  readonly containers: readonly PodContainer[];
  /** What the schema of its kind refuses by itself, so that no rule here says it again. */
  readonly schemaChecks: SchemaChecks;
}

/** What a schema knows of a pod, beside that the items of most lists differ. */
interface SchemaChecks {
  /** Which names and ports there can be: only Kubernetes' own kinds say so. */
  readonly values: boolean;
  /** That no two volumes have one name: Argo Rollouts' CRD doesn't say so. */
  readonly volumes: boolean;
}

/** Where each kind that runs pods holds their template. A pod is its own. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  ReplicationController: ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'argoproj.io/Rollout': ['spec', 'template'],
  'keda.sh/ScaledJob': ['spec', 'jobTargetRef', 'template'],
};

const kubernetesChecks: SchemaChecks = { values: true, volumes: true };
/** The kinds of others. */
const schemaChecks: Readonly<Record<string, SchemaChecks>> = {
  'argoproj.io/Rollout': { values: false, volumes: false },
  'keda.sh/ScaledJob': { values: false, volumes: true },
};

/** The pods that an object runs, or undefined when it runs none. */
export function podTemplateOf(object: PlainObject, groupKind: string): PodTemplate | undefined {
  const path = templates[groupKind];
  if (path === undefined) return undefined;
  const template = fieldsOf(valueAt(object, ...path));
  // A rollout may lead to the template of a Deployment, which is checked where it stands.
  if (template.spec === undefined) return undefined;
  const spec = fieldsOf(template.spec);
  const at = [...path, 'spec'].join('.');
  const labels = fieldsOf(valueAt(template, 'metadata', 'labels'));
  const containers = containersOf(spec, at);
  return { labels, spec, at, containers, schemaChecks: schemaChecks[groupKind] ?? kubernetesChecks };
}

function containersOf(spec: Fields, at: string): PodContainer[] {
  const place = (list: string, { name }: Fields, index: number) => `${at}.${list}[${textOf(name) ?? index}]`;
  return [
    ...objectsOf(spec.containers).map((fields, i) => ({
      fields,
      at: place('containers', fields, i),
      role: 'main' as const,
    })),
    ...objectsOf(spec.initContainers).map((fields, i) => ({
      fields,
      at: place('initContainers', fields, i),
      role: fields.restartPolicy === 'Always' ? ('sidecar' as const) : ('init' as const),
    })),
  ];
}

/** A port that a running container declares. */
export interface DeclaredPort {
  readonly name?: string;
  readonly port: unknown;
  readonly protocol: string;
}

/** The ports that a container declares. */
export function declaredPorts(container: PodContainer): DeclaredPort[] {
  return objectsOf(container.fields.ports).map(({ name, containerPort, protocol }) => ({
    name: textOf(name),
    port: containerPort,
    protocol: textOf(protocol) ?? 'TCP',
  }));
}

/** The ports that a pod offers while it runs: those of containers that end before it starts are none. */
export function offeredPorts(pod: PodTemplate): DeclaredPort[] {
  return pod.containers.filter(({ role }) => role !== 'init').flatMap(declaredPorts);
}
