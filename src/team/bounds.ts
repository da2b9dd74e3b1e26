import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { LimitRange, type LimitRangeSpec, ResourceQuota, type ResourceQuotaSpec } from '../../imports/kubernetes';
import type { Platform } from '../platform/platform';
import { oncePerRender, renderedAround } from '../platform/rendered-objects';
import type { PlainObject } from '../references/placed-object';
import type { Crd } from '../schema/crd-kinds';
import { KindRegistry } from '../schema/kind-registry';
import { type Demand, demandOf } from './demand';
import { fitProblems } from './fits';
import { limitRangeSpec, type TeamLimits } from './limit-range';
import { quotaSpec } from './quota';
import type { TeamQuota } from './quota-size';
import { guardRailMetadata, type TeamPlace } from './team-place';

/** What a namespace may hold, and what single containers of it may ask for. */
export interface TeamBounds {
  /** Undefined where it is left out. */
  readonly resourceQuota?: ResourceQuota;
  /** Undefined where it is left out. */
  readonly limitRange?: LimitRange;
  /** Everything that the bundle's app renders into the namespace, but for the bounds. Ask at synthesis. */
  around(): readonly PlainObject[];
  /** What that needs. Ask at synthesis. */
  demand(): Demand;
  /** What does not fit, a sentence each. Ask at synthesis. */
  problems(): string[];
}

/** What the bounds are made from; what is undefined is left out. */
export interface TeamBoundsOptions {
  readonly quota: TeamQuota | undefined;
  readonly limits: TeamLimits | undefined;
}

/** The ResourceQuota and the LimitRange, worked out when everything is there that they depend on. */
export function teamBounds(scope: Construct, place: TeamPlace, { quota, limits }: TeamBoundsOptions): TeamBounds {
  const range = limits && limitRangeSpec(limits);
  const around = () => renderedAround(scope, place.namespace, [resourceQuota]);
  const demand = () =>
    oncePerRender(scope, () => demandOf(around(), { limitRange: range, kinds: kindsOf(place.platform) }));
  const hard = (chosen: TeamQuota): ResourceQuotaSpec =>
    quotaSpec(chosen, { demand: demand(), ownGroups: [place.platform.domain] });

  const resourceQuota: ResourceQuota | undefined =
    quota === undefined
      ? undefined
      : new ResourceQuota(scope, 'resource-quota', {
          metadata: guardRailMetadata(place, 'team'),
          spec: Lazy.any({ produce: () => hard(quota) }),
        });
  const limitRange =
    range && new LimitRange(scope, 'limit-range', { metadata: guardRailMetadata(place, 'team'), spec: range });
  return {
    resourceQuota,
    limitRange,
    around,
    demand,
    problems: () => boundsProblems(demand(), resourceQuota, limitRange, quota),
  };
}

/** Patches count: what is checked is what is rendered. */
function boundsProblems(
  demand: Demand,
  resourceQuota: ResourceQuota | undefined,
  limitRange: LimitRange | undefined,
  chosen: TeamQuota | undefined,
): string[] {
  if (isComputed(chosen) && demand.workloads.length === 0) {
    return [
      'quota "computed" follows the workloads that are rendered beside it, and there are none; name a size, or make the namespace in the app of its team',
    ];
  }
  return fitProblems(demand, {
    quota: resourceQuota?.toJson().spec as ResourceQuotaSpec | undefined,
    limitRange: limitRange?.toJson().spec as LimitRangeSpec | undefined,
  });
}

function isComputed(quota: TeamQuota | undefined): boolean {
  return quota === 'computed' || (typeof quota === 'object' && 'headroom' in quota);
}

const registries = new WeakMap<Platform, KindRegistry>();

function kindsOf(platform: Platform): KindRegistry | undefined {
  if (platform.crds.length === 0) return undefined;
  const known = registries.get(platform) ?? new KindRegistry(platform.crds as readonly Crd[]);
  registries.set(platform, known);
  return known;
}
