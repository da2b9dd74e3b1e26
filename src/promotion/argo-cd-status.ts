import { isRecord } from '../platform/rule';

/** What Argo CD says of an Application. Its fields are Argo CD's own (`argoproj.io/v1alpha1`). */
export interface ApplicationStatus {
  readonly name: string;
  /** The paths that it delivers. */
  readonly paths: readonly string[];
  /** The branch that it follows; undefined where it is pinned to a commit. */
  readonly branch?: string;
  /** The Application that moves its pin, where a roll-out does. */
  readonly rollout?: string;
  readonly isAutomated: boolean;
  /** `Synced`, `OutOfSync` or `Unknown`. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  readonly health: string;
  /** The commit that was synced last; undefined when none was. */
  readonly commit?: string;
  /** Why it does not run what the repository holds, or is not healthy, a sentence each. */
  readonly reasons: readonly string[];
}

/**
 * Reads Applications as `kubectl get applications --output json` prints them: a list, or one.
 *
 * @returns a sentence when the text is no such thing
 */
export function parseApplications(text: string): ApplicationStatus[] | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return `is no JSON: ${(error as Error).message}`;
  }
  const items = isRecord(data) && Array.isArray(data.items) ? data.items : [data];
  const others = items.find((item) => !isRecord(item) || item.kind !== 'Application');
  if (others !== undefined)
    return 'holds something else than Applications; write kubectl get applications -A -o json to it';
  return items.map((item) => statusOf(item as Application));
}

interface Application {
  readonly metadata?: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly source?: ApplicationSource;
    readonly sources?: readonly ApplicationSource[];
    readonly syncPolicy?: { readonly automated?: { readonly enabled?: boolean } };
  };
  readonly status?: {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly history?: readonly { readonly revision?: string; readonly revisions?: readonly string[] }[];
    readonly operationState?: { readonly phase?: string; readonly message?: string };
    readonly conditions?: readonly { readonly type?: string; readonly message?: string }[];
    readonly resources?: readonly ResourceStatus[];
  };
}

interface ApplicationSource {
  readonly path?: string;
  readonly targetRevision?: string;
}

interface ResourceStatus {
  readonly kind?: string;
  readonly name?: string;
  readonly status?: string;
  readonly requiresPruning?: boolean;
  readonly requiresDeletionConfirmation?: boolean;
  readonly health?: { readonly status?: string; readonly message?: string };
}

function statusOf({ metadata, spec, status }: Application): ApplicationStatus {
  const sources = [...(spec?.source ? [spec.source] : []), ...(spec?.sources ?? [])];
  const last = status?.history?.at(-1);
  const automated = spec?.syncPolicy?.automated;
  const isAutomated = automated !== undefined && automated.enabled !== false;
  const follows = sources[0]?.targetRevision;
  const isPinned = follows !== undefined && /^[0-9a-f]{40}$/.test(follows);
  // Argo CD writes whose object it is: "orders-production.orders:argoproj.io/Application:argocd/…".
  const rollout = metadata?.annotations?.['argocd.argoproj.io/tracking-id']?.split(':')[0];
  return {
    name: metadata?.name ?? '',
    paths: sources.flatMap(({ path }) => (path === undefined ? [] : [path.replace(/^\.?\/+|\/+$/g, '')])),
    ...(follows && !isPinned && { branch: follows }),
    ...(rollout && isPinned && { rollout }),
    isAutomated,
    sync: status?.sync?.status ?? 'Unknown',
    health: status?.health?.status ?? 'Unknown',
    ...((last?.revision ?? last?.revisions?.[0]) && { commit: last?.revision ?? last?.revisions?.[0] }),
    reasons: reasonsOf(status, isAutomated),
  };
}

function reasonsOf(status: Application['status'], isAutomated: boolean): string[] {
  const resources = status?.resources ?? [];
  const outOfSync = resources.filter((each) => each.status === 'OutOfSync');
  const ill = resources.filter(({ health }) => health?.status && !/^(?:Healthy|Suspended)$/.test(health.status));
  const { phase, message } = status?.operationState ?? {};
  const isSynced = status?.sync?.status === 'Synced';
  return [
    ...(phase === 'Running' ? [`is syncing${said(message)}`] : []),
    ...(phase === 'Failed' || phase === 'Error' ? [`its last sync failed${said(message)}`] : []),
    ...(status?.conditions ?? [])
      .filter(({ type = '' }) => /Error$|Warning$/.test(type))
      .map(({ type, message: words }) => `${type}${said(words)}`),
    ...(!isSynced && !isAutomated && phase !== 'Running' ? ['waits for somebody to sync it'] : []),
    ...(outOfSync.length > 0 ? [`differs in ${listed(outOfSync.map(title))}`] : []),
    ...outOfSync
      .filter((each) => each.requiresPruning)
      .map(
        (each) =>
          `${title(each)} is to be removed${each.requiresDeletionConfirmation ? ', and waits for somebody to confirm it' : ''}`,
      ),
    ...ill.map((each) => `${title(each)} is ${each.health?.status}${said(each.health?.message)}`),
    ...(ill.length === 0 && /^(?:Degraded|Missing)$/.test(status?.health?.status ?? '')
      ? [`is ${status?.health?.status}${said(status?.health?.message)}`]
      : []),
  ];
}

function title({ kind, name }: ResourceStatus): string {
  return `${kind} ${name}`;
}

function said(message: string | undefined): string {
  return message ? `: ${message.replace(/\s+/g, ' ').trim()}` : '';
}

function listed(names: readonly string[]): string {
  return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}
