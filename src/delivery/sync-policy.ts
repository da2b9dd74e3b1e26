import type { ApplicationSpecSyncPolicy } from '../../imports/argoproj.io';
import type { EnvironmentFacts } from '../platform/environment';

/**
 * How an app follows the repository: by itself where a publish changes the environment, by hand where a promotion does.
 *
 * Argo CD compares by itself, as server-side apply would merge. Its server-side diff is off: where the API server refuses to try an
 * object, Argo CD 3.2 calls the whole Application synced at its next look, and delivers none of it.
 *
 * A sync that fails is tried five times over some five minutes, with what was committed meanwhile. An app that would become empty
 * is left alone, because an empty folder is a mistake more often than a wish. That is what Argo CD does unless it is told otherwise,
 * and here it is not said: its controller drops a `false` when it starts a sync, which whatever delivers the Application would heal.
 */
export function syncPolicy({ promotion }: Pick<EnvironmentFacts, 'promotion'>): ApplicationSpecSyncPolicy {
  return {
    ...(promotion === 'auto' && { automated: { prune: true, selfHeal: true } }),
    retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    syncOptions: [
      'ServerSideApply=true',
      'RespectIgnoreDifferences=true',
      'FailOnSharedResource=true',
      'PruneLast=true',
    ],
  };
}

/** Has the objects of an Application removed together with it. */
export const cascade = 'resources-finalizer.argocd.argoproj.io';
