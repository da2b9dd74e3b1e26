import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import type { Platform } from '../../../src/index';
import {
  application,
  applications,
  eventually,
  type Fields,
  isDelivered,
  stateOf,
  sync,
} from '../delivery/applications';
import type { GitopsRepository } from '../delivery/gitops-repository';
import type { Finding } from '../report';
import type { Inbox, Message } from './inbox';
import { argoCdUrl, credentials, fileOf, toldApp, undo } from './told-teams';

/** A cluster whose teams are told how their apps fare. */
export interface Told {
  readonly api: ApiClient;
  readonly platform: Platform;
  readonly repository: GitopsRepository;
  readonly inbox: Inbox;
}

const [orders, payments] = ['orders-live.shop', 'payments-live.shop'];

const stranger: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'everything' },
  rules: [],
};

/** Two apps arrive: each team hears so once, and nothing runs that belongs to a failure. */
export async function tellsOfDeployments(told: Told): Promise<Finding> {
  const { api, platform, repository, inbox } = told;
  await repository.write({ ...toldApp(platform, 'orders', 'first'), ...toldApp(platform, 'payments', 'first') });
  const problems: string[] = [];
  for (const name of [orders, payments]) {
    problems.push(...(await until(async () => ((await application(api, name)) ? [] : [`${name} is not there`]))));
  }
  for (const name of [orders, payments]) problems.push(...(await synced(told, name, 'Succeeded')));
  problems.push(
    ...(await until(async () => [
      ...counted(inbox, 'is deployed', { slack: 2, webhook: 0, mail: 1 }),
      ...counted(inbox, '"on-deployed"', { slack: 0, webhook: 2, mail: 0 }),
    ])),
  );
  if ((await api.get(undo)) !== undefined) problems.push('the Job of a failure ran without one');
  const live = await applications(api);
  for (const name of [orders, payments]) if (!isDelivered(live[name])) problems.push(`${name}: ${stateOf(live[name])}`);
  return { counted: '2 Applications', problems };
}

/** What the API server refuses: its team hears why, once, over each service; the other hears nothing, and the Job runs. */
export async function tellsOfFailure(told: Told): Promise<Finding> {
  const { api, platform, repository, inbox } = told;
  inbox.messages.length = 0;
  await repository.write(toldApp(platform, 'orders', 'second'));
  const problems = await synced(told, orders, 'Failed');
  problems.push(
    ...(await until(async () => counted(inbox, 'failed to sync', { slack: 1, webhook: 0, mail: 1 }))),
    ...(await until(async () => counted(inbox, '"on-sync-failed"', { slack: 0, webhook: 1, mail: 0 }))),
  );
  const { revision } = (await application(api, orders)).status.operationState.syncResult;
  const parts = [orders, 'in live on eu', 'team orders', revision.slice(0, 7), 'ConfigMap values:', 'immutable'];
  for (const message of inbox.messages.filter(({ by }) => by !== 'webhook')) {
    problems.push(...lacking(message, [...parts, `${argoCdUrl}/applications/argocd/${orders}`]));
  }
  for (const message of inbox.messages.filter(({ by }) => by === 'webhook'))
    problems.push(...misread(message, revision));
  problems.push(...toOthers(inbox), ...miscredited(inbox));
  const job: Fields = await api.get(undo);
  if (job?.status?.succeeded !== 1) problems.push(`the Job of the failure did not run: ${JSON.stringify(job?.status)}`);
  return { counted: `${inbox.messages.length} messages, 1 Job`, problems };
}

/**
 * The same failure says nothing more, also at a commit of somebody else; another one does. What the project refuses begins no sync, so
 * that the Job does not run again.
 */
export async function tellsOncePerReason(told: Told): Promise<Finding> {
  const { api, repository, inbox } = told;
  inbox.messages.length = 0;
  const job = await api.get(undo);
  const problems: string[] = [];
  await repository.write({ 'README.md': 'What somebody else changed.\n' });
  problems.push(...(await synced(told, orders, 'Failed')));
  const again = await api.get(undo);
  if (again?.metadata.uid === job?.metadata.uid) problems.push('the Job did not run again after the second failure');
  await repository.write({ [fileOf('orders', stranger)]: JSON.stringify(stranger) });
  problems.push(...(await synced(told, orders, 'Failed')));
  // Messages about one Application are sent in the order of what happened to it: the second is there once the third is.
  problems.push(
    ...(await until(async () =>
      inbox.messages.some(({ by, text }) => by === 'slack' && /ClusterRole everything: .* not permitted/.test(text))
        ? []
        : ['nobody was told of the ClusterRole'],
    )),
    ...(await until(async () => counted(inbox, 'failed to sync', { slack: 1, webhook: 0, mail: 1 }))),
    ...toOthers(inbox),
  );
  const last = await api.get(undo);
  if (last?.metadata.uid !== again?.metadata.uid) problems.push('the Job ran although no sync began');
  return { counted: '3 failures of 2 reasons', problems };
}

/** What mends it is told as a deployment, and runs no Job. */
export async function tellsOfRepair(told: Told): Promise<Finding> {
  const { api, platform, repository, inbox } = told;
  inbox.messages.length = 0;
  const job = await api.get(undo);
  await repository.write({ ...toldApp(platform, 'orders', 'first'), [fileOf('orders', stranger)]: undefined });
  const problems = await synced(told, orders, 'Succeeded');
  problems.push(
    ...(await until(async () => counted(inbox, 'is deployed', { slack: 1, webhook: 0, mail: 1 }))),
    ...toOthers(inbox),
  );
  const after = await api.get(undo);
  if (after?.metadata.uid !== job?.metadata.uid) problems.push('the Job of a failure ran without one');
  return { counted: '1 Application', problems };
}

function until(look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  return eventually(look, 90);
}

/** Syncs an Application as a person does, and waits for the end of it, and until Argo CD has looked at what came of it. */
async function synced({ api }: Told, name: string, phase: 'Succeeded' | 'Failed'): Promise<string[]> {
  const before = (await application(api, name))?.status?.operationState?.startedAt;
  // Times are kept to the second.
  if (before !== undefined) await sleep(Math.max(0, Date.parse(before) + 1000 - Date.now()));
  await sync(api, name);
  return [
    ...(await until(async () => {
      const live = await application(api, name);
      const { operationState, reconciledAt } = live?.status ?? {};
      const isOver =
        operationState?.startedAt !== before &&
        operationState?.phase === phase &&
        Date.parse(reconciledAt) >= Date.parse(operationState.finishedAt);
      return isOver ? [] : [`${name} has not ${phase.toLowerCase()}: ${stateOf(live)}`];
    })),
  ];
}

/** Whether a text was told as often as it should over each service. */
function counted({ messages }: Inbox, text: string, wanted: Readonly<Record<Message['by'], number>>): string[] {
  return (Object.keys(wanted) as Message['by'][]).flatMap((by) => {
    const found = messages.filter((message) => message.by === by && decoded(message).includes(text));
    return found.length === wanted[by]
      ? []
      : [
          `${by} was told ${found.length} times instead of ${wanted[by]} that ${text}:${messages.map((message) => `\n  ${message.by} told ${message.to}: ${decoded(message).slice(0, 300)}`).join('')}`,
        ];
  });
}

/** Mail has long lines and signs of its own in another form (RFC 2045, section 6.7). */
function decoded({ by, text }: Message): string {
  if (by !== 'mail') return text;
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function lacking(message: Message, parts: readonly string[]): string[] {
  const text = decoded(message);
  return parts.filter((part) => !text.includes(part)).map((part) => `${message.by} was not told ${part}: ${text}`);
}

/** A webhook gets JSON, whatever the reason is. */
function misread({ text, to }: Message, revision: string): string[] {
  const { reasons, url, ...rest } = JSON.parse(text);
  const facts = { app: orders, cluster: 'eu', commit: revision, environment: 'live', team: 'orders' };
  const wanted = { ...facts, trigger: 'on-sync-failed' };
  return [
    ...(to === 'POST /hook' ? [] : [`the webhook was asked to ${to}`]),
    ...(JSON.stringify(rest) === JSON.stringify(wanted) ? [] : [`the webhook was told ${text}`]),
    ...(reasons.join().includes('immutable') && url.startsWith(argoCdUrl)
      ? []
      : [`the webhook was not told why: ${text}`]),
  ];
}

function toOthers({ messages }: Inbox): string[] {
  return messages
    .filter(
      ({ by, to, text }) =>
        text.includes('payments') || to !== { slack: 'orders', webhook: 'POST /hook', mail: 'orders@acme.io' }[by],
    )
    .map(({ by, to, text }) => `${by} told ${to}: ${text}`);
}

/** What is rendered refers to credentials; those that arrive are of the Secret. */
function miscredited({ messages }: Inbox): string[] {
  const wanted = { slack: credentials['slack-token'], webhook: credentials['hook-token'] };
  return messages
    .filter(({ by, credential }) => by !== 'mail' && credential !== `Bearer ${wanted[by]}`)
    .map(({ by, credential }) => `${by} was given ${credential}`);
}
