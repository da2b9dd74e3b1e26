import type { KustomizationSpecHealthCheckExprs } from '../../imports/kustomize.toolkit.fluxcd.io';
import type { HealthApi } from './delivery-props';

/**
 * Health of requests, by the conditions `Synced` and `Ready` that Crossplane gives them. By itself Flux takes a request for ready as long as
 * nothing is said about it, which it is in the moment after it was applied. What was reconciled with an error has failed, and is looked at
 * again after the retry interval; what is paused is waited for.
 */
export function fluxRequestHealth(apis: readonly HealthApi[] = []): KustomizationSpecHealthCheckExprs[] {
  return apis.map(({ group, kind }) => ({
    // Flux asks for a version, and goes by group and kind.
    apiVersion: `${group}/v1`,
    kind,
    failed: "status.conditions.exists(c, c.type == 'Synced' && c.status == 'False' && c.reason != 'ReconcilePaused')",
    current: "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
  }));
}
