import { type Quantity, quantityProblem, quantityValue } from '../platform/quantity';
import { isRecord, oneOf, show, suggestion } from '../platform/rule';

/** What a team's namespace may hold, in numbers. What is left out is not limited, unless it says otherwise. */
export interface QuotaAmounts {
  /** CPU requests of all pods together. */
  readonly cpu: Quantity;
  /** Memory requests of all pods together. */
  readonly memory: Quantity;
  /**
   * Memory limits of all pods together.
   * @default - twice `memory`, as the named sizes of containers have
   */
  readonly memoryLimit?: Quantity;
  /**
   * CPU limits of all pods together. Every container needs a CPU limit then.
   * @default - not limited
   */
  readonly cpuLimit?: Quantity;
  /** Pods that have not ended. */
  readonly pods: number;
  /**
   * Storage of all claims together.
   * @default - not limited
   */
  readonly storage?: Quantity;
  /**
   * Claims.
   * @default - not limited
   */
  readonly claims?: number;
  /**
   * Services.
   * @default - not limited
   */
  readonly services?: number;
  /**
   * Services with a load balancer of their own, which most clouds charge for.
   * @default 0
   */
  readonly loadBalancers?: number;
  /**
   * Ports that are opened on every node.
   * @default 0
   */
  readonly nodePorts?: number;
  /**
   * ConfigMaps, of which every namespace has one already.
   * @default - not limited
   */
  readonly configMaps?: number;
  /**
   * Secrets, those that External Secrets and cert-manager make included.
   * @default - not limited
   */
  readonly secrets?: number;
  /**
   * Any other key of a ResourceQuota: `requests.nvidia.com/gpu`, `count/databases.acme.io`.
   * @default - none
   */
  readonly other?: Readonly<Record<string, Quantity>>;
}

/** A quota that follows what is rendered. */
export interface ComputedQuota {
  /**
   * How much more than the workloads need at full scale, in percent.
   * @default 20
   */
  readonly headroom: number;
}

/** A team's quota: a named size, `'computed'` with a headroom of 20 %, another headroom, or numbers. */
export type TeamQuota = string | ComputedQuota | QuotaAmounts;

/** The sizes of namespaces that every platform has unless it names its own. */
export type QuotaSizeName = 'xs' | 'small' | 'medium' | 'large' | 'xl';

/** Room for a number of services with the default scale and size: 5 pods during a rollout, with 200m and 256Mi each. */
function roomFor(services: number): QuotaAmounts {
  return {
    cpu: services,
    memory: `${2 * services}Gi`,
    memoryLimit: `${4 * services}Gi`,
    pods: 10 * services,
    storage: `${20 * services}Gi`,
    claims: 2 * services,
    services: 4 * services,
    configMaps: 5 * services + 1,
    secrets: 5 * services,
  };
}

/**
 * The named sizes: room for 2, 5, 15, 40 and 100 services as they are by default, each with one core, 2 GiB of memory (4 GiB as
 * limits), 10 pods and 20 GiB of storage. That is about a third more than such a service needs at full scale.
 */
export const quotaSizes: Readonly<Record<QuotaSizeName, QuotaAmounts>> = {
  xs: roomFor(2),
  small: roomFor(5),
  medium: roomFor(15),
  large: roomFor(40),
  xl: roomFor(100),
};

/** The key of a ResourceQuota that each amount stands for. */
export const quotaKeys = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  memoryLimit: 'limits.memory',
  cpuLimit: 'limits.cpu',
  pods: 'pods',
  storage: 'requests.storage',
  claims: 'persistentvolumeclaims',
  services: 'services',
  loadBalancers: 'services.loadbalancers',
  nodePorts: 'services.nodeports',
  configMaps: 'configmaps',
  secrets: 'secrets',
} as const satisfies Record<Exclude<keyof QuotaAmounts, 'other'>, string>;

const quantities = ['cpu', 'memory', 'memoryLimit', 'cpuLimit', 'storage'];
const needed = ['cpu', 'memory', 'pods'];

/** Objects that controllers make and remove: a bound on them stops a rollout half-way, or a schedule for good. */
const madeByControllers = new Set([
  'count/pods',
  'count/replicasets.apps',
  'count/controllerrevisions.apps',
  'count/jobs.batch',
  'count/endpoints',
  'count/endpointslices.discovery.k8s.io',
  'count/events',
  'count/events.events.k8s.io',
  'count/leases.coordination.k8s.io',
]);

/** Everything that is wrong with a team's quota, a sentence each. */
export function quotaProblems(quota: unknown, sizes: Readonly<Record<string, QuotaAmounts>> = quotaSizes): string[] {
  if (typeof quota === 'string') {
    const known = ['computed', ...Object.keys(sizes)];
    return quota === 'computed' || Object.hasOwn(sizes, quota)
      ? []
      : [`quota ${show(quota)} is unknown${suggestion(quota, known)}; use ${oneOf(known)}, or numbers`];
  }
  if (!isRecord(quota)) return [`quota ${show(quota)} is no quota; name a size, or write { cpu, memory, pods }`];
  if (!('headroom' in quota)) return quotaAmountsProblems('quota', quota);
  const { headroom, ...rest } = quota;
  const problems = Object.keys(rest).map(
    (key) => `quota.${key} can not be set beside headroom; the other numbers are computed`,
  );
  if (typeof headroom !== 'number' || !(headroom >= 0 && headroom <= 1000)) {
    problems.push(`quota.headroom ${show(headroom)} is no percentage; use a number from 0 to 1000, like 20`);
  }
  return problems;
}

/** Everything that is wrong with the amounts of a quota, a sentence each; also for sizes that a platform names. */
export function quotaAmountsProblems(what: string, amounts: unknown): string[] {
  if (!isRecord(amounts)) return [`${what} ${show(amounts)} is no quota; write { cpu, memory, pods }`];
  const keys = [...Object.keys(quotaKeys), 'other'];
  const problems = Object.keys(amounts)
    .filter((key) => !keys.includes(key))
    .map((key) => `${what} has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
  for (const key of Object.keys(quotaKeys)) {
    const value = amounts[key];
    const at = `${what}.${key}`;
    if (value === undefined && !needed.includes(key)) continue;
    if (quantities.includes(key)) {
      const problem = key === 'storage' && quantityValue(value) === 0 ? undefined : quantityProblem(at, value, '10');
      if (problem) problems.push(problem);
    } else if (!Number.isInteger(value) || (value as number) < 0) {
      problems.push(`${at} ${show(value)} is no count; use a whole number from 0`);
    }
  }
  return [...problems, ...otherProblems(`${what}.other`, amounts.other)];
}

function otherProblems(what: string, other: unknown): string[] {
  if (other === undefined) return [];
  if (!isRecord(other))
    return [`${what} ${show(other)} is no record; write keys of a ResourceQuota with their amounts`];
  const problems: string[] = [];
  for (const [key, value] of Object.entries(other)) {
    const own = Object.entries(quotaKeys).find(([, quotaKey]) => quotaKey === key)?.[0];
    if (own) problems.push(`${what} names ${show(key)}, which has a setting of its own; use ${own}`);
    if (madeByControllers.has(key)) {
      problems.push(`${what} limits ${show(key)}, which controllers make: at the bound a rollout stops; leave it out`);
    }
    if (!/^(requests|limits)\.[a-z]|^count\/[a-z]|\.storageclass\.storage\.k8s\.io\/|^[a-z]+$/.test(key)) {
      problems.push(
        `${what} names ${show(key)}, which no ResourceQuota counts; use a key like "count/databases.acme.io"`,
      );
    }
    if (quantityValue(value) === undefined) {
      problems.push(`${what}.${key} ${show(value)} is no quantity; write a number, with a unit where it has one`);
    }
  }
  return problems;
}
