import type { PlainObject } from '../platform/placed-object';

/** Whether Argo CD deletes the object and makes it again: hooks that say so, and what is told to be replaced. */
export function isMadeAnew({ metadata: { annotations = {} } }: PlainObject): boolean {
  const replaced = /\b(?:Replace|Force)=true\b/.test(annotations['argocd.argoproj.io/sync-options'] ?? '');
  const policy = annotations['argocd.argoproj.io/hook-delete-policy'] ?? 'BeforeHookCreation';
  return replaced || (annotations['argocd.argoproj.io/hook'] !== undefined && policy.includes('BeforeHookCreation'));
}
