import { type ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  LimitRange,
  type LimitRangeSpec,
  type Namespace,
  ResourceQuota,
  type ResourceQuotaSpec,
} from '../../imports/kubernetes';
import { operatorsIn } from '../crossplane/resource/operators-in';
import type { PlainObject } from '../platform/placed-object';
import type { Platform } from '../platform/platform';
import type { Prices } from '../platform/prices';
import { oncePerRender, renderedAround } from '../platform/rendered-objects';
import type { Crd } from '../schema/crd-kinds';
import { KindRegistry } from '../schema/kind-registry';
import { monthlyCost, showCost } from './cost';
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
  /** Gets the monthly cost as an annotation, where the topology has prices and the app workloads of the team. */
  readonly namespace: Namespace;
}

/** The ResourceQuota and the LimitRange, worked out when everything is there that they depend on. */
export function teamBounds(
  scope: Construct,
  place: TeamPlace,
  { quota, limits, namespace }: TeamBoundsOptions,
): TeamBounds {
  const around = () => renderedAround(scope, place.namespace, [resourceQuota, namespace]);
  const demand = () =>
    oncePerRender(scope, () =>
      demandOf(around(), {
        limitRange: rendered(limitRange),
        kinds: kindsOf(place.platform),
        operators: operatorsIn(place.platform, place.environment.cluster),
      }),
    );
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
    limits &&
    new LimitRange(scope, 'limit-range', {
      metadata: guardRailMetadata(place, 'team'),
      spec: limitRangeSpec(limits),
    });
  const { prices } = place.platform.topology;
  if (prices) {
    const cost = ({ workloads }: Demand) =>
      workloads.length > 0 ? showCost(monthlyCost(workloads, prices)) : undefined;
    const lazily = Lazy.any({ produce: () => cost(demand()) });
    namespace.metadata.addAnnotation(`${place.platform.labelPrefix}/monthly-cost`, lazily as unknown as string);
  }
  return {
    resourceQuota,
    limitRange,
    around,
    demand,
    problems: () => boundsProblems(demand(), { resourceQuota, limitRange, quota, prices }),
  };
}

interface BoundsChoice {
  readonly quota: TeamQuota | undefined;
  readonly prices: Prices | undefined;
}

function boundsProblems(
  demand: Demand,
  { resourceQuota, limitRange, quota, prices }: Pick<TeamBounds, 'resourceQuota' | 'limitRange'> & BoundsChoice,
): string[] {
  if (isComputed(quota) && demand.workloads.length === 0) {
    return [
      'quota "computed" follows the workloads that are rendered beside it, and there are none; name a size, or make the namespace in the app of its team',
    ];
  }
  return fitProblems(demand, {
    quota: rendered<ResourceQuotaSpec>(resourceQuota),
    limitRange: rendered<LimitRangeSpec>(limitRange),
    prices,
  });
}

/** Patches count: what is checked is what is rendered. */
function rendered<Spec>(object: ApiObject | undefined): Spec | undefined {
  return object?.toJson().spec;
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
