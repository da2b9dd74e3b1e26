import { appFolders } from '../gitops/app-folders';
import { GoldenError } from '../platform/golden-error';
import type { Platform } from '../platform/platform';
import { show, suggestion } from '../platform/rule';

/** Who is who to the host of the GitOps repository. */
export interface CodeownersOptions {
  /** The name that the host has for a group of the topology: `(group) => '@acme/' + group`. */
  readonly owner: (group: string) => string;
  /** The team whose group owns what no team does. */
  readonly platformTeam: string;
  /**
   * The platform's own apps: their folders in the namespaces of teams are the platform's.
   * @default - the platform team's name
   */
  readonly platformApps?: readonly string[];
}

/**
 * The CODEOWNERS file of the GitOps repository: a team owns its namespaces' folders, the platform all else. GitHub, GitLab and Gitea
 * take the last line that matches.
 *
 * @throws GoldenError when the platform team has no group, or the name of an owner is none.
 */
export function codeowners(platform: Platform, options: CodeownersOptions): string {
  const { platformTeam, platformApps = [platformTeam] } = options;
  const { environments, owners = {} } = platform.topology;
  const problems: string[] = [];
  const ownerOf = (team: string): string | undefined => {
    const { group } = owners[team] ?? {};
    if (group === undefined) return undefined;
    const owner = options.owner(group);
    // A space would make two owners of one, and "#" ends the line.
    if (/^(@[^\s#@]+|[^\s#@]+@[^\s#@]+)$/.test(owner)) return owner;
    problems.push(`owner ${show(owner)} of group ${show(group)} is no owner; write it like "@acme/orders-devs"`);
    return undefined;
  };

  const others = Object.keys(owners).filter((team) => team !== platformTeam);
  const theirs = [...others].sort().flatMap((team) => {
    const owner = ownerOf(team);
    if (owner === undefined) return [];
    return Object.keys(environments)
      .sort()
      .map((name) => `/${name}/*/${platform.namespace(team, name)}/ ${owner}`);
  });
  const own = ownerOf(platformTeam);
  if (own === undefined && problems.length === 0) {
    const teams = Object.keys(owners);
    problems.push(
      `platformTeam ${show(platformTeam)} has no group in the topology${suggestion(platformTeam, others)}; it has the teams ${teams.join(', ')}`,
    );
  }
  if (problems.length > 0) throw new GoldenError(problems.map((message) => ({ path: 'codeowners', message })));
  const lines = [
    `* ${own}`,
    ...theirs,
    ...[...platformApps].sort().flatMap((app) => appFolders(app).map((name) => `/*/*/*/${name}/ ${own}`)),
  ];
  return `${lines.join('\n')}\n`;
}
