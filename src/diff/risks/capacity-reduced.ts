import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import { exactQuantity } from '../../platform/quantity';
import { show } from '../../platform/rule';
import { fieldsOf, textOf, valueAt } from '../../references/fields';
import { podTemplateOf } from '../../references/pod-template';
import type { RiskRule } from './risk-rule';

interface Measure {
  /** The field. */
  readonly field: string;
  /** What it is where it is not written; undefined where nothing is bounded then. */
  readonly otherwise?: number;
  /** Whether more of it is less room. @default false */
  readonly isInverse?: boolean;
}

const replicas: Measure = { field: 'spec.replicas', otherwise: 1 };

/** How much room kinds give. */
const measures: Readonly<Record<string, readonly Measure[]>> = {
  'apps/Deployment': [replicas],
  'apps/StatefulSet': [replicas],
  'argoproj.io/Rollout': [replicas],
  'batch/Job': [{ field: 'spec.parallelism', otherwise: 1 }],
  'autoscaling/HorizontalPodAutoscaler': [{ field: 'spec.minReplicas', otherwise: 1 }, { field: 'spec.maxReplicas' }],
  'keda.sh/ScaledObject': [
    { field: 'spec.minReplicaCount', otherwise: 0 },
    { field: 'spec.maxReplicaCount', otherwise: 100 },
  ],
  'policy/PodDisruptionBudget': [{ field: 'spec.minAvailable' }, { field: 'spec.maxUnavailable', isInverse: true }],
  PersistentVolumeClaim: [{ field: 'spec.resources.requests.storage' }],
  'postgresql.cnpg.io/Cluster': [{ field: 'spec.instances', otherwise: 1 }, { field: 'spec.storage.size' }],
  'rabbitmq.com/RabbitmqCluster': [{ field: 'spec.replicas', otherwise: 1 }],
};

/** There is less room, or fewer pods. */
export const capacityReduced: RiskRule = {
  id: 'capacity-reduced',
  what: 'capacity is reduced',
  why: 'the same load meets fewer or smaller pods, less storage or a looser budget',
  find({ before, after }) {
    if (!before || !after) return [];
    const known = measures[groupKindOf(after)] ?? [];
    return [
      ...known.flatMap((measure) => less(before, after, measure)),
      ...smallerPods(before, after),
      ...(groupKindOf(after) === 'ResourceQuota' ? smallerQuota(before, after) : []),
      ...(isSuspended(after) && !isSuspended(before) ? ['does not run any more: it is suspended'] : []),
    ];
  },
};

function less(before: PlainObject, after: PlainObject, { field, otherwise, isInverse }: Measure): string[] {
  const [was, is] = [before, after].map((object) => valueAt(object, ...field.split('.')) ?? otherwise);
  if (!(isInverse ? isLess(was, is) : isLess(is, was))) return [];
  const isWritten = valueAt(after, ...field.split('.')) !== undefined;
  return [`${field} goes from ${show(was)} to ${isWritten ? show(is) : `${show(is)}, as it is not written any more`}`];
}

/** Whether a number, a quantity or a percentage is below another one of its form. */
function isLess(a: unknown, b: unknown): boolean {
  const [percent, other] = [a, b].map((value) => /^(\d+)%$/.exec(String(value))?.[1]);
  if (percent !== undefined || other !== undefined) {
    return percent !== undefined && other !== undefined && Number(percent) < Number(other);
  }
  const [x, y] = [exactQuantity(a), exactQuantity(b)];
  return x !== undefined && y !== undefined && x < y;
}

function smallerPods(before: PlainObject, after: PlainObject): string[] {
  const sizes = sizesOf(after);
  return [...sizesOf(before)].flatMap(([what, was]) => {
    const is = sizes.get(what);
    return isLess(is, was) ? [`${what} goes from ${was} to ${is}`] : [];
  });
}

/** The requests and limits of containers. A limit that is not there bounds nothing. */
function sizesOf(object: PlainObject): Map<string, unknown> {
  const containers = podTemplateOf(object, groupKindOf(object))?.containers ?? [];
  return new Map(
    containers.flatMap(({ fields: { name, resources } }) =>
      (['requests', 'limits'] as const).flatMap((kind) =>
        Object.entries(fieldsOf(valueAt(resources, kind))).map(
          ([resource, value]) =>
            [`${resource} ${kind.slice(0, -1)} of container ${textOf(name) ?? ''}`, value] as const,
        ),
      ),
    ),
  );
}

function smallerQuota(before: PlainObject, after: PlainObject): string[] {
  const hard = fieldsOf(valueAt(after, 'spec', 'hard'));
  return Object.entries(fieldsOf(valueAt(before, 'spec', 'hard'))).flatMap(([resource, was]) =>
    isLess(hard[resource], was) ? [`${resource} goes from ${was} to ${hard[resource]}`] : [],
  );
}

function isSuspended(object: PlainObject): boolean {
  return valueAt(object, 'spec', 'suspend') === true;
}
