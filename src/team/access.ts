import type { Construct } from 'constructs';
import { RoleBinding } from '../../imports/kubernetes';
import { isRecord, show, suggestion } from '../platform/rule';
import { roleName, type TeamRole } from './roles';
import { guardRailMetadata, type TeamPlace } from './team-place';

/** Groups of the identity provider, and what they are to the namespace. */
export interface TeamAccess {
  /**
   * Groups that own it, beside the team's own group in the topology.
   * @default - only that group
   */
  readonly owners?: readonly string[];
  /**
   * Groups that do day-two work: restart, scale, forward ports.
   * @default - none
   */
  readonly editors?: readonly string[];
  /**
   * Groups that look, logs included.
   * @default - none
   */
  readonly viewers?: readonly string[];
}

const keyOf = { viewer: 'viewers', editor: 'editors', owner: 'owners' } as const;

/** One binding for each role that somebody has. */
export function roleBindings(
  scope: Construct,
  place: TeamPlace,
  access: TeamAccess = {},
): Partial<Record<TeamRole, RoleBinding>> {
  const bindings: Partial<Record<TeamRole, RoleBinding>> = {};
  for (const role of ['owner', 'editor', 'viewer'] as const) {
    const groups = groupsOf(role, place, access);
    if (groups.length === 0) continue;
    bindings[role] = new RoleBinding(scope, `access-${role}`, {
      metadata: guardRailMetadata(place, `team-${role}`),
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: roleName(place.platform.labelPrefix, role),
      },
      subjects: groups.map((name) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name })),
    });
  }
  return bindings;
}

function groupsOf(role: TeamRole, { owner }: TeamPlace, access: TeamAccess): string[] {
  const own = role === 'owner' && owner.group !== undefined ? [owner.group] : [];
  return [...new Set([...own, ...(access[keyOf[role]] ?? [])])];
}

/** Groups that hold everybody or the cluster itself: bound to a role, they would open the namespace. */
const everybody = /^system:/;

/** Every list holds names of groups, none of them everybody, and somebody owns the namespace. */
export function accessProblems(access: unknown, ownGroup: string | undefined, team: string): string[] {
  if (access !== undefined && !isRecord(access)) {
    return [`access ${show(access)} is no record; write { viewers: ["support"] }`];
  }
  const keys: string[] = Object.values(keyOf);
  const problems = Object.keys(access ?? {})
    .filter((key) => !keys.includes(key))
    .map((key) => `access has no role ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
  for (const key of keys) problems.push(...groupProblems(`access.${key}`, access?.[key]));
  const owners = access?.owners;
  if (ownGroup === undefined && !(Array.isArray(owners) && owners.length > 0)) {
    problems.push(
      `team ${show(team)} has no group to own the namespace; set owners.${team}.group in the topology, or access.owners`,
    );
  }
  return ownGroup === undefined ? problems : [...problems, ...groupProblems(`owners.${team}.group`, [ownGroup])];
}

function groupProblems(what: string, groups: unknown): string[] {
  if (groups === undefined) return [];
  if (!Array.isArray(groups)) return [`${what} ${show(groups)} is no list of groups`];
  return groups.flatMap((group: unknown) => {
    if (typeof group !== 'string' || group.trim() === '') return [`${what} holds ${show(group)}, which names no group`];
    return everybody.test(group)
      ? [`${what} holds ${show(group)}, a group of the cluster itself; name a group of people`]
      : [];
  });
}
