import type { HealthApi } from './delivery-props';
import { applicationHealth, requestHealth } from './health-scripts';

/**
 * What Argo CD has to know, as data of its ConfigMap `argocd-cm`: that apps are applied with the accounts that their projects
 * name, and how healthy requests and Applications are. Managed resources of Crossplane's providers it knows by itself.
 *
 * @param apis the platform's own APIs
 */
export function argoCdSettings(apis: readonly HealthApi[] = []): Record<string, string> {
  const own = apis.map(({ group, kind }): [string, string] => [
    `resource.customizations.health.${group}_${kind}`,
    requestHealth,
  ]);
  return {
    'application.sync.impersonation.enabled': 'true',
    'resource.customizations.health.argoproj.io_Application': applicationHealth,
    ...Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
