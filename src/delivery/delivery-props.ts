import type { IConstruct } from 'constructs';
import { Environment, environmentOf } from '../platform/environment';
import { isHostName, nameProblem } from '../platform/names';
import { Platform } from '../platform/platform';
import { isRecord, type Rule, show, suggestion, unknownPropProblems } from '../platform/rule';
import type { TeamNamespace } from '../team/team-namespace';
import { type Notifications, notificationProblems } from './notifications';
import { type SyncWindow, syncWindowProblems } from './sync-window';

/** An API whose requests Argo CD waits for. */
export interface HealthApi {
  /** Its group: `acme.io`. */
  readonly group: string;
  /** Its kind: `PostgresInstance`. */
  readonly kind: string;
}

/** What brings the GitOps tree to a cluster. */
export type DeliveryEngine = 'argo-cd' | 'flux';

/** What a {@link Delivery} is made from. */
export interface DeliveryProps {
  /** Namespaces of the teams whose apps are delivered to this cluster. */
  readonly teams: readonly TeamNamespace[];
  /**
   * What brings the tree to the cluster.
   * @default 'argo-cd'
   */
  readonly engine?: DeliveryEngine;
  /**
   * Apps of teams by name, which get an Application each, or a Kustomization of Flux. A preview of such an app is delivered only when
   * it is named too.
   * @default - a team's ApplicationSet makes an Application for each folder of its namespace, previews included; with Flux one
   * Kustomization delivers all of them, and what the API server refuses of one app holds the others
   */
  readonly apps?: Readonly<Record<string, readonly string[]>>;
  /**
   * The platform's own apps, in the order in which they are brought to a cluster: each waits until the one before is healthy.
   * @default - the app that this is part of
   */
  readonly platformApps?: readonly string[];
  /**
   * The namespace that Argo CD, or Flux, runs in.
   * @default - `argocd`, or `flux-system`
   */
  readonly namespace?: string;
  /**
   * Which cluster an Argo CD serves: its own one, or every cluster, each registered by the name that it has in the topology. A
   * shared one reads the same folders; its objects carry the cluster in their names.
   * @default 'own'
   */
  readonly serves?: 'own' | 'every-cluster';
  /**
   * The branch, tag or commit of the GitOps repository that is synced. Flux takes a tag as `refs/tags/v1`.
   * @default 'main'
   */
  readonly revision?: string;
  /**
   * The account that the platform's own apps are applied with, as `namespace/name`.
   * @default - `argocd-application-controller` in the namespace of Argo CD, or `kustomize-controller` in that of Flux
   */
  readonly account?: string;
  /**
   * The Secret in Flux's namespace that the GitOps repository is read with. Argo CD has Secrets of its own for repositories.
   * @default - none: everybody may read the repository
   */
  readonly repositorySecret?: string;
  /**
   * Times at which apps of teams may be synced, or may not. Flux has none.
   * @default - at any time
   */
  readonly syncWindows?: readonly SyncWindow[];
  /**
   * Whether the platform's tree sets what Argo CD has to know in its ConfigMap `argocd-cm`: accounts to apply with, and the health of
   * requests. Off, whoever installs Argo CD sets {@link argoCdSettings}; so it has to be where an Application delivers Argo CD itself.
   * @default - yes where it serves its own cluster; a shared one has them from one place, where this is true
   */
  readonly settings?: boolean;
  /**
   * What tells teams how deliveries go: services, links and messages of Argo CD's notifications, set in its ConfigMap
   * `argocd-notifications-cm` where {@link DeliveryProps.settings} are set. Elsewhere, and where an installation of Argo CD owns that
   * ConfigMap, it sets {@link argoCdNotifications}.
   * @default - the channels of teams are subscribed to two triggers of Argo CD's catalog, and who installs Argo CD brings that
   */
  readonly notifications?: Notifications;
  /**
   * The platform's own APIs: a delivery waits until requests are ready.
   * @default - none: Flux takes a request for ready until its first condition says otherwise
   */
  readonly apis?: readonly HealthApi[];
}

const keys: readonly (keyof DeliveryProps)[] = [
  'teams',
  'engine',
  'apps',
  'platformApps',
  'namespace',
  'serves',
  'revision',
  'account',
  'repositorySecret',
  'syncWindows',
  'settings',
  'notifications',
  'apis',
];

/** The rules of a delivery below `scope`. */
export function deliveryRules(scope: IConstruct): Rule<DeliveryProps>[] {
  return [
    (p) => unknownPropProblems(p, keys),
    () => placeProblems(scope),
    (p) => teamsProblems(scope, p.teams),
    (p) => appsProblems(p),
    (p) => namesProblems('platformApps', p.platformApps),
    (p) => (p.namespace === undefined ? undefined : nameProblem('namespace', p.namespace)),
    ({ serves }) =>
      serves === undefined || serves === 'own' || serves === 'every-cluster'
        ? undefined
        : `serves ${show(serves)} is unknown; use own or every-cluster`,
    ({ revision }) =>
      revision === undefined || (typeof revision === 'string' && /^[A-Za-z0-9_][\w./-]*$/.test(revision))
        ? undefined
        : `revision ${show(revision)} is no branch, tag or commit; write it like "main"`,
    ({ account }) =>
      account === undefined || (typeof account === 'string' && /^[a-z0-9-]+\/[a-z0-9.-]+$/.test(account))
        ? undefined
        : `account ${show(account)} is no account; write it as namespace/name`,
    (p) => syncWindowProblems(p.syncWindows),
    ({ settings }) =>
      settings === undefined || typeof settings === 'boolean'
        ? undefined
        : `settings ${show(settings)} is no switch; use true or false`,
    (p) => notificationProblems(p.notifications, notifiedTeams(scope, p.teams)),
    (p) => apisProblems(p.apis),
  ];
}

/** A folder of the tree is what gets delivered, so the place has to have one, and the platform a repository. */
function placeProblems(scope: IConstruct): string[] {
  const problems: string[] = [];
  if (!scope.node.scopes.some((s) => Environment.isEnvironment(s))) {
    problems.push('is outside of any environment; make it with env of forEachEnvironment');
  }
  const repoUrl = Platform.of(scope).gitops?.repoUrl;
  if (typeof repoUrl !== 'string' || repoUrl.trim() === '') {
    problems.push('the platform names no GitOps repository; set gitops.repoUrl of the platform');
  }
  return problems;
}

function teamsProblems(scope: IConstruct, teams: unknown): string[] {
  if (!Array.isArray(teams) || teams.length === 0) {
    return [`teams ${show(teams)} holds no team; give it the TeamNamespaces of this environment`];
  }
  const here = environmentOf(scope);
  return (teams as TeamNamespace[]).flatMap((team, index) => {
    if (typeof team?.team !== 'string' || typeof team.name !== 'string' || team.node === undefined) {
      return [`teams[${index}] is no TeamNamespace; make one with new TeamNamespace(env, "orders")`];
    }
    const there = environmentOf(team);
    const isHere = there.name === here.name && there.cluster === here.cluster;
    const problems = isHere
      ? []
      : [
          `team ${show(team.team)} has its namespace in ${there.name}/${there.cluster}, and this delivers to ${here.name}/${here.cluster}; give each environment its own teams`,
        ];
    return teams.indexOf(team) === index ? problems : [...problems, `team ${show(team.team)} is there twice; drop one`];
  });
}

/** Every team that there is, also those that have no namespace here: other environments have the same settings. */
function notifiedTeams(scope: IConstruct, teams: unknown): string[] {
  const here = Array.isArray(teams) ? teams.map((team) => team?.team) : [];
  return [...new Set([...Object.keys(Platform.of(scope).topology.owners ?? {}), ...here])];
}

function appsProblems({ apps, teams }: DeliveryProps): string[] {
  if (apps === undefined) return [];
  if (!isRecord(apps)) return [`apps ${show(apps)} is no record; write it by team: { orders: ["orders"] }`];
  const known = Array.isArray(teams) ? teams.map((team) => team?.team) : [];
  return Object.entries(apps).flatMap(([team, names]) => [
    ...(known.includes(team)
      ? []
      : [`apps names the team ${show(team)}, which teams lacks${suggestion(team, known)}; use ${known.join(', ')}`]),
    ...namesProblems(`apps.${team}`, names),
  ]);
}

function namesProblems(what: string, names: unknown): string[] {
  if (names === undefined) return [];
  if (!Array.isArray(names) || names.length === 0) return [`${what} ${show(names)} is no list of names; name an app`];
  const problems = names.map((name) => nameProblem(`${what} app`, name)).filter((problem) => problem !== undefined);
  if (new Set(names).size < names.length) problems.push(`${what} names an app twice; name each once`);
  return problems;
}

function apisProblems(apis: unknown): string[] {
  if (apis === undefined) return [];
  if (!Array.isArray(apis)) return [`apis ${show(apis)} is no list; write [{ group: "acme.io", kind: "Database" }]`];
  return apis
    .filter(
      (api) =>
        !isRecord(api) ||
        typeof api.group !== 'string' ||
        !isHostName(api.group) ||
        typeof api.kind !== 'string' ||
        !/^[A-Za-z0-9]+$/.test(api.kind),
    )
    .map((api) => `apis holds ${show(api)}; write group and kind, like { group: "acme.io", kind: "Database" }`);
}
