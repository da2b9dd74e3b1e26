import type { KubeObject } from '../../../../src/dev/api-client';
import { postgresInstance } from '../../../../xrds/postgres-instance';
import type { Finding, Report } from '../../report';
import { eventually, type Fields } from '../applications';
import type { Delivered } from '../delivered';
import { isReady, kustomization, reconcile, saysOfItself } from './kustomizations';

const app = ['test/conformance/delivery/apps/ledger.ts'];

/** A team that the app is of, and the Kustomizations that bring its services and its databases. */
interface Owner {
  readonly team: string;
  readonly services: string;
  readonly data: string;
}

/** One whose apps are named, and one whose folder is delivered as a whole. */
const byName: Owner = { team: 'payments', services: 'payments-dev/app.ledger', data: 'payments-dev/data' };
const byFolder: Owner = { team: 'orders', services: 'orders-dev/apps', data: 'orders-dev/apps' };

/** An app whose databases come and go: Flux waits for them, and leaves their removal to a person. */
export async function keepsData(report: Report, title: (what: string) => string, delivered: Delivered): Promise<void> {
  await report.check(title('a Kustomization waits for a database, and nothing else waits for it'), async () => {
    await publish(delivered, byName, 'web,api,main,archive');
    return waits(delivered);
  });
  for (const owner of [byName, byFolder]) {
    const whose = owner === byName ? 'an app that is named' : 'a team’s folder';
    await report.check(title(`a service of ${whose} is pruned, and its database stays until somebody deletes it`), () =>
      keeps(delivered, owner),
    );
  }
}

async function waits(delivered: Delivered): Promise<Finding> {
  const { services, data } = byName;
  const asked = await read(delivered);
  const made = await until(delivered, async () => [
    ...(await isThere(delivered, byName, 'main')),
    ...(await isThere(delivered, byName, 'archive')),
    ...(await arrived(delivered, services)),
  ]);
  const problems = [...asked, ...made];
  if (problems.length > 0) return { counted: '', problems };
  await setConditions(delivered, byName, 'archive', [ready('True', 'Available')]);
  const unknown = await isNeverReady(delivered, data);
  if (!unknown) problems.push(`${data} is ready before anything is known: ${await said(delivered, data)}`);
  await setConditions(delivered, byName, 'main', [ready('False', 'Creating')]);
  const creating = await isNeverReady(delivered, data);
  if (!creating) problems.push(`${data} is ready before its database: ${await said(delivered, data)}`);
  await setConditions(delivered, byName, 'main', [{ ...ready('False', 'ReconcileError'), type: 'Synced' }]);
  problems.push(
    ...(await until(delivered, async () => {
      const text = await said(delivered, data);
      return /Ready False HealthCheckFailed: .*PostgresInstance\/payments-dev\/ledger-main.*Failed/s.test(text)
        ? []
        : [text];
    })),
  );
  await setConditions(delivered, byName, 'main', [ready('True', 'Available')]);
  problems.push(...(await reconcile(delivered, [data])));
  problems.push(...(await until(delivered, () => arrived(delivered, data))));
  return { counted: '4 stages', problems };
}

async function keeps(delivered: Delivered, owner: Owner): Promise<Finding> {
  const { api } = delivered;
  const databases = ['main', 'archive'];
  await publish(delivered, owner, 'web,api,main,archive');
  const problems = [...(await read(delivered))];
  const made = await until(delivered, async () => [
    ...(await isThere(delivered, owner, 'main')),
    ...(await isThere(delivered, owner, 'archive')),
  ]);
  if (made.length > 0) return { counted: '', problems: made };
  for (const name of databases) {
    await setConditions(delivered, owner, name, [ready('True', 'Available')]);
  }
  problems.push(...(await until(delivered, () => allArrived(delivered, owner))));
  if ((await api.get(service(owner, 'ledger-api'))) === undefined) problems.push('Service ledger-api did not arrive');
  // One of two databases goes, then the last one with its folder.
  for (const [left, gone] of [
    ['web,main', 'archive'],
    ['web', 'main'],
  ]) {
    await publish(delivered, owner, left);
    problems.push(...(await reconcile(delivered, [owner.services, owner.data])));
    const wrong = await until(delivered, async () => [
      ...(await isGone(delivered, service(owner, 'ledger-api'))),
      ...(await allArrived(delivered, owner)),
    ]);
    problems.push(...wrong, ...(await isThere(delivered, owner, gone)));
    if (problems.length > 0) break;
    await api.call('DELETE', await api.pathOf(database(owner, gone)));
    problems.push(...(await reconcile(delivered, [owner.services, owner.data])));
    problems.push(...(await isGone(delivered, database(owner, gone))), ...(await allArrived(delivered, owner)));
  }
  return { counted: '1 service, 2 databases', problems };
}

async function publish({ repository }: Delivered, { team }: Owner, left: string): Promise<void> {
  await repository.publish(app, 'dev', { LEDGER: left, LEDGER_TEAM: team });
}

/** Has Flux read the repository, without waiting for what it applies. */
function read(delivered: Delivered): Promise<readonly string[]> {
  return reconcile(delivered, []);
}

/** Whether a Kustomization is not ready for some seconds, as long as Flux takes for a look. */
async function isNeverReady({ api, play }: Delivered, name: string): Promise<boolean> {
  const look = async () => (isReady(await kustomization(api, name)) ? [] : ['is not ready']);
  return (await eventually(look, 8, play)).length > 0;
}

async function said({ api }: Delivered, name: string): Promise<string> {
  return saysOfItself(await kustomization(api, name));
}

function until({ play }: Delivered, look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  return eventually(look, 120, play);
}

async function allArrived(delivered: Delivered, { services, data }: Owner): Promise<string[]> {
  return [...(await arrived(delivered, services)), ...(await arrived(delivered, data))];
}

async function arrived({ api }: Delivered, name: string): Promise<string[]> {
  const live = await kustomization(api, name);
  return live !== undefined && isReady(live) ? [] : [`Kustomization ${name}: ${saysOfItself(live)}`];
}

async function isThere({ api }: Delivered, owner: Owner, name: string): Promise<string[]> {
  const live = await api.get(database(owner, name));
  return live !== undefined && live.metadata.deletionTimestamp === undefined ? [] : [`database ${name} is gone`];
}

async function isGone({ api }: Delivered, object: KubeObject): Promise<string[]> {
  return (await api.get(object)) === undefined ? [] : [`${object.kind} ${object.metadata.name} is still there`];
}

function ready(status: string, reason: string) {
  return { type: 'Ready', status, reason, message: '', lastTransitionTime: '2024-01-01T00:00:00Z' };
}

async function setConditions({ api }: Delivered, owner: Owner, name: string, conditions: Fields): Promise<void> {
  await api.call('PATCH', await api.pathOf(database(owner, name), 'status'), {
    contentType: 'application/merge-patch+json',
    body: { status: { conditions } },
  });
}

function database({ team }: Owner, name: string): KubeObject {
  const { apiVersion, kind } = postgresInstance;
  return { apiVersion, kind, metadata: { name: `ledger-${name}`, namespace: `${team}-dev` } };
}

function service({ team }: Owner, name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: `${team}-dev` } };
}
