import { toYaml } from '../gitops/yaml';
import type { HealthApi } from './delivery-props';
import { applicationHealth, crossplaneHealth } from './health-scripts';

/** Managed resources of Crossplane's providers, whoever made them; `*` stands for any part of a group. */
const managedGroups = ['*.crossplane.io/*', '*.m.upbound.io/*', '*.upbound.io/*'];

/**
 * What Argo CD has to know, as data of its ConfigMap `argocd-cm`: that apps are applied with the accounts that their projects
 * name, and how healthy requests, managed resources and Applications are.
 *
 * @param apis the platform's own APIs
 */
export function argoCdSettings(apis: readonly HealthApi[] = []): Record<string, string> {
  const own = [...apis].map(({ group, kind }) => [`resource.customizations.health.${group}_${kind}`, crossplaneHealth]);
  return {
    'application.sync.impersonation.enabled': 'true',
    // Keys of a ConfigMap take no asterisk, so what has one is listed in one text.
    'resource.customizations': toYaml(
      Object.fromEntries(managedGroups.map((group) => [group, { 'health.lua': crossplaneHealth }])),
    ),
    'resource.customizations.health.argoproj.io_Application': applicationHealth,
    ...Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
