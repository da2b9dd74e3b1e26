import { nameProblem } from '../platform/names';
import { ownershipOf } from '../platform/ownership';
import { isRecord, oneOf, type Rule, show, suggestion, unknownPropProblems } from '../platform/rule';
import { accessProblems, type TeamAccess } from './access';
import { pullSecretsProblems } from './default-account';
import { type GitopsAccountOptions, gitopsProblems } from './gitops-account';
import { type TeamNetworkOptions, teamNetworkProblems } from './guard-rails';
import { limitRangeProblems, type TeamLimits } from './limit-range';
import type { NamespaceProps } from './namespace';
import { podSecurityProblems } from './pod-security';
import { quotaProblems, type TeamQuota } from './quota-size';
import { secretStoreProblemsOf } from './secret-store';
import type { TeamPlace } from './team-place';

/** The parts of the bundle that can be left out. */
export type TeamPart = 'quota' | 'limits' | 'access' | 'gitops' | 'network' | 'secretStore' | 'defaultAccount';

/** What a team's namespace can be told. */
export interface TeamNamespaceProps extends NamespaceProps {
  /**
   * The team that owns it, known to the platform's topology.
   * @default - the construct's id
   */
  readonly team?: string;
  /**
   * The system that the bundle is part of.
   * @default - the app's
   */
  readonly system?: string;
  /**
   * What the namespace may hold: a named size, `'computed'` from the workloads in the same app, or numbers.
   * @default - `'computed'` in the team's own app, `'small'` elsewhere
   */
  readonly quota?: TeamQuota;
  /**
   * What single containers and claims may ask for, and what those get that name nothing.
   * @default - see {@link TeamLimits}
   */
  readonly limits?: TeamLimits;
  /**
   * Groups and what they are to the namespace.
   * @default - the team's group in the topology owns it
   */
  readonly access?: TeamAccess;
  /**
   * The account that applies the team's manifests.
   * @default - `gitops`, without the right to hand out permissions
   */
  readonly gitops?: GitopsAccountOptions;
  /**
   * What every pod may reach.
   * @default - DNS, and the telemetry collector where there is one
   */
  readonly network?: TeamNetworkOptions;
  /**
   * What paths of secrets may begin with that the team reads, beside the platform's `secretStore.prefix`.
   * @default - none
   */
  readonly secretPaths?: readonly string[];
  /**
   * Secrets with registry credentials, which something else puts into the namespace, for pods that run as the account
   * `default`. Golden workloads have accounts of their own and name theirs.
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[];
  /**
   * More objects that belong to the namespace, as plain manifests by construct id. Without a namespace of their own they are in
   * the team's.
   * @default - none
   */
  readonly objects?: Readonly<
    Record<string, { readonly apiVersion: string; readonly kind: string; readonly [key: string]: unknown }>
  >;
  /**
   * Parts that are left out, each with why. The reasons land in annotations of the namespace.
   * @default - none: every part is there
   */
  readonly without?: Readonly<Partial<Record<TeamPart, string>>>;
}

const parts: readonly TeamPart[] = ['quota', 'limits', 'access', 'gitops', 'network', 'secretStore', 'defaultAccount'];

const settingOf = {
  quota: 'quota',
  limits: 'limits',
  access: 'access',
  gitops: 'gitops',
  network: 'network',
  secretStore: 'secretPaths',
  defaultAccount: 'imagePullSecrets',
} as const satisfies Record<TeamPart, keyof TeamNamespaceProps>;

const keys = [
  ...['team', 'system', 'podSecurity', 'labels', 'annotations', 'objects', 'without'],
  ...Object.values(settingOf),
];

/** The rules of the bundle. */
export function teamNamespaceRules(place: TeamPlace): Rule<TeamNamespaceProps>[] {
  const { owner, team } = place;
  return [
    (p) => unknownPropProblems(p, keys),
    () => teamProblems(place),
    () => namespaceProblems(place),
    (p) => (p.system === undefined ? undefined : nameProblem('system', p.system)),
    (p) => podSecurityProblems(p.podSecurity),
    (p) => (p.quota === undefined ? [] : quotaProblems(p.quota)),
    (p) => limitRangeProblems(p.limits),
    (p) => (isLeftOut(p, 'access') ? [] : accessProblems(p.access, owner.group, team)),
    (p) => gitopsProblems(p.gitops),
    (p) => (isLeftOut(p, 'network') ? [] : teamNetworkProblems(p.network, place.environment)),
    (p) => (isLeftOut(p, 'secretStore') ? [] : secretStoreProblemsOf(place, p.secretPaths)),
    (p) => pullSecretsProblems(p.imagePullSecrets),
    (p) => textsProblems('labels', p.labels),
    (p) => textsProblems('annotations', p.annotations),
    (p) => objectsProblems(p.objects),
    withoutProblems,
  ];
}

/** Whether a part is left out. */
export function isLeftOut({ without }: TeamNamespaceProps, part: TeamPart): boolean {
  return isRecord(without) && without[part] !== undefined;
}

/** The team that the bundle is for: what it is told, else its id. */
export function teamOf(id: string, props: TeamNamespaceProps): string {
  return props.team ?? id;
}

function teamProblems({ platform, team }: TeamPlace): string[] {
  const owners = platform.topology.owners && Object.keys(platform.topology.owners);
  const problem = nameProblem('team', team);
  if (problem) return [problem];
  return owners && !owners.includes(team)
    ? [
        `team ${show(team)} is no owner that the platform knows${suggestion(team, owners)}; use ${oneOf(owners)}, or set team`,
      ]
    : [];
}

/** Namespaces of Kubernetes itself, and of those whose pods the policies of all teams let in. */
function namespaceProblems({ namespace, platform, environment, team }: TeamPlace): string[] {
  const problem = nameProblem('namespace', namespace);
  if (problem) return [problem];
  const { gateway, ingressController, scraper, collector, dns } = platform.network;
  const trusted: Record<string, string | undefined> = {
    gateway: gateway?.namespace ?? environment.gateway.split('/')[0],
    'ingress controller': ingressController?.namespace ?? 'ingress-nginx',
    scraper: scraper?.namespace ?? 'monitoring',
    collector: collector?.namespace,
    DNS: dns === 'openshift' ? 'openshift-dns' : 'kube-system',
  };
  const guest = Object.entries(trusted).find(([, name]) => name === namespace)?.[0];
  if (guest) {
    return [
      `namespace ${show(namespace)} of team ${show(team)} is the one of the ${guest}, whose pods every team lets in; give one of them another name`,
    ];
  }
  return /^(default|kube-.*|openshift-.*)$/.test(namespace)
    ? [`namespace ${show(namespace)} of team ${show(team)} belongs to the cluster; let the platform name it otherwise`]
    : [];
}

function textsProblems(what: string, texts: unknown): string[] {
  if (texts === undefined) return [];
  if (!isRecord(texts)) return [`${what} ${show(texts)} is no record of texts`];
  return Object.entries(texts)
    .filter(([, text]) => typeof text !== 'string')
    .map(([key, text]) => `${what}[${show(key)}] ${show(text)} is no text; write it in quotes`);
}

function objectsProblems(objects: unknown): string[] {
  if (objects === undefined) return [];
  if (!isRecord(objects)) return [`objects ${show(objects)} is no record; write manifests by id`];
  return Object.entries(objects)
    .filter(([, o]) => !isRecord(o) || typeof o.apiVersion !== 'string' || typeof o.kind !== 'string')
    .map(([id, o]) => `objects.${id} ${show(o)} is no manifest; it needs apiVersion and kind`);
}

/** A part that is left out has a reason, and nothing is told about it. */
function withoutProblems(props: TeamNamespaceProps): string[] {
  const { without } = props;
  if (without === undefined) return [];
  if (!isRecord(without)) return [`without ${show(without)} is no record; write { quota: "because ..." }`];
  return Object.entries(without).flatMap(([part, reason]) => {
    if (!parts.includes(part as TeamPart)) {
      return [`without has no part ${show(part)}${suggestion(part, parts)}; it has ${parts.join(', ')}`];
    }
    const setting = settingOf[part as TeamPart];
    return [
      ...(typeof reason === 'string' && reason.trim() !== ''
        ? []
        : [`without.${part} ${show(reason)} is no reason; say why it is left out`]),
      ...(props[setting] === undefined
        ? []
        : [`without.${part} leaves out what ${setting} describes; drop one of them`]),
    ];
  });
}

/** Whether an app belongs to the team itself. */
export function isOwnApp(scope: Parameters<typeof ownershipOf>[0], team: string): boolean {
  return ownershipOf(scope)?.team === team;
}
