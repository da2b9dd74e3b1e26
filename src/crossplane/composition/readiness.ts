import { isRecord } from '../../platform/rule';
import type { Kind } from '../../schema/kind';
import { jsonType, type SchemaNode } from '../../schema/schema-node';
import { expressionOf, type FieldValue } from './expression';
import { fieldPath } from './field-path';
import type { ReadinessCheck } from './patch-and-transform';
import type { Ref } from './reference-types';
import { nodeAt } from './resource-body';

/** When a composed resource counts as ready; several hold together. */
export type Readiness = ReadinessCheck | readonly ReadinessCheck[];

/** Ready as soon as it exists. */
export const always: ReadinessCheck = { type: 'None' };

/** Ready while a condition has a status, `True` by default. */
export function condition(type: string, status: 'True' | 'False' | 'Unknown' = 'True'): ReadinessCheck {
  return { type: 'MatchCondition', matchCondition: { type, status } };
}

/** Ready while a field of the resource is true. */
export function isTrue(field: Ref<boolean>): ReadinessCheck {
  return { type: 'MatchTrue', fieldPath: pathOfField(field) };
}

/** Ready while a field of the resource is false. */
export function isFalse(field: Ref<boolean>): ReadinessCheck {
  return { type: 'MatchFalse', fieldPath: pathOfField(field) };
}

/** Ready while a field of the resource has a value. */
export function exists(field: Ref<unknown>): ReadinessCheck {
  return { type: 'NonEmpty', fieldPath: pathOfField(field) };
}

/** Ready while a field of the resource has exactly this value. */
export function equals<T extends string | number>(field: Ref<T>, value: NoInfer<T>): ReadinessCheck {
  const path = pathOfField(field);
  return typeof value === 'string'
    ? { type: 'MatchString', fieldPath: path, matchString: value }
    : { type: 'MatchInteger', fieldPath: path, matchInteger: value as number };
}

function pathOfField(field: Ref<unknown>): string {
  const { path } = (expressionOf(field) ?? { path: [] }) as FieldValue;
  return fieldPath(path);
}

/**
 * Rules of kinds whose readiness is not the condition Ready, by group and kind. Most such objects are a record that a
 * controller reads and never answers.
 */
const rules: Readonly<Record<string, Readiness>> = {
  ...Object.fromEntries(
    [
      ...['ConfigMap', 'Secret', 'ServiceAccount', 'Service', 'Namespace', 'LimitRange', 'ResourceQuota'].map(
        (k) => ` ${k}`,
      ),
      ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((k) => `rbac.authorization.k8s.io ${k}`),
      'networking.k8s.io NetworkPolicy',
      'policy PodDisruptionBudget',
      'batch CronJob',
      'postgresql.cnpg.io ScheduledBackup',
      'postgresql.cnpg.io Pooler',
      'generators.external-secrets.io Password',
      'aws.m.upbound.io ProviderConfig',
      'aws.m.upbound.io ClusterProviderConfig',
      'gcp.m.upbound.io ProviderConfig',
      'gcp.m.upbound.io ClusterProviderConfig',
      'aws.crossplane.io ProviderConfig',
      'apiextensions.crossplane.io EnvironmentConfig',
    ].map((kind) => [kind, always]),
  ),
  'apps Deployment': condition('Available'),
  'batch Job': condition('Complete'),
  // Its conditions are AllReplicasReady, ClusterAvailable, NoWarnings and ReconcileSuccess; none is called Ready.
  'rabbitmq.com RabbitmqCluster': condition('AllReplicasReady'),
  'postgresql.cnpg.io Database': { type: 'MatchTrue', fieldPath: 'status.applied' },
  'objectbucket.io ObjectBucketClaim': { type: 'MatchString', fieldPath: 'status.phase', matchString: 'Bound' },
};

/** Kinds besides managed resources that have a condition Ready, by group and kind; `*` for all of a group. */
const withReadyCondition = new Set([
  'postgresql.cnpg.io Cluster',
  'rabbitmq.com *',
  'external-secrets.io *',
  'cert-manager.io Certificate',
  'protection.crossplane.io *',
]);

/** When a kind is ready; `Ready` is the condition that the function looks at by itself; undefined when nothing is known. */
export function readinessOf(kind: Kind, isManaged: boolean): Readiness | 'Ready' | undefined {
  const name = `${kind.group} ${kind.kind}`;
  if (Object.hasOwn(rules, name)) return rules[name];
  return isManaged || withReadyCondition.has(name) || withReadyCondition.has(`${kind.group} *`) ? 'Ready' : undefined;
}

/** Kinds of Kubernetes' own whose state function-auto-ready v0.7.0 judges by itself, by group and kind. */
export const judgedByState: ReadonlySet<string> = new Set([
  ...['ConfigMap', 'Namespace', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount'].map(
    (kind) => ` ${kind}`,
  ),
  ...['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'].map((kind) => `apps ${kind}`),
  'autoscaling HorizontalPodAutoscaler',
  'batch CronJob',
  'batch Job',
  'networking.k8s.io Ingress',
]);

/**
 * What is wrong with checks that would make a resource ready later than function-auto-ready does, or undefined. That function
 * runs last and calls ready what no step before it did: by its condition Ready, or by the state of Kubernetes' own kinds. So
 * checks can only make a resource ready earlier.
 */
export function overruledProblem(
  checks: readonly ReadinessCheck[],
  kind: Kind,
  isManaged: boolean,
): string | undefined {
  const byState = judgedByState.has(`${kind.group} ${kind.kind}`);
  if (!byState && readinessOf(kind, isManaged) !== 'Ready') return undefined;
  const late = checks.find((check) => !isEarly(check));
  if (late === undefined) return undefined;
  const read = readBy(late);
  return (
    `readiness reads ${read}, but function-auto-ready takes a ${kind.kind} for ready by its ` +
    `${byState ? 'state' : 'condition Ready'} whatever else is checked; leave ready out, or read metadata or spec, ` +
    'which may say that there is nothing to wait for'
  );
}

function readBy(check: ReadinessCheck): string {
  if (check.type === 'MatchCondition') return `the condition ${check.matchCondition.type}`;
  return 'fieldPath' in check ? check.fieldPath : '';
}

/** Whether a check can hold before the resource reports anything, or is the one that the function makes as well. */
function isEarly(check: ReadinessCheck): boolean {
  if (check.type === 'None') return true;
  if (check.type !== 'MatchCondition') return /^(metadata|spec)\b/.test(check.fieldPath);
  return check.matchCondition.type === 'Ready' && check.matchCondition.status === 'True';
}

/** What a check has against the kind whose field it reads, or undefined. */
export function readinessProblem(check: ReadinessCheck, kind: Kind): string | undefined {
  if (!('fieldPath' in check)) return undefined;
  if (check.fieldPath === '') return 'a readiness check reads the resource itself; give it one of its fields';
  const node = nodeAt(kind.schema, check.fieldPath.split('.'));
  const wanted = {
    MatchTrue: 'boolean',
    MatchFalse: 'boolean',
    MatchString: 'string',
    MatchInteger: 'integer',
  } as const;
  if (check.type === 'NonEmpty' || node === true) return undefined;
  return misread(node, wanted[check.type as keyof typeof wanted], check.fieldPath);
}

function misread(node: SchemaNode, wanted: 'boolean' | 'string' | 'integer', path: string): string | undefined {
  const bits = wanted === 'integer' ? jsonType.integer | jsonType.number : jsonType[wanted];
  return node.types === 0 || (node.types & bits) !== 0 ? undefined : `readiness reads ${path}, which is no ${wanted}`;
}

/** Checks as a list. */
export function checksOf(readiness: Readiness): readonly ReadinessCheck[] {
  return isRecord(readiness) ? [readiness as ReadinessCheck] : (readiness as readonly ReadinessCheck[]);
}
