import { CrossplanePlatform } from '../../../src/crossplane/composition/crossplane-platform';
import { movedFromKeys } from '../../../src/crossplane/resource/moved-from';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { queueAccessOnprem } from '../../crossplane/onprem/access-cases';
import { queueOnprem } from '../../crossplane/onprem/onprem-cases';
import { type ClusterSetup, withCluster } from '../check-cluster';
import type { Report } from '../report';

const compositions = [queueOnprem, queueAccessOnprem];
const [queue, access] = compositions.map(({ api }) => api);
const place = (namespace: string) => `/apis/${queue.group}/v1/namespaces/${namespace}`;

/** The account that applies what a team renders. */
const team = {
  username: 'system:serviceaccount:orders:deployer',
  groups: ['system:serviceaccounts', 'system:authenticated'],
};

const mayIn = (namespace: string, resources: string[]): KubeObject[] => [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'deployer', namespace },
    rules: [{ apiGroups: [queue.group], resources, verbs: ['create', 'get', 'update', 'patch'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'deployer', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'deployer' },
    subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'orders' }],
  },
];

const request = (name: string, former?: string): KubeObject => ({
  apiVersion: `${queue.group}/v1`,
  kind: queue.kind,
  metadata: { name, ...(former !== undefined && { annotations: { [movedFromKeys.namespace]: former } }) },
  spec: {},
});

const grant = (name: string, formerNamespace?: string): KubeObject => ({
  apiVersion: `${access.group}/v1`,
  kind: access.kind,
  metadata: { name },
  spec: { verb: 'receive', account: 'api', resource: { name: 'events', ...(formerNamespace && { formerNamespace }) } },
});

/** What is asked of the API server, and whether it may be. */
interface Attempt {
  readonly what: string;
  readonly object: KubeObject;
  readonly by?: typeof team;
  readonly refused: boolean;
}

const attempts: readonly Attempt[] = [
  { what: 'a team asks for a queue', object: request('a'), by: team, refused: false },
  { what: 'a team says that its queue was where it is', object: request('a', 'orders'), by: team, refused: false },
  { what: 'a team moves a queue of its own', object: request('a', 'orders-before'), by: team, refused: false },
  { what: "a team takes another team's queue", object: request('a', 'payments'), by: team, refused: true },
  { what: "an administrator moves another team's queue", object: request('a', 'payments'), refused: false },
  { what: 'a team is granted access', object: grant('a'), by: team, refused: false },
  { what: 'a team is granted access to what it moved', object: grant('a', 'orders-before'), by: team, refused: false },
  { what: "a team takes access to another team's queue", object: grant('a', 'payments'), by: team, refused: true },
  { what: 'an administrator grants it', object: grant('a', 'payments'), refused: false },
];

/** A real API server lets nobody take over, or be granted, what was in a namespace where he may not change it. */
export async function checkTakeOver(report: Report, setup: ClusterSetup): Promise<void> {
  const installed = synthObjects(new CrossplanePlatform(testEnvironment(), 'crossplane', { compositions }));
  const rules = installed.filter(({ kind }) =>
    String(kind).startsWith('ValidatingAdmission'),
  ) as unknown as KubeObject[];
  const crds = compositions.map(({ api }) => (api as unknown as { crd(): KubeObject }).crd());
  await withCluster({ ...setup, crds }, async ({ api }) => {
    await report.check('take-over: nobody reaches into a namespace where he may not', async () => {
      for (const name of ['orders', 'orders-before', 'payments']) {
        await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      }
      for (const name of ['orders', 'orders-before']) {
        for (const object of mayIn(name, [queue.plural, access.plural])) await api.ensure(object);
      }
      for (const object of rules) await api.ensure(object);
      await inForce(api);
      const problems = [...(await verdicts(api)), ...(await laterWrites(api))];
      return { counted: `${attempts.length + 3} attempts`, problems };
    });
  });
}

async function verdicts(api: ApiClient): Promise<string[]> {
  const problems: string[] = [];
  for (const { what, object, by, refused } of attempts) {
    const { status, body } = await create(api, object, by, { dryRun: 'All' });
    const said = JSON.stringify(body);
    if (refused ? status !== 403 || !said.includes('may not update') : status !== 201)
      problems.push(`${what}: ${status} ${said}`);
  }
  return problems;
}

/** Who did not say where a request was may go on writing it, and may not say anything else. */
async function laterWrites(api: ApiClient): Promise<string[]> {
  const problems: string[] = [];
  const path = `${place('orders')}/${access.plural}/moved`;
  await create(api, grant('moved', 'payments'), undefined, {});
  const expected: [string, object, number][] = [
    ['a team labels what an administrator granted', { metadata: { labels: { a: 'b' } } }, 200],
    ['a team makes it access to its own queue', { spec: { resource: { formerNamespace: 'orders-before' } } }, 200],
    ['a team makes it access to the other queue again', { spec: { resource: { formerNamespace: 'payments' } } }, 403],
  ];
  for (const [what, body, status] of expected) {
    const contentType = 'application/merge-patch+json';
    const answer = await api.ask('PATCH', path, { body, contentType, as: team });
    if (answer.status !== status) problems.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return problems;
}

function create(api: ApiClient, object: KubeObject, by: typeof team | undefined, query: Record<string, string>) {
  const { plural } = object.kind === queue.kind ? queue : access;
  return api.ask('POST', `${place('orders')}/${plural}`, { body: object, query, ...(by && { as: by }) });
}

/** Rules are in force a moment after they were made. */
async function inForce(api: ApiClient): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (const object of [request('probe', 'payments'), grant('probe', 'payments')]) {
    while ((await create(api, object, team, { dryRun: 'All' })).status !== 403) {
      if (performance.now() > deadline) throw new Error('the rules of take-over are not in force within 30 s');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
