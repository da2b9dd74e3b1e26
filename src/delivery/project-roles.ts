import type { AppProjectSpecRoles } from '../../imports/argoproj.io';
import type { TeamRole } from '../team/roles';
import type { TeamNamespace } from '../team/team-namespace';

/** What each role may do with the team's apps: nobody makes, changes or removes one, or syncs what is not in git. */
const actions: Readonly<Record<TeamRole, readonly (readonly [resource: string, action: string])[]>> = {
  viewer: [
    ['applications', 'get'],
    ['logs', 'get'],
  ],
  editor: [
    ['applications', 'get'],
    ['applications', 'sync'],
    ['applications', 'action/apps/Deployment/restart'],
    ['applications', 'action/apps/StatefulSet/restart'],
    ['logs', 'get'],
  ],
  owner: [
    ['applications', 'get'],
    ['applications', 'sync'],
    ['applications', 'action/*'],
    ['logs', 'get'],
  ],
};

const descriptions: Readonly<Record<TeamRole, string>> = {
  viewer: 'Looks at the apps of the team and reads their logs.',
  editor: 'Syncs and restarts the apps of the team.',
  owner: 'Syncs the apps of the team and runs their actions.',
};

/** The roles of a project: the groups that have a role in the namespace have it in Argo CD. */
export function projectRoles(project: string, team: TeamNamespace): AppProjectSpecRoles[] {
  return (['owner', 'editor', 'viewer'] as const).flatMap((role) => {
    const groups = groupsOf(team, role);
    if (groups.length === 0) return [];
    const policies = actions[role].map(
      ([resource, action]) => `p, proj:${project}:${role}, ${resource}, ${action}, ${project}/*, allow`,
    );
    return [{ name: role, description: descriptions[role], groups, policies }];
  });
}

/** The role of a project whose apps nobody of the team touches: whoever has a role in the namespace looks at them. */
export function lookingRole(project: string, team: TeamNamespace): AppProjectSpecRoles[] {
  const groups = [...new Set((['owner', 'editor', 'viewer'] as const).flatMap((role) => groupsOf(team, role)))].sort();
  const policies = [`p, proj:${project}:viewer, applications, get, ${project}/*, allow`];
  return groups.length === 0 ? [] : [{ name: 'viewer', description: descriptions.viewer, groups, policies }];
}

function groupsOf(team: TeamNamespace, role: TeamRole): string[] {
  const subjects: readonly { kind: string; name: string }[] = team.roleBindings[role]?.toJson().subjects ?? [];
  return subjects.filter(({ kind }) => kind === 'Group').map(({ name }) => name);
}
