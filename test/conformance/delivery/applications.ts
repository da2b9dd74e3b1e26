import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { argoCdNamespace } from '../../../src/dev/argo-cd-installation';

// biome-ignore lint/suspicious/noExplicitAny: the fields of an Application
export type Fields = any;

/** Every Application, by name. */
export async function applications(api: ApiClient): Promise<Record<string, Fields>> {
  const all = await api.list('argoproj.io/v1alpha1', 'Application', argoCdNamespace);
  return Object.fromEntries(all.map((application) => [application.metadata.name, application]));
}

/** One Application; undefined when it is not there. */
export async function application(api: ApiClient, name: string): Promise<Fields> {
  return api.get(applicationOf(name));
}

/** What is known of an Application: what its state is, and why. */
export function stateOf(live: Fields): string {
  if (live === undefined) return 'is not there';
  const { sync, health, operationState, conditions = [], resources = [] } = live.status ?? {};
  const troubles = [
    ...(health?.message ? [health.message] : []),
    ...conditions.map(({ message }: Fields) => message),
    ...(operationState?.message ? [operationState.message] : []),
    ...(operationState?.syncResult?.resources ?? [])
      .filter(({ status }: Fields) => status !== 'Synced')
      .map(({ kind, name, message }: Fields) => `${kind} ${name}: ${message}`),
    ...resources
      .filter(({ status, health: own }: Fields) => status !== 'Synced' || (own && own.status !== 'Healthy'))
      .map(
        ({ kind, name, status, health: own }: Fields) =>
          `${kind} ${name}: ${status} ${own?.status ?? ''} ${own?.message ?? ''}`,
      ),
  ];
  return [`${sync?.status} ${health?.status}`, ...new Set(troubles)].join('\n  ');
}

/** Whether everything in git is in the cluster and works. */
export function isDelivered({ status = {} }: Fields): boolean {
  return status.sync?.status === 'Synced' && status.health?.status === 'Healthy' && !isSyncing({ status });
}

/** Whether a sync is under way. */
export function isSyncing({ status = {} }: Fields): boolean {
  return ['Running', 'Terminating'].includes(status.operationState?.phase);
}

/**
 * Waits until something holds; `meanwhile` is done before each look.
 *
 * @returns what is still wrong at the end; nothing where it holds
 */
export async function eventually(
  look: () => Promise<readonly string[]>,
  withinSeconds: number,
  meanwhile: () => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const deadline = performance.now() + withinSeconds * 1000;
  for (;;) {
    await meanwhile();
    const problems = await look();
    if (problems.length === 0 || performance.now() > deadline) return problems;
    await sleep(300);
  }
}

/** Has Argo CD read the repository and the cluster again; `hard` forgets what it has cached. */
export async function refresh(
  api: ApiClient,
  names: readonly string[],
  how: 'normal' | 'hard' = 'normal',
): Promise<void> {
  for (const name of names) await annotate(api, name, { 'argocd.argoproj.io/refresh': how });
}

/** Annotates an Application, as somebody does; one that is not there is passed over. */
export async function annotate(api: ApiClient, name: string, annotations: Readonly<Record<string, string>>) {
  await patch(api, name, { metadata: { annotations } });
}

/** Has Argo CD sync an Application, as a person does with a button. */
export async function sync(api: ApiClient, name: string): Promise<void> {
  await patch(api, name, { operation: { initiatedBy: { username: 'somebody' }, sync: { prune: true } } });
}

async function patch(api: ApiClient, name: string, body: object): Promise<void> {
  const path = await api.pathOf(applicationOf(name));
  const answer = await api.ask('PATCH', path, { contentType: 'application/merge-patch+json', body });
  if (answer.status >= 400 && answer.status !== 404) {
    throw new Error(`PATCH ${path}: ${answer.status} ${answer.body?.message}`);
  }
}

function applicationOf(name: string): KubeObject {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace: argoCdNamespace } };
}
