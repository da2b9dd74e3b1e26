import type { Prices } from '../platform/prices';
import { exactQuantity } from '../platform/quantity';
import type { Demand, WorkloadDemand } from './demand';
import { one } from './demand-amounts';

/** What something costs in a month: at its smallest scale and at full scale, in hundredths of the currency. */
export interface MonthlyCost {
  readonly currency: string;
  readonly min: number;
  readonly max: number;
}

const gib = 1024n ** 3n;
/** Parts of a hundredth: amounts and prices are in billionths, and bytes are divided by those of a GiB at the end. */
const parts = (one * one * gib) / 100n;

/**
 * What workloads cost in a month by their requests and claims, which is what they keep from others whether they use it or not.
 *
 * The range goes from the smallest scale of everything to its full scale, all month long; pods of a rollout are too brief to
 * count. A CronJob or ScaledJob costs nothing at the least, and at the most what it would if it ran without a pause. A Job runs
 * once and is no monthly cost.
 */
export function monthlyCost(workloads: Demand['workloads'], prices: Prices): MonthlyCost {
  let [min, max] = [0n, 0n];
  for (const workload of workloads) {
    min += costOf(workload, 'min', prices);
    max += costOf(workload, 'max', prices);
  }
  return { currency: prices.currency, min: rounded(min), max: rounded(max) };
}

function costOf({ pods, pod, claims, runs }: WorkloadDemand, scale: 'min' | 'max', prices: Prices): bigint {
  const running = BigInt(runs === 'once' ? 0 : pods[scale]);
  const cpu = (pod?.requests.get('cpu') ?? 0n) * running;
  const memory = (pod?.requests.get('memory') ?? 0n) * running;
  const storage = claims.reduce((sum, claim) => sum + claim.storage * BigInt(runs === 'once' ? 0 : claim[scale]), 0n);
  return (
    cpu * exact(prices.cpuPerMonth) * gib +
    memory * exact(prices.memoryGibPerMonth) +
    storage * exact(prices.storageGibPerMonth)
  );
}

function exact(price: number): bigint {
  return exactQuantity(price) ?? 0n;
}

function rounded(cost: bigint): number {
  return Number((2n * cost + parts) / (2n * parts));
}

/** A cost as text, the same everywhere: `12.50 EUR`, or `12.50 to 40.00 EUR`. */
export function showCost(cost: MonthlyCost): string {
  return `${showRange(cost, ' to ')} ${cost.currency}`;
}

/** A cost without its currency: `12.50`, or `12.50-40.00`. */
export function showRange({ min, max }: MonthlyCost, between = '-'): string {
  const money = (hundredths: number) => {
    const digits = String(hundredths).padStart(3, '0');
    return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
  };
  return min === max ? money(max) : `${money(min)}${between}${money(max)}`;
}
