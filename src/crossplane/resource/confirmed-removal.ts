import type { IConstruct } from 'constructs';
import { Environment } from '../../platform/environment';

/**
 * Annotations of a request that stands for data: Argo CD removes it only when somebody confirms that, as it removes the Application
 * that brought it. What a preview asks for goes with the preview.
 */
export function confirmedRemoval(scope: IConstruct, holdsData: boolean): Readonly<Record<string, string>> {
  const environment = scope.node.scopes.find((s) => Environment.isEnvironment(s)) as Environment | undefined;
  if (!holdsData || environment === undefined || environment.preview !== undefined) return {};
  return { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' };
}
