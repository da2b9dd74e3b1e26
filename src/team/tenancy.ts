import { Construct } from 'constructs';
import { ClusterRole, ClusterRoleBinding, type ObjectMeta } from '../../imports/kubernetes';
import { environmentOf } from '../platform/environment';
import { pathOf, refuse } from '../platform/golden-error';
import { environmentLabels } from '../platform/labels';
import { ownershipOf } from '../platform/ownership';
import { Platform } from '../platform/platform';
import { check, isRecord, show, suggestion } from '../platform/rule';
import {
  type AdmissionContext,
  type AdmissionRule,
  guardRailPolicy,
  openHostPolicy,
  openNetworkPolicy,
  ownSubjectsPolicy,
} from './guard-rail-policies';
import { takeOnce } from './once-per-cluster';
import { aggregatedRoles, apisProblems } from './platform-apis';
import type { ApiResources } from './rendered-kinds';
import { deployerRules, roleName, roleRules, type TeamRole } from './roles';
import { guardRailLabel } from './team-place';

/** Who may change guard rails. Whoever administers the cluster may anyway. */
export interface GuardRailKeepers {
  /**
   * Groups of people.
   * @default - none
   */
  readonly groups?: readonly string[];
  /**
   * Service accounts, as `namespace/name`: the one that Argo CD applies the platform's own app with.
   * @default - none
   */
  readonly serviceAccounts?: readonly string[];
}

/** What a {@link Tenancy} is made from. */
export interface TenancyProps {
  /** Who may change guard rails; at least one. */
  readonly keepers: GuardRailKeepers;
  /**
   * The platform's own APIs, which teams request and everybody with a role sees.
   * @default - none
   */
  readonly apis?: readonly ApiResources[];
}

/** What there is once per cluster of it. */
export const tenancy = 'tenancy';

/**
 * What a cluster needs once for all of its team namespaces: the roles that teams are bound to, the platform's APIs in the
 * built-in roles, and the rules of the API server that keep guard rails in place. It belongs to the platform's own app.
 *
 * ```ts
 * new Tenancy(env, 'tenancy', {
 *   keepers: { groups: ['platform-admins'], serviceAccounts: ['argocd/argocd-application-controller'] },
 *   apis: [{ group: 'acme.io', resources: ['postgresinstances', 'messagequeues'] }],
 * });
 * ```
 */
export class Tenancy extends Construct {
  /** What teams' groups are bound to. */
  readonly roles: Readonly<Record<TeamRole, ClusterRole>>;
  /** What the accounts that apply teams' manifests are bound to. */
  readonly deployerRole: ClusterRole;
  /** What lets its subjects change guard rails. */
  readonly keeperRole: ClusterRole;
  readonly keeperBinding: ClusterRoleBinding;
  /** The platform's APIs in the built-in roles; undefined without `apis`. */
  readonly aggregatedRoles?: { readonly view: ClusterRole; readonly edit: ClusterRole };
  /** Only keepers change what is labelled as a guard rail. */
  readonly guardRailPolicy: AdmissionRule;
  /** Accounts of a team write no network policy that opens everything. */
  readonly openNetworkPolicy: AdmissionRule;
  /** Accounts of a team open host names and nothing else with the policies of Cilium and GKE. */
  readonly openHostPolicy: AdmissionRule;
  /** Accounts of a team bind roles to nobody outside of its namespace. */
  readonly ownSubjectsPolicy: AdmissionRule;

  /** @throws GoldenError with everything that is wrong with the props, or when the cluster has a tenancy already. */
  constructor(scope: Construct, id: string, props: TenancyProps) {
    super(scope, id);
    const platform = Platform.of(this);
    const environment = environmentOf(this);
    const right = { group: `tenancy.${platform.labelPrefix}`, resource: 'guardrails' };
    check(this, props, [(p) => keepersProblems(p?.keepers), (p) => apisProblems(p?.apis, right)]);
    const before = takeOnce(this, tenancy);
    if (before) {
      refuse(
        this,
        `cluster ${show(environment.cluster)} has a tenancy already, made by ${pathOf(before)}; make it for one environment of a cluster`,
      );
    }

    const { keepers, apis = [] } = props;
    const labels = environmentLabels(platform, environment.name, ownershipOf(this));
    const metadata = (name: string): ObjectMeta => ({ name: `${name}.${platform.labelPrefix}`, labels: { ...labels } });
    const role = (name: TeamRole | 'deployer', rules: ReturnType<typeof roleRules>) =>
      new ClusterRole(this, name, {
        metadata: { name: roleName(platform.labelPrefix, name), labels: { ...labels } },
        rules,
      });
    this.roles = {
      viewer: role('viewer', roleRules('viewer', apis)),
      editor: role('editor', roleRules('editor', apis)),
      owner: role('owner', roleRules('owner', apis)),
    };
    this.deployerRole = role('deployer', deployerRules(apis));
    this.aggregatedRoles = aggregatedRoles(this, apis, metadata);

    this.keeperRole = new ClusterRole(this, 'keeper', {
      metadata: metadata('guard-rail-keeper'),
      rules: [{ apiGroups: [right.group], resources: [right.resource], verbs: ['delete', 'update'] }],
    });
    this.keeperBinding = new ClusterRoleBinding(this, 'keeper-binding', {
      metadata: metadata('guard-rail-keeper'),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: this.keeperRole.name },
      subjects: [
        ...(keepers.groups ?? []).map((name) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name })),
        ...(keepers.serviceAccounts ?? []).map((account) => {
          const [namespace, name] = account.split('/');
          return { kind: 'ServiceAccount', namespace, name };
        }),
      ],
    });
    const context: AdmissionContext = { guardRail: guardRailLabel(platform), right, metadata };
    this.guardRailPolicy = guardRailPolicy(this, context);
    this.openNetworkPolicy = openNetworkPolicy(this, context);
    this.openHostPolicy = openHostPolicy(this, context);
    this.ownSubjectsPolicy = ownSubjectsPolicy(this, context);
  }
}

function keepersProblems(keepers: unknown): string[] {
  if (!isRecord(keepers)) {
    return [
      `keepers ${show(keepers)} is no record; name who changes guard rails, like { groups: ["platform-admins"] }`,
    ];
  }
  const keys = ['groups', 'serviceAccounts'];
  const problems = Object.keys(keepers)
    .filter((key) => !keys.includes(key))
    .map((key) => `keepers has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
  const lists = keys.map((key) => keepers[key] ?? []);
  if (!lists.every(Array.isArray))
    return [...problems, `keepers ${show(keepers)} holds no lists; write names in lists`];
  const [groups, accounts] = lists as unknown[][];
  if (problems.length === 0 && groups.length + accounts.length === 0) {
    problems.push('keepers is empty; name a group or a service account that changes guard rails');
  }
  for (const group of groups) {
    if (
      typeof group !== 'string' ||
      group.trim() === '' ||
      /^system:(un)?authenticated$|^system:serviceaccounts/.test(group)
    ) {
      problems.push(`keepers.groups holds ${show(group)}; name a group of the platform's people`);
    }
  }
  for (const account of accounts) {
    if (typeof account !== 'string' || !/^[a-z0-9-]+\/[a-z0-9.-]+$/.test(account)) {
      problems.push(`keepers.serviceAccounts holds ${show(account)}; write it as namespace/name`);
    }
  }
  return problems;
}
