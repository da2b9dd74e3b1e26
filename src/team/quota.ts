import type { ResourceQuotaSpec } from '../../imports/kubernetes';
import { exactQuantity, type Quantity } from '../platform/quantity';
import type { Demand } from './demand';
import { type Amounts, isBytes, one, raiseTo, showAmount } from './demand-amounts';
import { type QuotaAmounts, quotaKeys, quotaSizes, type TeamQuota } from './quota-size';

/** What a team's quota is made from, beside the choice itself. */
export interface QuotaContext {
  /**
   * The platform's sizes.
   * @default - {@link quotaSizes}
   */
  readonly sizes?: Readonly<Record<string, QuotaAmounts>>;
  /** What the namespace needs; only a computed quota reads it. */
  readonly demand: Demand;
  /**
   * API groups of the platform, whose objects a computed quota counts too: `acme.io`.
   * @default - none
   */
  readonly ownGroups?: readonly string[];
}

/** What a computed quota adds, in percent, unless it says otherwise. */
export const defaultHeadroom = 20;

/** What costs money by itself or opens a door: a team that renders none has room for none. */
const noneWithoutNeed = ['requests.storage', 'persistentvolumeclaims', 'services.loadbalancers', 'services.nodeports'];
const counted = ['pods', 'services', 'configmaps', 'secrets'];

/**
 * The specification of a team's ResourceQuota. Only for a choice that `quotaProblems` has accepted.
 *
 * A computed one bounds requests, memory limits (where every container has one), storage, pods, Services, ConfigMaps, Secrets
 * and the objects of the platform's own APIs. It never bounds CPU limits, which most containers have not, nor what controllers
 * make. Where no workload is rendered yet it is at least the size `xs`, so that the first workload has a place.
 */
export function quotaSpec(
  quota: TeamQuota,
  { sizes = quotaSizes, demand, ownGroups = [] }: QuotaContext,
): ResourceQuotaSpec {
  if (quota === 'computed') return computed(demand, defaultHeadroom, ownGroups);
  if (typeof quota === 'string') return specOf(sizes[quota]);
  return 'headroom' in quota ? computed(demand, quota.headroom, ownGroups) : specOf(quota);
}

function specOf(amounts: QuotaAmounts): ResourceQuotaSpec {
  return { hard: shown(hardOf(amounts)) };
}

function hardOf({ other = {}, ...amounts }: QuotaAmounts): Map<string, bigint> {
  const all: Record<string, Quantity | undefined> = {
    memoryLimit: showAmount('memory', 2n * (exactQuantity(amounts.memory) ?? 0n)),
    loadBalancers: 0,
    nodePorts: 0,
    ...amounts,
  };
  const hard = new Map<string, bigint>();
  for (const [name, key] of Object.entries(quotaKeys)) {
    const value = exactQuantity(all[name]);
    if (value !== undefined) hard.set(key, value);
  }
  for (const [key, value] of Object.entries(other)) hard.set(key, exactQuantity(value) ?? 0n);
  return hard;
}

function computed({ used, workloads }: Demand, headroom: number, ownGroups: readonly string[]): ResourceQuotaSpec {
  const unlimited = workloads.some(({ pod }) => pod?.containers.some(({ limits }) => !limits.has('memory')));
  const hard = new Map<string, bigint>(noneWithoutNeed.map((key) => [key, 0n]));
  for (const key of counted) hard.set(key, withHeadroom(key, used.get(key) ?? 0n, headroom));
  for (const [key, need] of used) {
    const isOwn = ownGroups.some((group) => key.startsWith('count/') && key.endsWith(`.${group}`));
    const isBounded = key.startsWith('requests.') || (key === 'limits.memory' && !unlimited);
    if (isOwn || isBounded || (noneWithoutNeed.includes(key) && need > 0n)) {
      hard.set(key, withHeadroom(key, need, headroom));
    }
  }
  if (workloads.length === 0) raiseTo(hard, hardOf(quotaSizes.xs));
  return { hard: shown(hard) };
}

/** What is needed and a share more, as a number that reads well; at least one more of what is counted. */
function withHeadroom(key: string, need: bigint, percent: number): bigint {
  // A percentage may have decimals: it is exact to a billionth of a percent.
  const more = (need * (exactQuantity(percent) ?? 0n)) / (100n * one);
  const isAmount = key.startsWith('requests.') || key.startsWith('limits.');
  return roundUp(key, isAmount || more >= one ? need + more : need + one);
}

const core = one;
const gib = one * 1024n ** 3n;

/** Up to each amount, the step that quotas are rounded up to: about a tenth, or less. */
const coreSteps = [
  [core, core / 10n],
  [10n * core, core / 2n],
  [100n * core, core],
  [1000n * core, 10n * core],
] as const;
const byteSteps = [
  [gib, gib / 8n],
  [8n * gib, gib / 2n],
  [64n * gib, gib],
  [512n * gib, 8n * gib],
] as const;

/** The next number that reads well. */
export function roundUp(key: string, value: bigint): bigint {
  const isCpu = key === 'requests.cpu' || key === 'limits.cpu';
  const steps = isCpu ? coreSteps : isBytes(key) ? byteSteps : [];
  const last = isCpu ? 100n * core : isBytes(key) ? 64n * gib : one;
  const step = steps.find(([below]) => value <= below)?.[1] ?? last;
  return ((value + step - 1n) / step) * step;
}

function shown(hard: Amounts): Record<string, string> {
  const keys = [...hard.keys()].sort();
  return Object.fromEntries(keys.map((key) => [key, showAmount(key, hard.get(key) ?? 0n)]));
}
