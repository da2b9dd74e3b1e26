import { groupKindOf } from '../platform/placed-object';
import { clusterGroups } from './cluster-groups';
import type { JudgedChange } from './diff-objects';
import { fieldText } from './field-change';
import { objectOf } from './object-change';
import { riskList } from './risk-list';
import type { PlaceDiff } from './tree-diff';

/** A comparison for machines, as plain data. Values of Secrets are left out. */
export function diffJson(places: readonly PlaceDiff[]) {
  return {
    risks: riskList(clusterGroups(places)).map(({ rule: { id, what, why }, risks }) => ({
      id,
      what,
      why,
      count: risks.length,
    })),
    places: places.map(({ environment, cluster, changes }) => ({ environment, cluster, changes: changes.map(asJson) })),
  };
}

function asJson(change: JudgedChange) {
  const object = objectOf(change);
  const { apiVersion, kind, metadata } = object;
  const { namespace, name } = metadata;
  const isSecret = groupKindOf(object) === 'Secret';
  return {
    ...{ change: change.change, apiVersion, kind, ...(namespace !== undefined && { namespace }), name },
    risks: change.risks,
    fields: change.fields.map(({ path, before, after }) => ({
      path: fieldText(path),
      ...(isSecret && /^(?:data|stringData)$/.test(path[0]) ? { isHidden: true } : { before, after }),
    })),
  };
}
