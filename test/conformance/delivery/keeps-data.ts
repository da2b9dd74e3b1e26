import type { KubeObject } from '../../../src/dev/api-client';
import { postgresInstance } from '../../../xrds/postgres-instance';
import type { Finding, Report } from '../report';
import { annotate, application, eventually, type Fields, isDelivered, refresh, stateOf } from './applications';
import type { Delivered } from './delivered';

const app = ['test/conformance/delivery/apps/ledger.ts'];
const own = 'orders-dev.ledger';
const data = 'orders-dev.ledger.data';

/** An app whose databases come and go: it waits for them, and nothing removes them before somebody confirms it. */
export async function keepsData(report: Report, title: (what: string) => string, delivered: Delivered): Promise<void> {
  const { api, repository } = delivered;
  await mayRequest(delivered);
  await report.check(title('an Application waits for a database, and says why'), async () => {
    await repository.publish(app, 'dev', { LEDGER: 'web,api,main,archive' });
    return followsStatus(delivered);
  });
  await report.check(
    title('a service goes with its database, and the database when somebody confirms it'),
    async () => {
      await republish(delivered, 'web,main');
      const asked = await until(delivered, async () => [
        ...(await isGone(delivered, service('ledger-api'))),
        ...(await says(delivered, data, /Waiting for pruning confirmation of \S+\/PostgresInstance\/ledger-archive/)),
        ...(await isThere(delivered, 'ledger-archive')),
      ]);
      if (asked.length > 0) return { counted: '', problems: asked };
      await confirm(delivered);
      const problems = await until(delivered, async () => [
        ...(await isGone(delivered, database('ledger-archive'))),
        ...(await isThere(delivered, 'ledger-main')),
        ...(await arrived(delivered, own)),
      ]);
      return { counted: '1 service, 1 of 2 databases', problems };
    },
  );
  await report.check(title('the last database outlives its folder until somebody confirms that it goes'), async () => {
    await republish(delivered, 'web');
    const asked = await until(delivered, async () => {
      const live = await application(api, data);
      const isLeaving = live?.metadata.deletionTimestamp !== undefined;
      return [...(isLeaving ? [] : [`${data} is not removed`]), ...(await isThere(delivered, 'ledger-main'))];
    });
    if (asked.length > 0) return { counted: '', problems: asked };
    await confirm(delivered);
    const problems = await until(delivered, async () => [
      ...(await isGone(delivered, database('ledger-main'))),
      ...((await application(api, data)) === undefined ? [] : [`${data} is still there`]),
      ...(await arrived(delivered, own)),
    ]);
    return { counted: '1 database', problems };
  });
}

/** Publishes what is left of the app, and has it looked at without waiting for the next round. */
async function republish({ api, repository }: Delivered, left: string): Promise<void> {
  await repository.publish(app, 'dev', { LEDGER: left });
  await refresh(api, [own, data]);
}

/** Conditions that Crossplane gives to a request, and what the Application has to say then. */
const stages: readonly (readonly [status: Fields, health: string, message: RegExp])[] = [
  [undefined, 'Progressing', /waits for its controller/],
  [[ready('False', 'Creating', 'the server starts')], 'Progressing', /the server starts/],
  [[synced('False', 'ReconcileError', 'no such region')], 'Degraded', /no such region/],
  [[synced('True', 'ReconcileSuccess', ''), ready('True', 'Available', '')], 'Healthy', /^/],
];

async function followsStatus(delivered: Delivered): Promise<Finding> {
  const { api } = delivered;
  const problems: string[] = [];
  const archive = [synced('True', 'ReconcileSuccess', ''), ready('True', 'Available', '')];
  const exist = await until(delivered, async () => [
    ...(await isThere(delivered, 'ledger-main')),
    ...(await isThere(delivered, 'ledger-archive')),
  ]);
  if (exist.length > 0) return { counted: '', problems: exist };
  await setConditions(delivered, 'ledger-archive', archive);
  for (const [conditions, health, message] of stages) {
    if (conditions) await setConditions(delivered, 'ledger-main', conditions);
    const wrong = await until(delivered, async () => {
      const live = await application(api, data);
      const resource = live?.status?.resources?.find((each: Fields) => each.name === 'ledger-main');
      const isSaid = message.test(resource?.health?.message ?? '');
      const isRight = live?.status?.health?.status === health && resource?.health?.status === health && isSaid;
      return isRight ? [] : [`${data} is not ${health} with ${message}: ${stateOf(live)}`];
    });
    problems.push(...wrong);
    if (wrong.length > 0) break;
  }
  if (problems.length > 0) return { counted: '', problems };
  problems.push(
    ...(await until(delivered, async () => [...(await arrived(delivered, data)), ...(await arrived(delivered, own))])),
  );
  return { counted: `${stages.length} stages`, problems };
}

function ready(status: string, reason: string, message: string) {
  return { type: 'Ready', status, reason, message, lastTransitionTime: '2024-01-01T00:00:00Z' };
}

function synced(status: string, reason: string, message: string) {
  return { ...ready(status, reason, message), type: 'Synced' };
}

async function setConditions({ api }: Delivered, name: string, conditions: Fields): Promise<void> {
  await api.call('PATCH', await api.pathOf(database(name), 'status'), {
    contentType: 'application/merge-patch+json',
    body: { status: { conditions } },
  });
}

/** Says yes, as the button and `argocd app confirm-deletion` do. */
async function confirm({ api }: Delivered): Promise<void> {
  await annotate(api, data, { 'argocd.argoproj.io/deletion-approved': new Date().toISOString() });
}

function until({ play }: Delivered, look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  return eventually(look, 180, play);
}

async function says({ api }: Delivered, name: string, message: RegExp): Promise<string[]> {
  const state = stateOf(await application(api, name));
  return message.test(state) ? [] : [`${name} does not say ${message}: ${state}`];
}

async function arrived({ api }: Delivered, name: string): Promise<string[]> {
  const live = await application(api, name);
  return live !== undefined && isDelivered(live) ? [] : [`${name}: ${stateOf(live)}`];
}

async function isThere({ api }: Delivered, name: string): Promise<string[]> {
  const live = await api.get(database(name));
  return live !== undefined && live.metadata.deletionTimestamp === undefined ? [] : [`database ${name} is gone`];
}

async function isGone({ api }: Delivered, object: KubeObject): Promise<string[]> {
  return (await api.get(object)) === undefined ? [] : [`${object.kind} ${object.metadata.name} is still there`];
}

function database(name: string): KubeObject {
  const { apiVersion, kind } = postgresInstance;
  return { apiVersion, kind, metadata: { name, namespace: 'orders-dev' } };
}

function service(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'orders-dev' } };
}

/** Lets the account that applies the team's manifests request databases, as a platform that has the API does. */
async function mayRequest({ api }: Delivered): Promise<void> {
  const metadata = { name: 'requests', namespace: 'orders-dev' };
  const rules = [{ apiGroups: [postgresInstance.group], resources: ['*'], verbs: ['*'] }];
  await api.ensure({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules });
  await api.ensure({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: 'gitops', namespace: metadata.namespace }],
  });
}
