import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, type KubeObject } from '../../src/dev/api-client';
import type { ControlPlane } from '../../src/dev/control-plane';
import { startControllerManager } from '../../src/dev/controller-manager';
import { apply } from './apply';
import { checkKindsAreAsked, checkRights, isAllowed } from './check-access';
import { checkAdmitted, checkOnlyDefaults, checkUnchanged } from './check-apply';
import { type ClusterSetup, withCluster } from './check-cluster';
import { checkAccountRules, checkGuardRails } from './check-guard-rails';
import { render } from './render';
import type { Finding, Report } from './report';
import { createPrerequisites } from './stand-ins';
import { keepers, kitchen, neighbour, teamBundle } from './team-bundle';
import { type Manifest, readTree } from './tree';

const root = resolve(__dirname, '../..');

/** What team namespaces let people, accounts and controllers do, on a cluster with the namespaces of 200 teams. */
export async function checkTeams(report: Report, setup: ClusterSetup): Promise<void> {
  await withCluster(setup, async (plane, host) => {
    const { api, server } = plane;
    // A namespace gets its account `default` from a controller, which must not matter to an apply.
    await startControllerManager(host, server);
    const bundle = teamBundle();
    await report.check('teams: the namespaces of 200 teams are admitted, without a warning', async () =>
      checkAdmitted(await apply(api, bundle)),
    );
    // All teams look alike but for the kitchen, so one of them is enough here.
    const some = bundle.filter(({ object: { kind, metadata } }) =>
      [kitchen.namespace, neighbour, undefined].includes(kind === 'Namespace' ? metadata.name : metadata.namespace),
    );
    await report.check('teams: a second apply changes nothing', async () =>
      checkUnchanged(api, some, await settled(api, some)),
    );
    await report.check('teams: the server adds only defaults', () => checkOnlyDefaults(api, some));

    let workloads: readonly Manifest[] = [];
    await report.check('teams: the kitchen sink renders', async () => {
      workloads = await kitchenSink();
      return { counted: `${workloads.length} objects`, problems: [] };
    });
    await report.check('teams: the table of rights speaks of every rendered kind', () =>
      checkKindsAreAsked(api, [...workloads, ...bundle]),
    );
    await report.check('teams: every role may do what the table says', () => checkRights(api));
    await report.check("teams: the platform's APIs are in the built-in roles", () => checkAggregation(api));

    const team = await clientOf(plane, kitchen.namespace, kitchen.account);
    const keeper = await accountWithRoles(plane, keepers.account.name);
    const stranger = await accountWithRoles(plane, 'stranger');
    await report.check('teams: the account of a team applies everything that workloads render', async () => {
      await createPrerequisites(api, workloads);
      // A binding hands on the rights of a role, so the role comes first, as Argo CD orders them.
      const isBinding = ({ object }: Manifest) => object.kind === 'RoleBinding';
      const applied = await apply(
        team,
        workloads.filter((manifest) => !isBinding(manifest)),
      );
      return checkAdmitted([...applied, ...(await apply(team, workloads.filter(isBinding)))]);
    });
    await report.check('teams: guard rails refuse whom the platform does not name', () =>
      checkGuardRails({ team, keeper, stranger }, bundle),
    );
    await report.check('teams: the account of a team opens nothing to everybody', () => checkAccountRules(team));
    await report.check('teams: a namespace with guard rails can be deleted', () => checkDeletion(plane));
    for (const client of [team, keeper, stranger]) client.close();
  });
}

/** An apply once controllers have counted the quotas, so that only another apply changes anything from here. */
async function settled(api: ApiClient, bundle: readonly Manifest[]) {
  const quotas = bundle.filter(({ object }) => object.kind === 'ResourceQuota').map(({ object }) => object);
  await within(60, 'quotas are counted', async () => {
    const live = await Promise.all(quotas.map((quota) => api.get(quota)));
    return live.every((quota) => {
      const { spec, status } = quota as { spec?: { hard: object }; status?: { used?: object } } & KubeObject;
      return Object.keys(status?.used ?? {}).length === Object.keys(spec?.hard ?? {}).length;
    });
  });
  return apply(api, bundle);
}

/** What the kitchen sink renders for the namespace of its team. */
async function kitchenSink(): Promise<Manifest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-teams-'));
  try {
    await render(root, ['test/conformance/kitchen-sink.ts'], folder);
    return readTree(folder)
      .flatMap(({ manifests }) => manifests)
      .filter(({ object }) => object.metadata.namespace === kitchen.namespace);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Somebody with the built-in role of a cluster reads or writes the platform's APIs. */
async function checkAggregation(api: ApiClient): Promise<Finding> {
  const problems: string[] = [];
  for (const [role, verb, expected] of [
    ['view', 'list', true],
    ['view', 'create', false],
    ['edit', 'create', true],
    ['admin', 'delete', true],
  ] as const) {
    const group = `built-in-${role}`;
    await api.ensure({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: group, namespace: neighbour },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
    });
    const asker = { user: 'somebody', groups: [group] };
    const answer = () => isAllowed(api, asker, verb, 'queues.acme.io', neighbour);
    if (expected) await within(30, `${role} may ${verb}`, answer).catch((error: Error) => problems.push(error.message));
    else if (await answer()) problems.push(`${role} may ${verb} queues`);
  }
  return { counted: '4 questions', problems };
}

/** An account whose roles let it write every guard rail; whether it may is left to the admission rule. */
async function accountWithRoles(plane: ControlPlane, name: string): Promise<ApiClient> {
  const { namespace } = keepers.account;
  const rbac = 'rbac.authorization.k8s.io';
  const kinds = { '': ['limitranges', 'resourcequotas'], 'networking.k8s.io': ['networkpolicies'] };
  await plane.api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await plane.api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
  await plane.api.ensure({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules: [
      ...Object.entries(kinds).map(([group, resources]) => ({ apiGroups: [group], resources, verbs: ['*'] })),
      { apiGroups: [rbac], resources: ['clusterroles', 'rolebindings', 'roles'], verbs: ['*'] },
    ],
  });
  await plane.api.ensure({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', namespace, name }],
  });
  return clientOf(plane, namespace, name);
}

/** A client that is a service account, by a token of its own. */
async function clientOf({ api, server }: ControlPlane, namespace: string, name: string): Promise<ApiClient> {
  const { status } = await api.call('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
  });
  return new ApiClient({ url: server.url, ca: server.ca, token: status.token });
}

/** The controller that empties a namespace may delete guard rails, with no more than its own rights. */
async function checkDeletion(plane: ControlPlane): Promise<Finding> {
  const controller = { namespace: 'kube-system', name: 'namespace-controller' };
  await plane.api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: controller });
  const client = await clientOf(plane, controller.namespace, controller.name);
  const policy = `/apis/networking.k8s.io/v1/namespaces/${neighbour}/networkpolicies/default-deny`;
  const deleted = await client.ask('DELETE', policy);
  client.close();
  const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: neighbour } };
  await plane.api.call('DELETE', await plane.api.pathOf(namespace));
  await within(60, `${neighbour} is gone`, async () => (await plane.api.get(namespace)) === undefined);
  const problems = deleted.status === 200 ? [] : [`the namespace controller: ${deleted.body?.message}`];
  return { counted: '1 namespace', problems };
}

async function within(seconds: number, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(100);
  }
}
