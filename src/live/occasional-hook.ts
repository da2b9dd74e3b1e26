import type { PlainObject } from '../platform/placed-object';

/** Hooks of Argo CD that every sync runs. */
const ofEverySync = ['PreSync', 'Sync', 'PostSync'];

/**
 * Whether the object is there only at times: a hook of Argo CD that a failed sync or a removal runs, or one that is deleted once it has
 * run. That it is not there says nothing.
 */
export function isOccasionalHook({ metadata: { annotations = {} } }: PlainObject): boolean {
  const hook = annotations['argocd.argoproj.io/hook'];
  if (hook === undefined) return false;
  const policy = annotations['argocd.argoproj.io/hook-delete-policy'] ?? '';
  const kinds = hook.split(',').map((kind) => kind.trim());
  return !kinds.some((kind) => ofEverySync.includes(kind)) || /HookSucceeded|HookFailed/.test(policy);
}
