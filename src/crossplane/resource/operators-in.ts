import type { Backend } from '../../platform/backend';
import type { OperatorDemands } from '../../platform/operator-demand';
import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import type { Platform } from '../../platform/platform';
import { valueAt } from '../../references/fields';
import { backendsIn } from './backend-of';

/** What operators run in a cluster for the objects of a namespace, as the platform's backends there tell. */
export function operatorsIn(platform: Platform, cluster: string): OperatorDemands {
  const backends = backendsIn(platform, cluster);
  const kinds = new Set(backends.flatMap(({ operators = {} }) => Object.keys(operators)));
  return Object.fromEntries(
    [...kinds].map((kind) => [kind, (object: PlainObject) => tellerOf(backends, object)?.(object) ?? []]),
  );
}

/** Who tells what an object needs: of a request the backend that it chooses, else the first that knows its kind. */
function tellerOf(backends: readonly Backend[], object: PlainObject): OperatorDemands[string] | undefined {
  const kind = groupKindOf(object);
  const chosen =
    valueAt(object, 'spec', 'crossplane', 'compositionRef', 'name') ??
    valueAt(object, 'spec', 'compositionRef', 'name');
  const fulfilling = backends.filter(({ api }) => `${api.group}/${api.kind}` === kind);
  if (fulfilling.length === 0) return backends.find(({ operators }) => operators?.[kind])?.operators?.[kind];
  const backend = chosen === undefined ? fulfilling[0] : fulfilling.find(({ name }) => name === chosen);
  return backend?.operators?.[kind];
}
