import { grouped } from '../platform/grouped';
import { type ClusterGroup, groupText } from './cluster-groups';
import { titleOf } from './diff-objects';
import { objectOf } from './object-change';
import type { RiskRule } from './risks/risk-rule';
import { riskRules } from './risks/risk-rules';

/** One risk, and everywhere that it is. */
export interface ListedRisk {
  /** `Deployment api` */
  readonly object: string;
  /** Undefined for objects without one. */
  readonly namespace: string | undefined;
  /** What happens to it. */
  readonly detail: string;
  /** `production (eu-prod, us-prod)` */
  readonly places: readonly string[];
}

/** Risks of one kind. */
export interface RiskGroup {
  readonly rule: RiskRule;
  readonly risks: readonly ListedRisk[];
}

/** All risks of a comparison, the worst first, each once with its places. */
export function riskList(groups: readonly ClusterGroup[]): RiskGroup[] {
  const found = groups.flatMap((group) =>
    group.changes.flatMap((change) =>
      change.risks.map(({ id, detail }) => {
        const { namespace } = objectOf(change).metadata;
        return { id, object: titleOf(change), namespace, detail, place: groupText(group) };
      }),
    ),
  );
  return riskRules.flatMap((rule) => {
    const own = grouped(
      found.filter(({ id }) => id === rule.id),
      ({ object, namespace, detail }) => JSON.stringify([object, namespace, detail]),
    );
    const risks = [...own.values()].map((same) => {
      const [{ object, namespace, detail }] = same;
      return { object, namespace, detail, places: same.map(({ place }) => place) };
    });
    return risks.length > 0 ? [{ rule, risks }] : [];
  });
}

/** How many risks there are. */
export function riskCount(groups: readonly RiskGroup[]): number {
  return groups.reduce((sum, { risks }) => sum + risks.length, 0);
}
