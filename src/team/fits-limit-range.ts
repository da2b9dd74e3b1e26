import type { LimitRangeItem, LimitRangeSpec } from '../../imports/kubernetes';
import { show } from '../platform/rule';
import type { Demand } from './demand';
import { type Amounts, amountsOf, one, showAmount } from './demand-amounts';

/** What is held against a LimitRange: a container, a whole pod, or a claim, which has requests only. */
interface Subject {
  /** What it is called in a sentence: `Deployment "api": spec.template.spec.containers[api]`. */
  readonly what: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/**
 * What the LimitRange of a namespace refuses, a sentence each, and requests above their limits, which its defaults can lead to.
 * Source: the LimitRanger admission plugin, Kubernetes 1.36.
 */
export function limitRangeFits({ workloads }: Demand, limitRange: LimitRangeSpec | undefined): string[] {
  const bounds = (limitRange?.limits ?? []).map(boundsOf);
  const problems: string[] = [];
  for (const { kind, name, pod, claims } of workloads) {
    const about = `${kind} ${show(name)}: `;
    const containers = (pod?.containers ?? []).map(({ at, ...rest }) => ({ what: about + at, ...rest }));
    for (const container of containers) problems.push(...requestAboveLimit(container));
    const storage = claims.map(({ at, storage: asked }) => ({
      what: about + at,
      requests: new Map([['storage', asked]]),
      limits: new Map(),
    }));
    for (const item of bounds) {
      const pods = pod ? [{ what: `${about}its pod`, requests: pod.requests, limits: pod.limits }] : [];
      const subjects = { Container: containers, Pod: pods, PersistentVolumeClaim: storage }[item.type] ?? [];
      for (const subject of subjects) problems.push(...refused(subject, item));
    }
  }
  return [...new Set(problems)];
}

interface Bounds {
  readonly type: string;
  readonly min: Amounts;
  readonly max: Amounts;
  readonly ratio: Amounts;
}

function boundsOf({ type, min, max, maxLimitRequestRatio }: LimitRangeItem): Bounds {
  const read = (list: unknown) => amountsOf(list, () => {});
  return { type, min: read(min), max: read(max), ratio: read(maxLimitRequestRatio) };
}

function requestAboveLimit({ what, requests, limits }: Subject): string[] {
  return [...requests].flatMap(([name, request]) => {
    const limit = limits.get(name);
    return limit === undefined || request <= limit
      ? []
      : `${what} requests ${showAmount(name, request)} ${name}, above its limit ${showAmount(name, limit)}; set resources.limits.${name}, which the LimitRange fills in where it is absent`;
  });
}

function refused({ what, requests, limits }: Subject, { type, min, max, ratio }: Bounds): string[] {
  const problems: string[] = [];
  for (const [name, least] of min) {
    const request = requests.get(name);
    if (request === undefined)
      problems.push(
        `${what} requests no ${name}, and the LimitRange wants at least ${showAmount(name, least)}; set it`,
      );
    else if (request < least) {
      problems.push(
        `${what} requests ${showAmount(name, request)} ${name}, and the LimitRange wants at least ${showAmount(name, least)}; raise the request, or lower the team's min`,
      );
    }
  }
  for (const [name, most] of max) {
    // A claim has no limits: its request is what is bounded.
    const limit = type === 'PersistentVolumeClaim' ? requests.get(name) : limits.get(name);
    if (limit === undefined)
      problems.push(
        `${what} has no ${name} limit, and the LimitRange allows ${showAmount(name, most)} at most; set a limit`,
      );
    else if (limit > most) {
      problems.push(
        `${what} asks for up to ${showAmount(name, limit)} ${name}, and the LimitRange allows ${showAmount(name, most)}; lower it, or raise the team's ${type === 'PersistentVolumeClaim' ? 'maxClaim' : 'max'}`,
      );
    }
  }
  for (const [name, times] of ratio) {
    const [request, limit] = [requests.get(name) ?? 0n, limits.get(name) ?? 0n];
    if (request === 0n || limit === 0n)
      problems.push(
        `${what} needs a ${name} request and limit above zero, because the LimitRange bounds their ratio; set both`,
      );
    else if (limit * one > request * times) {
      problems.push(
        `${what} has a ${name} limit ${showAmount(name, limit)} that is more than ${showAmount('ratio', times)} times its request ${showAmount(name, request)}; lower the limit or raise the request`,
      );
    }
  }
  return problems;
}
