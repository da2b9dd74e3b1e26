import { show } from '../platform/rule';
import { fieldsOf, objectsOf, textOf } from '../references/fields';
import type { PodContainer, PodTemplate } from '../references/pod-template';
import { type Amounts, addTo, amountsOf, raiseTo, showAmount } from './demand-amounts';
import type { ContainerDefaults } from './limit-range-defaults';

/** What one container asks for, once the API server has filled in its defaults. */
export interface ContainerDemand {
  /** Where it is: `spec.template.spec.containers[api]`. */
  readonly at: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** What one pod asks for, as scheduler and quota count it. */
export interface PodDemand {
  readonly requests: Amounts;
  readonly limits: Amounts;
  readonly containers: readonly ContainerDemand[];
  /** Whether the pod as a whole names resources: then a quota asks nothing of single containers. */
  readonly podLevel: boolean;
}

/** Resources that a pod can name as a whole. Source: KEP-2837. */
const podLevelResources = /^(cpu|memory|hugepages-.+)$/;

/**
 * What one pod of a template asks for. Source: `PodRequests` and `PodLimits` of `k8s.io/component-helpers` 0.36, which the
 * quota uses, and the defaulting of Pods before it.
 *
 * @param defaults what the namespace's LimitRanges give to containers that name nothing
 * @param problem is told what can't be counted
 */
export function podDemand(pod: PodTemplate, defaults: ContainerDefaults, problem: (text: string) => void): PodDemand {
  const named = new Map(pod.containers.map((container) => [container, namedResources(container, problem)]));
  const unread = (list: string) => unreadIn(`${pod.at}.${list}`, problem);
  const whole = fieldsOf(pod.spec.resources);
  const podLimits = onlyPodLevel(amountsOf(whole.limits, unread('resources.limits')));
  const podRequests = onlyPodLevel(amountsOf(whole.requests, unread('resources.requests')));
  const podLevel = podLimits.size + podRequests.size > 0;
  if (podLimits.size > 0) {
    // The pod's own defaults are filled in before a LimitRange sees its containers.
    const asked = aggregate(pod.containers, (container) => named.get(container)?.requests);
    for (const [name, value] of asked) {
      if ((name === 'cpu' || name === 'memory') && !podRequests.has(name)) podRequests.set(name, value);
    }
    for (const [name, value] of podLimits) if (!podRequests.has(name)) podRequests.set(name, value);
  }
  for (const { requests, limits } of named.values()) {
    for (const [name, value] of defaults.requests) if (!requests.has(name)) requests.set(name, value);
    for (const [name, value] of defaults.limits) if (!limits.has(name)) limits.set(name, value);
  }
  const requests = aggregate(pod.containers, (container) => named.get(container)?.requests);
  const limits = aggregate(pod.containers, (container) => named.get(container)?.limits);
  for (const text of podLevelProblems(pod, named, { podRequests, podLimits, together: requests })) problem(text);
  for (const [name, value] of podRequests) requests.set(name, value);
  for (const [name, value] of podLimits) limits.set(name, value);
  const overhead = amountsOf(pod.spec.overhead, unread('overhead'));
  addTo(requests, overhead);
  // A limit that is not there stays unlimited.
  addTo(limits, new Map([...overhead].filter(([name]) => (limits.get(name) ?? 0n) > 0n)));
  const containers = [...named].map(([{ at }, resources]) => ({ at, ...resources }));
  return { requests, limits, containers, podLevel };
}

interface Resources {
  readonly requests: Map<string, bigint>;
  readonly limits: Map<string, bigint>;
}

/** Containers stay within what their pod names as a whole, also with the defaults that a LimitRange gives them. */
function podLevelProblems(
  { at }: PodTemplate,
  named: ReadonlyMap<PodContainer, Resources>,
  { podRequests, podLimits, together }: { podRequests: Amounts; podLimits: Amounts; together: Amounts },
): string[] {
  const amounts = (name: string, above: bigint, whole: bigint) =>
    `${showAmount(name, above)} ${name}, above the ${showAmount(name, whole)} of ${at}.resources`;
  const problems: string[] = [];
  for (const [name, whole] of podRequests) {
    const sum = together.get(name) ?? 0n;
    if (sum > whole) {
      problems.push(
        `the containers request ${amounts(name, sum, whole)}; raise it, or name smaller requests than the LimitRange fills in`,
      );
    }
  }
  for (const [name, whole] of podLimits) {
    const asked = podRequests.get(name) ?? 0n;
    if (asked > whole) {
      problems.push(
        `${at}.resources requests ${showAmount(name, asked)} ${name}, by itself or by its containers, above its limit ${showAmount(name, whole)}; raise the limit or lower the request`,
      );
    }
    for (const [container, { limits }] of named) {
      const limit = limits.get(name) ?? 0n;
      if (limit > whole) {
        problems.push(
          `${container.at} has a limit of ${amounts(name, limit, whole)}; raise it, or name a smaller limit than the LimitRange fills in`,
        );
      }
    }
  }
  return problems;
}

/** What a container names: a limit is a request too, where it names none. */
function namedResources({ fields, at }: PodContainer, problem: (text: string) => void): Resources {
  const resources = fieldsOf(fields.resources);
  const limits = amountsOf(resources.limits, unreadIn(`${at}.resources.limits`, problem));
  const requests = amountsOf(resources.requests, unreadIn(`${at}.resources.requests`, problem));
  for (const [name, value] of limits) if (!requests.has(name)) requests.set(name, value);
  return { requests, limits };
}

/**
 * What the containers of a pod need together: everything that runs side by side, or more while it starts, when an init
 * container runs beside the sidecars that were started before it.
 */
function aggregate(
  containers: readonly PodContainer[],
  amounts: (container: PodContainer) => Amounts | undefined,
): Map<string, bigint> {
  const running = new Map<string, bigint>();
  let sidecars: Map<string, bigint> | undefined;
  let starting: Map<string, bigint> | undefined;
  for (const container of containers) {
    const own = amounts(container) ?? new Map();
    if (container.role !== 'init') addTo(running, own);
    if (container.role === 'sidecar') {
      sidecars ??= new Map();
      addTo(sidecars, own);
    } else if (container.role === 'init') {
      const beside = new Map(own);
      if (sidecars) addTo(beside, sidecars);
      starting ??= new Map();
      raiseTo(starting, beside);
    }
  }
  if (starting) raiseTo(running, starting);
  return running;
}

function onlyPodLevel(amounts: Map<string, bigint>): Map<string, bigint> {
  return new Map([...amounts].filter(([name]) => podLevelResources.test(name)));
}

function unreadIn(at: string, problem: (text: string) => void): (name: string, value: unknown) => void {
  return (name, value) => problem(`${at}.${name} ${show(value)} is no quantity; write a number with a unit`);
}

/** The claims that a pod brings along, one for each generic ephemeral volume. */
export function ephemeralClaims(pod: PodTemplate): { readonly spec: unknown; readonly at: string }[] {
  return objectsOf(pod.spec.volumes).flatMap((volume, i) => {
    const claim = fieldsOf(volume.ephemeral).volumeClaimTemplate;
    const at = `${pod.at}.volumes[${textOf(volume.name) ?? i}].ephemeral.volumeClaimTemplate.spec`;
    return claim === undefined ? [] : [{ spec: fieldsOf(claim).spec, at }];
  });
}
