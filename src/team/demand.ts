import type { LimitRangeSpec } from '../../imports/kubernetes';
import type { OperatorDemand, OperatorDemands, PodCounts } from '../platform/operator-demand';
import type { PlainObject } from '../platform/placed-object';
import { exactQuantity } from '../platform/quantity';
import { show } from '../platform/rule';
import { fieldsOf, objectsOf, textOf, valueAt } from '../references/fields';
import { type PodTemplate, podTemplateOf } from '../references/pod-template';
import type { KindRegistry } from '../schema/kind-registry';
import { type Amounts, addAmount, addTo, one } from './demand-amounts';
import { autoscaledRanges } from './demand-autoscalers';
import { byKind } from './demand-kinds';
import { countObjects } from './demand-objects';
import { ephemeralClaims, type PodDemand, podDemand } from './demand-pod';
import { type PodCountContext, podCounts, runsPods } from './demand-pods';
import { containerDefaults } from './limit-range-defaults';

/** Claims of one form. */
export interface ClaimDemand {
  /** Where the claim is described: `spec.volumeClaimTemplates[data].spec`. */
  readonly at: string;
  /** What each asks for, in billionths of a byte. */
  readonly storage: bigint;
  readonly storageClass?: string;
  /** How many there are at the smallest and at full scale. */
  readonly min: number;
  readonly max: number;
}

/** What one object needs. */
export interface WorkloadDemand {
  readonly kind: string;
  readonly name: string;
  readonly pods: PodCounts;
  /** What each of its pods asks for; undefined for a claim of its own. */
  readonly pod?: PodDemand;
  readonly claims: readonly ClaimDemand[];
  /** Whether it runs once, or only at times: a Job, a CronJob, a ScaledJob. */
  readonly runs: 'always' | 'at times' | 'once';
  /** What it needs at full scale during a rollout, by the keys of a quota. */
  readonly used: Amounts;
}

/** What the objects of one namespace need at full scale, while everything is rolled out at once. */
export interface Demand {
  /** What runs pods or claims storage, by kind and name. */
  readonly workloads: readonly WorkloadDemand[];
  /** Everything together, by the keys of a quota: `requests.cpu`, `pods`, `services`, `count/deployments.apps`. */
  readonly used: Amounts;
  /** What can't be counted, a sentence each. */
  readonly problems: readonly string[];
}

/** What {@link demandOf} can be told. */
export interface DemandOptions {
  /**
   * The LimitRange of the namespace, whose defaults count for containers that name nothing.
   * @default - none
   */
  readonly limitRange?: LimitRangeSpec;
  /**
   * Nodes of the cluster: a DaemonSet runs a pod on each.
   * @default - unknown: a DaemonSet is a problem
   */
  readonly nodes?: number;
  /**
   * Runs of a CronJob that go on at the same time where it says `Allow`: Kubernetes sets no bound, so this one is assumed.
   * @default 2
   */
  readonly overlappingRuns?: number;
  /**
   * The class of claims that name none.
   * @default - they count for no class
   */
  readonly storageClass?: string;
  /**
   * Kinds of the platform's own CRDs, whose objects are counted too.
   * @default - the kinds that the package knows
   */
  readonly kinds?: KindRegistry;
  /**
   * What operators run for an object, by group and kind: `postgresql.cnpg.io/Cluster`.
   * @default - none
   */
  readonly operators?: OperatorDemands;
}

/**
 * What the objects of one namespace need at full scale, counted as a ResourceQuota counts it. The same objects give the same
 * answer whether they come from the graph or from a tree. Limits: pods count that are there, not those that are being stopped
 * (a rollout waits for them where a quota is tight), and all Jobs run beside everything else.
 */
export function demandOf(objects: readonly PlainObject[], options: DemandOptions = {}): Demand {
  const problems: string[] = [];
  const problem = (text: string) => problems.push(text);
  const defaults = containerDefaults(options.limitRange);
  const groups = byKind(objects);
  const shared = {
    autoscaled: autoscaledRanges(groups, problem),
    nodes: options.nodes,
    overlappingRuns: options.overlappingRuns ?? 2,
  };
  const workloads = groups.flatMap(({ kind, groupKind, objects: same }) => {
    const operator = options.operators?.[groupKind];
    if (!operator && groupKind !== 'PersistentVolumeClaim' && !runsPods(groupKind)) return [];
    return same.flatMap((object) => {
      const name = String(object.metadata?.name);
      const about = (text: string) => problem(`${kind} ${show(name)}: ${text}`);
      return partsOf(object, groupKind, { ...shared, problem: about }, operator).map(({ template, pods, claims }) => {
        const pod = template && podDemand(template, defaults, about);
        const counted = claims.flatMap((claim) => claimDemand(claim, options.storageClass, about) ?? []);
        return { kind, name, pods, pod, claims: counted, runs: runsOf(groupKind), used: usedBy(pods, pod, counted) };
      });
    });
  });
  workloads.sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name));
  const used = countObjects(groups, options.kinds);
  for (const workload of workloads) addTo(used, workload.used);
  return { workloads, used, problems };
}

interface Part {
  readonly template?: PodTemplate;
  readonly pods: PodCounts;
  readonly claims: readonly ClaimPart[];
}

interface ClaimPart {
  readonly spec: unknown;
  readonly at: string;
  readonly min: number;
  readonly max: number;
}

/** What an object runs and claims. */
function partsOf(
  object: PlainObject,
  groupKind: string,
  context: PodCountContext,
  operator: OperatorDemands[string] | undefined,
): Part[] {
  if (operator) return operator(object).map(operatorPart);
  if (groupKind === 'PersistentVolumeClaim') {
    const none = { min: 0, max: 0, surge: 0 };
    return [{ pods: none, claims: [{ spec: object.spec, at: 'spec', min: 1, max: 1 }] }];
  }
  const template = podTemplateOf(object, groupKind);
  const pods = template && podCounts(object, groupKind, context);
  if (!template || !pods) return [];
  const templates = groupKind === 'apps/StatefulSet' ? objectsOf(valueAt(object, 'spec', 'volumeClaimTemplates')) : [];
  const kept = templates.map((claim, i) => ({
    spec: claim.spec,
    at: `spec.volumeClaimTemplates[${textOf(valueAt(claim, 'metadata', 'name')) ?? i}].spec`,
    // The claims of a pod stay when it is scaled away, unless the StatefulSet says otherwise.
    min: pods.min,
    max: pods.max,
  }));
  const brief = ephemeralClaims(template).map((claim) => ({ ...claim, min: pods.min, max: pods.max + pods.surge }));
  return [{ template, pods, claims: [...kept, ...brief] }];
}

function operatorPart({ podSpec, pods, claims = [] }: OperatorDemand): Part {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: '' }, spec: podSpec };
  const template = podTemplateOf(pod, 'Pod');
  return {
    template,
    pods,
    claims: claims.map((spec, i) => ({ spec, at: `claims[${i}]`, min: pods.min, max: pods.max })),
  };
}

function claimDemand(
  { spec, at, min, max }: ClaimPart,
  defaultClass: string | undefined,
  problem: (text: string) => void,
): ClaimDemand | undefined {
  const asked = valueAt(spec, 'resources', 'requests', 'storage');
  const storage = exactQuantity(asked);
  if (storage === undefined) {
    problem(`${at}.resources.requests.storage ${show(asked)} is no quantity; write a number with a unit, like "1Gi"`);
    return undefined;
  }
  const named = fieldsOf(spec).storageClassName;
  const storageClass = named === undefined || named === null ? defaultClass : textOf(named);
  return { at, storage, min, max, ...(storageClass !== undefined && { storageClass }) };
}

function runsOf(groupKind: string): WorkloadDemand['runs'] {
  if (groupKind === 'batch/Job') return 'once';
  return groupKind === 'batch/CronJob' || groupKind === 'keda.sh/ScaledJob' ? 'at times' : 'always';
}

/** What pods and claims need, by the keys of a quota. Source: its evaluators of Pods and claims in Kubernetes 1.36. */
function usedBy(pods: PodCounts, pod: PodDemand | undefined, claims: readonly ClaimDemand[]): Map<string, bigint> {
  const used = new Map<string, bigint>();
  const peak = BigInt(pods.max + pods.surge);
  if (pod) {
    used.set('pods', peak * one);
    for (const [name, value] of pod.requests) used.set(`requests.${name}`, value * peak);
    for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
      const limit = pod.limits.get(name);
      if (limit !== undefined) used.set(`limits.${name}`, limit * peak);
    }
  }
  for (const { storage, storageClass, max } of claims) {
    for (const prefix of [
      '',
      ...(storageClass === undefined ? [] : [`${storageClass}.storageclass.storage.k8s.io/`]),
    ]) {
      addAmount(used, `${prefix}requests.storage`, storage * BigInt(max));
      addAmount(used, `${prefix}persistentvolumeclaims`, BigInt(max) * one);
    }
  }
  return used;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
