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

function refused(subject: Subject, { type, min, max, ratio }: Bounds): string[] {
  return [
    ...[...min].flatMap(([name, least]) => belowMinimum(subject, name, least)),
    ...[...max].flatMap(([name, most]) => aboveMaximum(subject, type, name, most)),
    ...[...ratio].flatMap(([name, times]) => aboveRatio(subject, name, times)),
  ];
}

function belowMinimum({ what, requests, limits }: Subject, name: string, least: bigint): string[] {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const wanted = `and the LimitRange wants at least ${showAmount(name, least)}`;
  if (request === undefined) return [`${what} requests no ${name}, ${wanted}; set it`];
  // Together, containers with a limit may be limited to less than the others request.
  const lowest = limit !== undefined && limit < request ? limit : request;
  if (lowest >= least) return [];
  return [`${what} asks for ${showAmount(name, lowest)} ${name}, ${wanted}; raise it, or lower the team's min`];
}

function aboveMaximum({ what, requests, limits }: Subject, type: string, name: string, most: bigint): string[] {
  const isClaim = type === 'PersistentVolumeClaim';
  const request = requests.get(name) ?? 0n;
  // A claim has no limits: its request is what is bounded.
  const limit = isClaim ? request : limits.get(name);
  const allowed = `and the LimitRange allows ${showAmount(name, most)}`;
  if (limit === undefined) return [`${what} has no ${name} limit, ${allowed} at most; set a limit`];
  // Together, containers without a limit may request more than the others are limited to.
  const asked = request > limit ? request : limit;
  if (asked <= most) return [];
  const setting = isClaim ? 'maxClaim' : 'max';
  return [
    `${what} asks for up to ${showAmount(name, asked)} ${name}, ${allowed}; lower it, or raise the team's ${setting}`,
  ];
}

function aboveRatio({ what, requests, limits }: Subject, name: string, times: bigint): string[] {
  const [request, limit] = [requests.get(name) ?? 0n, limits.get(name) ?? 0n];
  if (request === 0n || limit === 0n) {
    return [
      `${what} needs a ${name} request and limit above zero, because the LimitRange bounds their ratio; set both`,
    ];
  }
  if (limit * one <= request * times) return [];
  const [has, most] = [showAmount(name, limit), showAmount('ratio', times)];
  return [
    `${what} has a ${name} limit ${has} that is more than ${most} times its request ${showAmount(name, request)}; lower the limit or raise the request`,
  ];
}
