import type { LimitRangeItem, LimitRangeSpec } from '../../imports/kubernetes';
import { exactQuantity, type Quantity, quantityProblem } from '../platform/quantity';
import { isRecord, show, suggestion } from '../platform/rule';
import { one, showAmount } from './demand-amounts';

/** Amounts of one container. */
export interface ContainerAmounts {
  readonly cpu?: Quantity;
  readonly memory?: Quantity;
}

/** What single containers and claims of a team may ask for, and what those get that name nothing. */
export interface TeamLimits {
  /**
   * Requests of a container that names none.
   * @default { cpu: '100m', memory: '128Mi' }, the size `xs`
   */
  readonly defaultRequest?: ContainerAmounts;
  /**
   * Limits of a container that names none.
   * @default - twice the requested memory, and no CPU limit, which would throttle on an idle node
   */
  readonly defaultLimit?: ContainerAmounts;
  /**
   * The least that a container may request, so that nobody gets by the quota with requests of nothing.
   * @default { cpu: '10m', memory: '16Mi' }
   */
  readonly min?: ContainerAmounts;
  /**
   * The highest limit of one container. Naming CPU here puts a CPU limit on every container: Kubernetes refuses containers
   * without a limit where there is a maximum, and gives them the maximum.
   * @default { memory: '16Gi' }
   */
  readonly max?: ContainerAmounts;
  /**
   * How many times its request a limit may be; every container needs both then.
   * @default - any
   */
  readonly maxRatio?: { readonly cpu?: number; readonly memory?: number };
  /**
   * The largest claim.
   * @default '1Ti'
   */
  readonly maxClaim?: Quantity;
}

/** What applies where a team says nothing. */
const defaults = {
  defaultRequest: { cpu: '100m', memory: '128Mi' },
  min: { cpu: '10m', memory: '16Mi' },
  max: { memory: '16Gi' },
  maxClaim: '1Ti',
} as const;

/** The specification of a team's LimitRange. Only for limits that {@link limitRangeProblems} has accepted. */
export function limitRangeSpec(limits: TeamLimits = {}): LimitRangeSpec {
  const { defaultRequest, defaultLimit, min, max, maxRatio, maxClaim } = resolved(limits);
  const container: LimitRangeItem = {
    type: 'Container',
    default: shown(defaultLimit),
    defaultRequest: shown(defaultRequest),
    max: shown(max),
    min: shown(min),
    ...(maxRatio && { maxLimitRequestRatio: shown(maxRatio) }),
  };
  return {
    limits: [container, { type: 'PersistentVolumeClaim', max: { storage: text('storage', maxClaim) } }],
  };
}

interface ResolvedLimits {
  readonly defaultRequest: ContainerAmounts;
  readonly defaultLimit: ContainerAmounts;
  readonly min: ContainerAmounts;
  readonly max: ContainerAmounts;
  readonly maxRatio?: ContainerAmounts;
  readonly maxClaim: Quantity;
}

/** Each amount of its own falls back, so that naming CPU leaves memory as it was. */
function resolved(limits: TeamLimits): ResolvedLimits {
  const defaultRequest = over(defaults.defaultRequest, limits.defaultRequest);
  const max = over<ContainerAmounts>(defaults.max, limits.max);
  const twice = 2n * (exactQuantity(defaultRequest.memory) ?? 0n);
  return {
    defaultRequest,
    defaultLimit: over<ContainerAmounts>({ cpu: max.cpu, memory: text('memory', twice) }, limits.defaultLimit),
    min: over(defaults.min, limits.min),
    max,
    maxRatio: limits.maxRatio,
    maxClaim: limits.maxClaim ?? defaults.maxClaim,
  };
}

function over<T extends ContainerAmounts>(fallback: T, { cpu, memory }: ContainerAmounts = {}): T {
  return { ...fallback, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}

function shown(amounts: ContainerAmounts): Record<string, string> {
  const names = (['cpu', 'memory'] as const).filter((name) => amounts[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, text(name, amounts[name])]));
}

function text(name: string, amount: Quantity | bigint | undefined): string {
  return showAmount(name, typeof amount === 'bigint' ? amount : (exactQuantity(amount) ?? 0n));
}

const lists = ['defaultRequest', 'defaultLimit', 'min', 'max'] as const;
const keys = [...lists, 'maxRatio', 'maxClaim'];

/** Everything that is wrong with a team's limits, a sentence each. */
export function limitRangeProblems(limits: unknown): string[] {
  if (limits === undefined) return [];
  if (!isRecord(limits)) return [`limits ${show(limits)} is no record; write { ${keys.join(', ')} }`];
  const problems = Object.keys(limits)
    .filter((key) => !keys.includes(key))
    .map((key) => `limits has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
  for (const list of lists) problems.push(...listProblems(`limits.${list}`, limits[list]));
  if (limits.maxClaim !== undefined)
    problems.push(...some(quantityProblem('limits.maxClaim', limits.maxClaim, '100Gi')));
  problems.push(...ratioProblems(limits.maxRatio));
  return problems.length > 0 ? problems : orderProblems(resolved(limits as TeamLimits));
}

function listProblems(what: string, list: unknown): string[] {
  if (list === undefined) return [];
  if (!isRecord(list)) return [`${what} ${show(list)} is no record; write { cpu, memory }`];
  return Object.entries(list).flatMap(([name, value]) => {
    if (name !== 'cpu' && name !== 'memory') return [`${what} has no setting ${show(name)}; it has cpu, memory`];
    return value === undefined
      ? []
      : some(quantityProblem(`${what}.${name}`, value, name === 'cpu' ? '250m' : '512Mi'));
  });
}

function ratioProblems(ratio: unknown): string[] {
  if (ratio === undefined) return [];
  if (!isRecord(ratio)) return [`limits.maxRatio ${show(ratio)} is no record; write { cpu, memory }`];
  return Object.entries(ratio).flatMap(([name, value]) => {
    if (name !== 'cpu' && name !== 'memory')
      return [`limits.maxRatio has no setting ${show(name)}; it has cpu, memory`];
    return typeof value === 'number' && value >= 1 && value <= 1000
      ? []
      : [
          `limits.maxRatio.${name} ${show(value)} is no ratio; use a number from 1, because a limit is never below its request`,
        ];
  });
}

/** The API server refuses a LimitRange whose numbers are not in this order. */
function orderProblems(limits: ResolvedLimits): string[] {
  const problems: string[] = [];
  const { defaultRequest, defaultLimit, maxRatio } = limits;
  for (const name of ['cpu', 'memory'] as const) {
    let below: { list: string; value: bigint } | undefined;
    for (const list of ['min', 'defaultRequest', 'defaultLimit', 'max'] as const) {
      const value = exactQuantity(limits[list][name]);
      if (value === undefined) continue;
      if (below && below.value > value) {
        problems.push(
          `limits.${below.list}.${name} ${showAmount(name, below.value)} is above limits.${list}.${name} ${showAmount(name, value)}; lower the one or raise the other`,
        );
      }
      below = { list, value };
    }
    const [request, limit] = [exactQuantity(defaultRequest[name]), exactQuantity(defaultLimit[name])];
    const ratio = exactQuantity(maxRatio?.[name]);
    if (ratio === undefined) continue;
    if (limit === undefined) {
      problems.push(`limits.maxRatio.${name} needs a limit on every container; set limits.defaultLimit.${name} too`);
    } else if (request !== undefined && limit * one > request * ratio) {
      problems.push(
        `limits.defaultLimit.${name} ${showAmount(name, limit)} is more than limits.maxRatio.${name} times limits.defaultRequest.${name} ${showAmount(name, request)}; raise the ratio or the request`,
      );
    }
  }
  return problems;
}

function some(problem: string | undefined): string[] {
  return problem === undefined ? [] : [problem];
}
