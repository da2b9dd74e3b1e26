import type { Kind } from '../../schema/kind';
import { isManaged } from './managed';

/** What may be done to objects of some kinds, as a ClusterRole says it. */
export interface AccessRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What Crossplane may do by its own role, v2.3: the core kinds that it composes, and everything in its groups. */
const ownKinds = new Set([' Secret', ' ConfigMap', ' ServiceAccount', ' Service', ' Event', 'apps Deployment']);

/** Whether Crossplane has to be allowed to compose a kind. It may manage the kinds of its providers and its own APIs. */
export function needsAccess(kind: Kind): boolean {
  const isOwn = kind.group === 'crossplane.io' || kind.group.endsWith('.crossplane.io');
  return !isManaged(kind) && !isOwn && !ownKinds.has(`${kind.group} ${kind.kind}`);
}

/** The ClusterRole that lets Crossplane compose some kinds; undefined when none of them needs it. */
export function composeRole(name: string, kinds: readonly Kind[]): Readonly<Record<string, unknown>> | undefined {
  const pluralsByGroup = new Map<string, Set<string>>();
  for (const kind of kinds.filter(needsAccess)) {
    const plurals = pluralsByGroup.get(kind.group) ?? new Set();
    pluralsByGroup.set(kind.group, plurals.add(kind.plural));
  }
  if (pluralsByGroup.size === 0) return undefined;
  const rules: AccessRule[] = [...pluralsByGroup].sort(byName).map(([group, plurals]) => ({
    apiGroups: [group],
    resources: [...plurals].sort(),
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  }));
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { 'rbac.crossplane.io/aggregate-to-crossplane': 'true' } },
    rules,
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
