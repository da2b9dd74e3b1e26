import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiAnswer, ApiClient } from '../../src/dev/api-client';
import type { Finding } from './report';
import { kitchen } from './team-bundle';
import type { Manifest } from './tree';

const guardRail = 'acme.io/guard-rail';
const policies = `/apis/networking.k8s.io/v1/namespaces/${kitchen.namespace}/networkpolicies`;
const ciliumPolicies = `/apis/cilium.io/v2/namespaces/${kitchen.namespace}/ciliumnetworkpolicies`;
const bindings = `/apis/rbac.authorization.k8s.io/v1/namespaces/${kitchen.namespace}/rolebindings`;
const merge = 'application/merge-patch+json';
const dryRun = { dryRun: 'All' };

/**
 * Its roles say no to most of it before an admission rule is asked. Where two rules refuse, the API server reports the one that it
 * loaded first, in no order of its own.
 */
const refusesTeam = /guard rail of the platform|one for all pods is a guard rail|is forbidden: [Uu]ser/;

/** What a request has to end with. */
interface Attempt {
  readonly what: string;
  readonly ask: () => Promise<ApiAnswer>;
  /** A part of the refusal; undefined where it has to be admitted. */
  readonly refusal?: RegExp;
}

/** Who tries to change guard rails. */
export interface Actors {
  /** The account that applies the team's manifests. */
  readonly team: ApiClient;
  /** An account that the platform names, with roles for every guard rail. */
  readonly keeper: ApiClient;
  /** An account with the same roles that nobody names. */
  readonly stranger: ApiClient;
}

/**
 * What is labelled as a guard rail refuses the account of the team, and everybody whose roles would allow the change; it admits
 * whom the platform names.
 */
export async function checkGuardRails(
  { team, keeper, stranger }: Actors,
  bundle: readonly Manifest[],
): Promise<Finding> {
  const guarded = bundle
    .map(({ object }) => object)
    .filter(({ metadata }) => metadata.namespace === kitchen.namespace && metadata.labels?.[guardRail] === 'true');
  await inForce(stranger, team);
  const attempts: Attempt[] = [];
  for (const object of guarded) {
    const path = await keeper.pathOf(object);
    const what = `${object.kind} ${object.metadata.name}`;
    for (const [who, client, refusal] of [
      ['team', team, refusesTeam],
      ['a stranger', stranger, /guard rail of the platform/],
      ['a keeper', keeper, undefined],
    ] as const) {
      const touch = { metadata: { labels: { touched: 'yes' } } };
      const unlabel = { metadata: { labels: { [guardRail]: null } } };
      attempts.push(
        { what: `${who} deletes ${what}`, refusal, ask: () => client.ask('DELETE', path, { query: dryRun }) },
        { what: `${who} changes ${what}`, refusal, ask: () => change(client, path, touch) },
        { what: `${who} takes the label from ${what}`, refusal, ask: () => change(client, path, unlabel) },
      );
    }
  }
  attempts.push(
    {
      what: 'team makes a guard rail of its own',
      refusal: refusesTeam,
      ask: () => create(team, policies, networkPolicy({}, { [guardRail]: 'true' })),
    },
    {
      what: 'team deletes all network policies at once',
      refusal: /is forbidden: User/,
      ask: () => team.ask('DELETE', policies, { query: dryRun }),
    },
    {
      what: 'a stranger deletes all network policies at once',
      refusal: /guard rail of the platform/,
      ask: () => stranger.ask('DELETE', policies, { query: dryRun }),
    },
  );
  return judge(`${guarded.length} guard rails`, attempts);
}

/** Additive kinds can undo a guard rail without touching it: what the account of a team writes stays within its namespace. */
export async function checkAccountRules(team: ApiClient): Promise<Finding> {
  const selector = { podSelector: { matchLabels: { app: 'x' } } };
  const own = { matchLabels: { app: 'x' } };
  const binding = (subject: object, role = 'mine'): object => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'mine' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: role.startsWith('team-') ? 'ClusterRole' : 'Role',
      name: role,
    },
    subjects: [subject],
  });
  const account = { kind: 'ServiceAccount', name: 'front', namespace: kitchen.namespace };
  const role = (rules: object[]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'more' },
    rules,
  });
  const roles = bindings.replace('rolebindings', 'roles');
  await create(
    team,
    roles,
    { ...role([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }]), metadata: { name: 'mine' } },
    {},
  );
  return judge('account rules', [
    {
      what: 'a policy for its own pods and named peers',
      ask: () => create(team, policies, networkPolicy({ ...selector, ingress: [{ from: [{ podSelector: {} }] }] })),
    },
    {
      what: 'a policy for all pods',
      refusal: /selects pods by their labels/,
      ask: () => create(team, policies, networkPolicy({ podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] })),
    },
    {
      what: 'a policy that lets everybody in',
      refusal: /names its peers/,
      ask: () => create(team, policies, networkPolicy({ ...selector, ingress: [{}] })),
    },
    {
      what: 'a policy that lets out to everybody',
      refusal: /names its peers/,
      ask: () => create(team, policies, networkPolicy({ ...selector, egress: [{ ports: [{ port: 443 }] }] })),
    },
    {
      what: 'a Cilium policy for a host',
      ask: () =>
        create(
          team,
          ciliumPolicies,
          ciliumPolicy({ endpointSelector: own, egress: [{ toFQDNs: [{ matchName: 'a.io' }] }] }),
        ),
    },
    {
      what: 'a Cilium policy for all pods',
      refusal: /selects pods by their labels/,
      ask: () =>
        create(
          team,
          ciliumPolicies,
          ciliumPolicy({ endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: 'a.io' }] }] }),
        ),
    },
    {
      what: 'a Cilium policy for every host',
      refusal: /lets out to host names/,
      ask: () =>
        create(
          team,
          ciliumPolicies,
          ciliumPolicy({ endpointSelector: own, egress: [{ toFQDNs: [{ matchPattern: '*' }] }] }),
        ),
    },
    {
      what: 'a Cilium policy for every pod',
      refusal: /lets out to host names/,
      ask: () => create(team, ciliumPolicies, ciliumPolicy({ endpointSelector: own, egress: [{ toEndpoints: [{}] }] })),
    },
    {
      what: 'a Cilium policy without a destination',
      refusal: /lets out to host names/,
      ask: () =>
        create(
          team,
          ciliumPolicies,
          ciliumPolicy({ endpointSelector: own, egress: [{ toPorts: [{ ports: [{ port: '443' }] }] }] }),
        ),
    },
    { what: 'a binding for its own account', ask: () => create(team, bindings, binding(account)) },
    {
      what: 'a binding for people',
      refusal: /service accounts of its own namespace/,
      ask: () =>
        create(team, bindings, binding({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'friends' })),
    },
    {
      what: 'a binding for an account of another namespace',
      refusal: /service accounts of its own namespace/,
      ask: () => create(team, bindings, binding({ ...account, namespace: 'elsewhere' })),
    },
    {
      what: 'a binding to a role with more rights than it has',
      refusal: /attempting to grant RBAC permissions not currently held/,
      ask: () => create(team, bindings, binding(account, 'team-owner.acme.io')),
    },
    {
      what: 'a role with more rights than it has',
      refusal: /attempting to grant RBAC permissions not currently held/,
      ask: () => create(team, roles, role([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }])),
    },
  ]);
}

function ciliumPolicy(spec: object): object {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'attempt' }, spec };
}

function networkPolicy(spec: object, labels: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'attempt', labels }, spec };
}

function change(client: ApiClient, path: string, body: object): Promise<ApiAnswer> {
  return client.ask('PATCH', path, { query: dryRun, body, contentType: merge });
}

function create(
  client: ApiClient,
  path: string,
  body: object,
  query: Record<string, string> = dryRun,
): Promise<ApiAnswer> {
  return client.ask('POST', path, { query, body });
}

/** The API server takes a moment to put a new admission rule in force, and each on its own. */
async function inForce(stranger: ApiClient, team: ApiClient): Promise<void> {
  const deadline = performance.now() + 30_000;
  const guardRails = () => create(stranger, policies, networkPolicy({}, { [guardRail]: 'true' }));
  const accountRules = () => create(team, policies, networkPolicy({}));
  const hostRules = () => create(team, ciliumPolicies, ciliumPolicy({}));
  for (const attempt of [guardRails, accountRules, hostRules]) {
    while ((await attempt()).status < 400) {
      if (performance.now() > deadline) throw new Error('the guard rails are not in force within 30 s');
      await sleep(100);
    }
  }
}

async function judge(what: string, attempts: readonly Attempt[]): Promise<Finding> {
  const problems: string[] = [];
  for (const { what, ask, refusal } of attempts) {
    const { status, body } = await ask();
    if (refusal === undefined && status >= 400) problems.push(`${what}: refused, ${body?.message}`);
    if (refusal !== undefined && status < 400) problems.push(`${what}: admitted`);
    if (refusal !== undefined && status >= 400 && !refusal.test(body?.message)) {
      problems.push(`${what}: refused for another reason, ${body?.message}`);
    }
  }
  return { counted: `${what}, ${attempts.length} attempts`, problems };
}
