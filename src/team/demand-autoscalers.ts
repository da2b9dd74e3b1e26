import { groupKindOf, type PlainObject } from '../platform/placed-object';
import { show } from '../platform/rule';
import { fieldsOf, textOf, valueAt } from '../references/fields';
import type { KindGroup } from './demand-kinds';

/** The replica counts that autoscalers may set. */
export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
}

/** Workloads that autoscalers scale, by group, kind and name. */
export type AutoscaledRanges = ReadonlyMap<string, ReplicaRange>;

/** How a workload is found among {@link AutoscaledRanges}. */
export function scaledKey(groupKind: string, name: string): string {
  return `${groupKind} ${name}`;
}

/**
 * What autoscalers of one namespace scale, and between which numbers: the widest range where several name one workload.
 * KEDA's own numbers where nothing is said are 0 and 100. Source: the references of both APIs.
 */
export function autoscaledRanges(groups: readonly KindGroup[], problem: (text: string) => void): AutoscaledRanges {
  const ranges = new Map<string, ReplicaRange>();
  for (const { groupKind, objects } of groups) {
    const keda = groupKind === 'keda.sh/ScaledObject';
    if (!keda && groupKind !== 'autoscaling/HorizontalPodAutoscaler') continue;
    for (const object of objects) {
      const target = fieldsOf(valueAt(object, 'spec', 'scaleTargetRef'));
      const kind = textOf(target.kind) ?? (keda ? 'Deployment' : '');
      const apiVersion = textOf(target.apiVersion) ?? (keda ? 'apps/v1' : 'v1');
      const key = scaledKey(groupKindOf({ apiVersion, kind }), textOf(target.name) ?? '');
      const range = rangeOf(object, keda, problem);
      const known = ranges.get(key) ?? range;
      ranges.set(key, { min: Math.min(known.min, range.min), max: Math.max(known.max, range.max) });
    }
  }
  return ranges;
}

function rangeOf(object: PlainObject, keda: boolean, problem: (text: string) => void): ReplicaRange {
  const spec = fieldsOf(object.spec);
  const at = `${object.kind} ${show(object.metadata?.name)}: spec`;
  const number = (field: string, fallback?: number) => count(spec[field], fallback, `${at}.${field}`, problem);
  if (!keda) return { min: number('minReplicas', 1), max: number('maxReplicas') };
  // Paused at a number, KEDA scales to it, whatever its range is.
  const paused = Number(valueAt(object.metadata, 'annotations', 'autoscaling.keda.sh/paused-replicas') ?? 0);
  const min = number('idleReplicaCount', number('minReplicaCount', 0));
  return { min, max: Math.max(number('maxReplicaCount', 100), Number.isInteger(paused) ? paused : 0) };
}

/**
 * A whole number from 0 of a field.
 *
 * @param fallback what an absent field counts; undefined where it must be there
 */
export function count(
  value: unknown,
  fallback: number | undefined,
  at: string,
  problem: (text: string) => void,
): number {
  if ((value === undefined || value === null) && fallback !== undefined) return fallback;
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  const what = value === undefined ? 'is missing' : `${show(value)} is no count`;
  problem(`${at} ${what}; use a whole number from 0`);
  return fallback ?? 0;
}
