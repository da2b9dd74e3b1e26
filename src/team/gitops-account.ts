import type { Construct } from 'constructs';
import { type PolicyRule, Role, RoleBinding, ServiceAccount } from '../../imports/kubernetes';
import { nameProblem } from '../platform/names';
import { isRecord, show, unknownSettingProblems } from '../platform/rule';
import { accessKinds } from './rendered-kinds';
import { roleName, rules, writeVerbs } from './roles';
import { guardRailMetadata, type TeamPlace, teamMetadata } from './team-place';

/** How the account that applies the team's manifests differs from every other one. */
export interface GitopsAccountOptions {
  /**
   * Its name; Argo CD's AppProject names it in `destinationServiceAccounts`.
   * @default 'gitops'
   */
  readonly name?: string;
  /**
   * Lets it apply Roles and RoleBindings, for workloads with `permissions`. The API server lets it hand on only what it may do
   * itself.
   * @default - none: a workload with permissions is refused by the cluster
   */
  readonly rbac?: {
    /** Why the team hands out permissions. It lands in an annotation. */
    readonly reason: string;
    /**
     * What it may do beyond applying manifests, so that it can hand it on.
     * @default - nothing
     */
    readonly grants?: readonly PolicyRule[];
  };
}

/** Who applies a team's manifests. */
export interface GitopsAccount {
  readonly serviceAccount: ServiceAccount;
  readonly roleBinding: RoleBinding;
  /** What lets it hand out permissions; undefined unless asked for. */
  readonly rbacRole?: Role;
}

/**
 * The account that Argo CD takes on to apply the team's manifests: it may write the kinds that workloads render, and neither the
 * namespace, its quota and limits, nor access to it.
 */
export function gitopsAccount(scope: Construct, place: TeamPlace, options: GitopsAccountOptions = {}): GitopsAccount {
  const name = options.name ?? 'gitops';
  const serviceAccount = new ServiceAccount(scope, 'gitops-account', {
    metadata: teamMetadata(place, name),
    // Argo CD asks for a token, or takes the account on: no pod has to hold one.
    automountServiceAccountToken: false,
  });
  const subjects = [{ kind: 'ServiceAccount', name, namespace: place.namespace }];
  const roleBinding = new RoleBinding(scope, 'gitops-role-binding', {
    metadata: guardRailMetadata(place, name),
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: roleName(place.platform.labelPrefix, 'deployer'),
    },
    subjects,
  });
  return { serviceAccount, roleBinding, rbacRole: rbacRole(scope, place, `${name}-rbac`, subjects, options.rbac) };
}

function rbacRole(
  scope: Construct,
  place: TeamPlace,
  name: string,
  subjects: { kind: string; name: string; namespace: string }[],
  rbac: GitopsAccountOptions['rbac'],
): Role | undefined {
  if (!rbac) return undefined;
  const reason = { [`${place.platform.labelPrefix}/rbac-reason`]: rbac.reason };
  const metadata = guardRailMetadata(place, name, reason);
  new RoleBinding(scope, 'gitops-rbac-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects,
  });
  return new Role(scope, 'gitops-rbac-role', {
    metadata,
    rules: [...rules([accessKinds], writeVerbs), ...(rbac.grants ?? [])],
  });
}

/** Resources that are the platform's, or that make an identity of another one. */
const beyond = new Set([
  'clusterrolebindings',
  'clusterroles',
  'limitranges',
  'namespaces',
  'nodes',
  'resourcequotas',
  'serviceaccounts/token',
]);

/** Name and reason are there; grants have no wildcard, no verb that gets around RBAC, and no guard rail. */
export function gitopsProblems(options: unknown): string[] {
  if (options === undefined) return [];
  if (!isRecord(options)) return [`gitops ${show(options)} is no record; write { name } or { rbac: { reason } }`];
  const problems = unknownSettingProblems('gitops', options, ['name', 'rbac']);
  if (options.name !== undefined) {
    const problem = nameProblem('gitops.name', options.name, 58);
    if (problem) problems.push(problem);
    if (options.name === 'default') problems.push('gitops.name "default" is the account of pods that name none');
  }
  const { rbac } = options;
  if (rbac === undefined) return problems;
  if (!isRecord(rbac)) return [...problems, `gitops.rbac ${show(rbac)} is no record; write { reason }`];
  problems.push(...unknownSettingProblems('gitops.rbac', rbac, ['reason', 'grants']));
  if (typeof rbac.reason !== 'string' || rbac.reason.trim() === '') {
    problems.push('gitops.rbac has no reason; say why the team hands out permissions');
  }
  if (rbac.grants === undefined) return problems;
  if (!Array.isArray(rbac.grants)) return [...problems, `gitops.rbac.grants ${show(rbac.grants)} is no list of rules`];
  return [...problems, ...rbac.grants.flatMap((grant: unknown) => grantProblems(grant))];
}

function grantProblems(grant: unknown): string[] {
  const { apiGroups, resources, verbs } = (isRecord(grant) ? grant : {}) as Partial<PolicyRule>;
  if (!Array.isArray(apiGroups) || !resources?.length || !verbs?.length) {
    return [`gitops.rbac grant ${show(grant)} needs apiGroups, resources and verbs`];
  }
  const words = [...apiGroups, ...resources, ...verbs];
  const problems: string[] = [];
  if (words.some((word) => String(word).includes('*'))) {
    problems.push(`gitops.rbac grant ${show(grant)} has a wildcard; name each group, resource and verb`);
  }
  for (const verb of verbs.filter((v) => ['bind', 'escalate', 'impersonate'].includes(v))) {
    problems.push(`gitops.rbac grant ${show(grant)} has the verb ${verb}, which gets around every other rule`);
  }
  for (const resource of resources.filter((r) => beyond.has(r))) {
    problems.push(`gitops.rbac grant ${show(grant)} reaches ${resource}, which belongs to the platform`);
  }
  return problems;
}
