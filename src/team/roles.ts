import type { PolicyRule } from '../../imports/kubernetes';
import { type ApiResources, observedKinds, renderedKinds } from './rendered-kinds';

/** What a person may be to a team's namespace, each with what the one before it may. */
export type TeamRole = 'viewer' | 'editor' | 'owner';

/** Verbs of who applies manifests, one object at a time. */
export const writeVerbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** Verbs of who looks. */
export const readVerbs = ['get', 'list', 'watch'];

/**
 * Upgrades of a connection: `get` is asked for by WebSockets, `create` by SPDY, and since 1.35 by both. Whoever may `get`
 * `pods/exec` can run commands.
 */
const connectVerbs = ['create', 'get'];

/**
 * What each role may do, in the namespace that it is bound in.
 *
 * People look, and do what git can't: what is declared they change in git, because Argo CD would take back anything else.
 * Nobody reads Secrets: whoever needs a value reads it in the secret store, where it is logged. An owner can run commands in
 * pods and start Jobs, and so reach what the pods of the team can reach; an editor can't.
 */
export function roleRules(role: TeamRole, apis: readonly ApiResources[]): PolicyRule[] {
  const view = rules([...renderedKinds, ...observedKinds, ...apis], readVerbs);
  if (role === 'viewer') return view;
  return role === 'editor' ? [...view, ...editorRules] : [...view, ...editorRules, ...ownerRules];
}

/** Day-two work that runs nothing but what is deployed: restart (by deleting or evicting pods), scale, look at a port. */
const editorRules: PolicyRule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: [''], resources: ['pods/portforward'], verbs: connectVerbs },
  { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['get', 'patch', 'update'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['delete'] },
];

/** Day-two work that runs something: commands in pods, debug containers, a CronJob's Job by hand. */
const ownerRules: PolicyRule[] = [
  { apiGroups: [''], resources: ['pods/attach', 'pods/exec'], verbs: connectVerbs },
  { apiGroups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['patch'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] },
];

/** What the account that applies a team's manifests may do: exactly the kinds that workloads render. */
export function deployerRules(apis: readonly ApiResources[]): PolicyRule[] {
  return rules([...renderedKinds, ...apis], writeVerbs);
}

/** The same verbs on resources of several groups: one rule for each group, in the order of their names. */
export function rules(kinds: readonly ApiResources[], verbs: readonly string[]): PolicyRule[] {
  const groups = new Map<string, string[]>();
  for (const { group, resources } of kinds) groups.set(group, [...(groups.get(group) ?? []), ...resources]);
  return [...groups.keys()].sort().map((group) => ({
    apiGroups: [group],
    resources: [...new Set(groups.get(group))].sort(),
    verbs: [...verbs],
  }));
}

/** Name of the ClusterRole that a team's role is bound to; the prefix keeps it apart from others of the cluster. */
export function roleName(labelPrefix: string, role: TeamRole | 'deployer'): string {
  return `team-${role}.${labelPrefix}`;
}
