import type { LimitRangeSpec, ResourceQuotaSpec } from '../../imports/kubernetes';
import type { Prices } from '../platform/prices';
import { show } from '../platform/rule';
import type { Demand, WorkloadDemand } from './demand';
import { type Amounts, amountsOf, showAmount } from './demand-amounts';
import { demandTable } from './demand-table';
import { limitRangeFits } from './fits-limit-range';
import { roundUp } from './quota';

/** The bounds of a namespace. */
export interface NamespaceBounds {
  /**
   * Its ResourceQuota.
   * @default - none
   */
  readonly quota?: ResourceQuotaSpec;
  /**
   * Its LimitRange.
   * @default - none
   */
  readonly limitRange?: LimitRangeSpec;
  /**
   * The platform's price list: costs are in the table then.
   * @default - no costs
   */
  readonly prices?: Prices;
}

/**
 * Why the API server would refuse some of a namespace's pods, claims or objects at full scale, a sentence each; the last one
 * carries the table of who uses what, where the quota is too small. Nothing is said when everything fits.
 */
export function fitProblems(demand: Demand, { quota, limitRange, prices }: NamespaceBounds): string[] {
  const problems = [...demand.problems, ...limitRangeFits(demand, limitRange)];
  const hard = hardOf(quota, (key, value) => problems.push(`the quota's ${key} ${show(value)} is no quantity`));
  problems.push(...unsetProblems(demand, hard));
  const missing = [...hard].flatMap(([key, value]) => {
    const need = demand.used.get(key) ?? 0n;
    return need > value ? [tooLittle(demand, key, need, value)] : [];
  });
  if (missing.length === 0) return problems;
  return [
    ...problems,
    ...missing.slice(0, -1),
    `${missing[missing.length - 1]}\n${demandTable(demand, { hard, prices })}`,
  ];
}

/** Other names of the same bound. Source: the documentation of ResourceQuota. */
function canonical(key: string): string {
  if (key === 'cpu' || key === 'memory' || key === 'ephemeral-storage' || key.startsWith('hugepages-')) {
    return `requests.${key}`;
  }
  const counted = /^count\/(services|configmaps|secrets|persistentvolumeclaims|replicationcontrollers|resourcequotas)$/;
  return counted.exec(key)?.[1] ?? key;
}

/** The bounds of a quota by their canonical keys, in the keys' order; of two names of one bound the smaller counts. */
function hardOf(quota: ResourceQuotaSpec | undefined, unread: (key: string, value: unknown) => void): Amounts {
  const hard = new Map<string, bigint>();
  for (const [key, value] of [...amountsOf(quota?.hard, unread)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const known = hard.get(canonical(key));
    if (known === undefined || known > value) hard.set(canonical(key), value);
  }
  return hard;
}

function tooLittle({ workloads, used }: Demand, key: string, need: bigint, has: bigint): string {
  const amount = (value: bigint) => showAmount(key, value);
  const most = workloads.reduce<WorkloadDemand | undefined>(
    (max, each) => ((each.used.get(key) ?? 0n) > (max?.used.get(key) ?? 0n) ? each : max),
    undefined,
  );
  const share = most?.used.get(key) ?? 0n;
  const advice =
    most === undefined
      ? 'or render fewer'
      : `or lower ${most.kind} ${show(most.name)}, which needs ${share === used.get(key) ? 'all' : amount(share)} of it`;
  return `the quota has ${key} ${amount(has)}, and the workloads need ${amount(need)} at full scale, ${amount(need - has)} more; raise it to ${amount(roundUp(key, need))}, ${advice}`;
}

/** A quota of CPU or memory refuses every container that doesn't name that resource, unless its pod as a whole names any. */
function unsetProblems({ workloads }: Demand, hard: Amounts): string[] {
  const named = ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'].filter((key) => hard.has(key));
  return workloads.flatMap(({ kind, name, pod }) =>
    (pod === undefined || pod.podLevel ? [] : pod.containers).flatMap(({ at, requests, limits }) =>
      named.flatMap((key) => {
        const [list, resource] = key.split('.');
        return (list === 'requests' ? requests : limits).has(resource)
          ? []
          : `${kind} ${show(name)}: ${at} has no resources.${key}, and the quota counts it; set it, or a default in the LimitRange`;
      }),
    ),
  );
}
