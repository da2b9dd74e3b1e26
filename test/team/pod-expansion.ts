import type { LimitRangeSpec } from '../../imports/kubernetes';

/**
 * The oracle of demand: it expands a namespace into the pods and claims that there are at full scale during a rollout, one by
 * one, and adds them up. Written from the documentation of Kubernetes and KEDA; it shares nothing with `src`.
 */

// biome-ignore lint/suspicious/noExplicitAny: objects of many kinds, read field by field
type Any = any;

/** Thousandths of a core or of a byte, by resource. */
export type Sums = Record<string, bigint>;

const scales: Record<string, bigint> = {
  m: 1n,
  '': 1000n,
  k: 10n ** 6n,
  M: 10n ** 9n,
  G: 10n ** 12n,
  Ki: 1000n * 2n ** 10n,
  Mi: 1000n * 2n ** 20n,
  Gi: 1000n * 2n ** 30n,
  Ti: 1000n * 2n ** 40n,
};

/** Thousandths of a quantity, in the forms that the teams of the test use. */
export function thousandths(quantity: unknown): bigint {
  const text = String(quantity);
  const unit = text.replace(/^[\d.]+/, '');
  const [whole, decimals = ''] = text.slice(0, text.length - unit.length).split('.');
  return (BigInt(whole + decimals) * scales[unit]) / 10n ** BigInt(decimals.length);
}

/** Container resources after the API server and the LimitRanger have filled them in. */
function filled(container: Any, limitRange: LimitRangeSpec | undefined): { requests: Any; limits: Any } {
  const limits = { ...container.resources?.limits };
  const requests = { ...limits, ...container.resources?.requests };
  for (const item of limitRange?.limits ?? []) {
    if (item.type !== 'Container') continue;
    const byDefault = { ...item.max, ...item.default };
    const asked = { ...item.min, ...byDefault, ...item.defaultRequest };
    for (const name of Object.keys(byDefault)) limits[name] ??= byDefault[name];
    for (const name of Object.keys(asked)) requests[name] ??= asked[name];
  }
  return { requests, limits };
}

function sum(lists: readonly Any[]): Sums {
  const total: Sums = {};
  for (const list of lists) {
    for (const [name, quantity] of Object.entries(list)) total[name] = (total[name] ?? 0n) + thousandths(quantity);
  }
  return total;
}

/** What a pod needs in the phase of its life that needs most, resource by resource. */
function peakOfLife(spec: Any, listOf: (container: Any) => Any): Sums {
  const phases: Sums[] = [];
  const sidecars: Any[] = [];
  for (const container of spec.initContainers ?? []) {
    phases.push(sum([...sidecars, listOf(container)]));
    if (container.restartPolicy === 'Always') sidecars.push(listOf(container));
  }
  phases.push(sum([...sidecars, ...spec.containers.map(listOf)]));
  const peak: Sums = {};
  for (const phase of phases) {
    for (const [name, value] of Object.entries(phase)) {
      if (peak[name] === undefined || peak[name] < value) peak[name] = value;
    }
  }
  return peak;
}

/** What the quota counts of one pod, in thousandths. */
export function podUsage(spec: Any, limitRange: LimitRangeSpec | undefined): Sums {
  const whole = spec.resources;
  const wholeRequests = { ...whole?.requests };
  if (Object.keys(whole?.limits ?? {}).length > 0) {
    const before = peakOfLife(spec, (container) => filled(container, undefined).requests);
    for (const name of ['cpu', 'memory']) {
      if (wholeRequests[name] !== undefined) continue;
      if (before[name] !== undefined) wholeRequests[name] = `${before[name]}m`;
      else if (whole.limits[name] !== undefined) wholeRequests[name] = whole.limits[name];
    }
  }
  const requests = { ...peakOfLife(spec, (c) => filled(c, limitRange).requests), ...sum([wholeRequests]) };
  const limits = { ...peakOfLife(spec, (c) => filled(c, limitRange).limits), ...sum([whole?.limits ?? {}]) };
  const usage: Sums = { pods: 1000n };
  const overhead = sum([spec.overhead ?? {}]);
  for (const name of new Set([...Object.keys(requests), ...Object.keys(overhead)])) {
    usage[`requests.${name}`] = (requests[name] ?? 0n) + (overhead[name] ?? 0n);
  }
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    if (limits[name] === undefined) continue;
    usage[`limits.${name}`] = limits[name] + (limits[name] > 0n ? (overhead[name] ?? 0n) : 0n);
  }
  return usage;
}

/** What a workload's pods and claims are expanded into. */
class Namespace {
  /** The template of each pod. */
  readonly pods: Any[] = [];
  /** The specification of each claim that stands alone or in a template of a StatefulSet. */
  readonly claims: Any[] = [];
  /** The specification of each claim that a pod brings along. */
  readonly claimsOfPods: Any[] = [];

  run(times: number, template: Any): void {
    for (let i = 0; i < times; i++) {
      this.pods.push(template);
      for (const { ephemeral } of template.spec.volumes ?? []) {
        if (ephemeral) this.claimsOfPods.push(ephemeral.volumeClaimTemplate.spec);
      }
    }
  }
}

/** The largest scale of a workload: what it says itself, or what the autoscaler that names it may set. */
function fullScale(object: Any, objects: readonly Any[]): number {
  let most = object.spec.replicas ?? 1;
  for (const { kind, spec } of objects) {
    const target = spec?.scaleTargetRef;
    if (target?.name !== object.metadata.name || (target.kind ?? 'Deployment') !== object.kind) continue;
    most = Math.max(most, kind === 'ScaledObject' ? (spec.maxReplicaCount ?? 100) : spec.maxReplicas);
  }
  return most;
}

/** Pods above the wanted number: for a percentage the smallest whole number that is not below it. */
function above(surge: string | number, wanted: number): number {
  if (typeof surge === 'number') return surge;
  let pods = 0;
  while (pods * 100 < Number.parseInt(surge, 10) * wanted) pods++;
  return pods;
}

function jobPods(spec: Any): number {
  const parallelism = spec.parallelism ?? 1;
  return spec.completions !== undefined && spec.completions < parallelism ? spec.completions : parallelism;
}

/** What is not in the objects themselves. */
export interface Around {
  /** @default 0 */
  readonly nodes?: number;
  /** @default 2 */
  readonly overlappingRuns?: number;
}

/** Every pod and claim that there is at full scale during a rollout. */
export function expand(objects: readonly Any[], { nodes = 0, overlappingRuns = 2 }: Around = {}): Namespace {
  const namespace = new Namespace();
  for (const object of objects) {
    const { kind, spec } = object;
    if (kind === 'Pod') namespace.run(1, object);
    if (kind === 'Deployment') {
      const scale = fullScale(object, objects);
      const recreate = spec.strategy?.type === 'Recreate';
      namespace.run(scale, spec.template);
      namespace.run(recreate ? 0 : above(spec.strategy?.rollingUpdate?.maxSurge ?? '25%', scale), spec.template);
    }
    if (kind === 'ReplicaSet') namespace.run(fullScale(object, objects), spec.template);
    if (kind === 'StatefulSet') {
      const claims = spec.volumeClaimTemplates ?? [];
      for (let i = 0; i < fullScale(object, objects); i++) {
        const mounted = claims.map(({ metadata }: Any) => ({
          name: metadata.name,
          persistentVolumeClaim: { claimName: `${metadata.name}-${object.metadata.name}-${i}` },
        }));
        const { template } = spec;
        const volumes = [...(template.spec.volumes ?? []), ...mounted];
        namespace.run(1, { ...template, spec: { ...template.spec, volumes } });
        for (const claim of claims) namespace.claims.push(claim.spec);
      }
    }
    if (kind === 'DaemonSet') {
      namespace.run(nodes + above(spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0, nodes), spec.template);
    }
    if (kind === 'Job') namespace.run(jobPods(spec), spec.template);
    if (kind === 'CronJob') {
      const runs = (spec.concurrencyPolicy ?? 'Allow') === 'Allow' ? overlappingRuns : 1;
      for (let run = 0; run < runs; run++)
        namespace.run(jobPods(spec.jobTemplate.spec), spec.jobTemplate.spec.template);
    }
    if (kind === 'PersistentVolumeClaim') namespace.claims.push(spec);
  }
  return namespace;
}

/** What the quota of a namespace counts, in thousandths, when everything is at full scale and rolled out. */
export function bruteForce(
  objects: readonly Any[],
  { limitRange, ...around }: Around & { limitRange?: LimitRangeSpec },
): Sums {
  const { pods, claims, claimsOfPods } = expand(objects, around);
  const secrets = new Set<string>();
  const counts: Sums = { configmaps: 1000n };
  const countOne = (key: string, times = 1) => {
    counts[key] = (counts[key] ?? 0n) + 1000n * BigInt(times);
  };
  for (const { kind, spec, metadata } of objects) {
    if (kind === 'ConfigMap') countOne('configmaps');
    if (kind === 'Secret') secrets.add(metadata.name);
    if (kind === 'ExternalSecret') secrets.add(spec.target?.name ?? metadata.name);
    if (kind === 'Service') {
      countOne('services');
      if (spec.type === 'LoadBalancer') countOne('services.loadbalancers');
      if (spec.type === 'LoadBalancer' || spec.type === 'NodePort') countOne('services.nodeports', spec.ports.length);
    }
  }
  const usages = pods.map(({ spec }) => podUsage(spec, limitRange));
  for (const { resources, storageClassName } of [...claims, ...claimsOfPods]) {
    const storage = thousandths(resources.requests.storage);
    usages.push({ 'requests.storage': storage, persistentvolumeclaims: 1000n });
    if (storageClassName === undefined) continue;
    const prefix = `${storageClassName}.storageclass.storage.k8s.io/`;
    usages.push({ [`${prefix}requests.storage`]: storage, [`${prefix}persistentvolumeclaims`]: 1000n });
  }
  if (secrets.size > 0) countOne('secrets', secrets.size);
  const total = { ...counts };
  for (const usage of usages) {
    for (const [key, value] of Object.entries(usage)) total[key] = (total[key] ?? 0n) + value;
  }
  return total;
}
