import type { Prices } from '../platform/prices';
import { table } from '../platform/table';
import { monthlyCost, showRange } from './cost';
import type { Demand, WorkloadDemand } from './demand';
import { type Amounts, showAmount } from './demand-amounts';

/** What a table of demand shows beside it. */
export interface DemandTableOptions {
  /**
   * The quota that the workloads have to fit, by its keys.
   * @default - none: the table ends with the total
   */
  readonly hard?: Amounts;
  /**
   * The platform's price list.
   * @default - no costs are shown
   */
  readonly prices?: Prices;
}

const columns = [
  { heading: 'CPU', key: 'requests.cpu' },
  { heading: 'MEMORY', key: 'requests.memory' },
  { heading: 'MEMORY LIMIT', key: 'limits.memory' },
  { heading: 'STORAGE', key: 'requests.storage' },
] as const;

/** Who uses what at full scale: a row for each workload, their total, the quota, and what is missing in it. */
export function demandTable({ workloads, used }: Demand, { hard, prices }: DemandTableOptions = {}): string {
  const money = prices ? [`${prices.currency} A MONTH`] : [];
  const shown = (amounts: Amounts, absent: string) =>
    columns.map(({ key }) => {
      const value = amounts.get(key);
      return value === undefined ? absent : showAmount(key, value);
    });
  const cost = (some: readonly WorkloadDemand[]) => (prices ? [showRange(monthlyCost(some, prices))] : []);
  const rows = workloads.map((workload) => [
    `${workload.kind} ${workload.name}`,
    showPods(workload),
    ...shown(workload.used, '-'),
    ...cost([workload]),
  ]);
  rows.push(['total', showAmount('pods', used.get('pods') ?? 0n), ...shown(used, '0'), ...cost(workloads)]);
  if (hard) {
    const none = money.map(() => '');
    const missing = (key: string) => {
      const value = hard.get(key);
      return value === undefined || value >= (used.get(key) ?? 0n)
        ? '-'
        : showAmount(key, (used.get(key) ?? 0n) - value);
    };
    const pods = hard.get('pods');
    rows.push(['quota', pods === undefined ? 'any' : showAmount('pods', pods), ...shown(hard, 'any'), ...none]);
    rows.push(['missing', missing('pods'), ...columns.map(({ key }) => missing(key)), ...none]);
  }
  const right = ['PODS', ...columns.map(({ heading }) => heading), ...money];
  return table(['WORKLOAD', ...right], rows, right);
}

/** Pods at full scale, and those that a rollout adds: `4+1`. */
function showPods({ pods: { max, surge }, pod }: WorkloadDemand): string {
  if (!pod) return '-';
  return surge > 0 ? `${max}+${surge}` : `${max}`;
}
