import type { Problem } from '../platform/golden-error';
import type { External, PlacedObject } from '../platform/placed-object';
import { show } from '../platform/rule';
import { AppIndex, type ReferenceRule } from './app-index';
import { autoscaledLeavesReplicas, autoscalerHasTarget } from './autoscaler-rules';
import { bindingFindsItsEnds } from './binding-rules';
import { podMonitorFindsPorts, serviceMonitorFindsPorts } from './monitor-rules';
import { podFindsWhatItNames, subPathIsAFile } from './pod-reference-rules';
import { mountHasVolume, namesAreUnique, portNameIsServiceName, probeHitsPort } from './pod-rules';
import { ingressFindsServices, routeFindsServices } from './route-rules';
import { budgetReachesPods, serviceReachesPods, workloadSelectsItsPods, workloadsSelectApart } from './selector-rules';

export type { External, PlacedObject } from '../platform/placed-object';

/** What has to hold between the objects of an app, and inside its pods. */
const rules: readonly ReferenceRule[] = [
  serviceReachesPods,
  budgetReachesPods,
  workloadSelectsItsPods,
  workloadsSelectApart,
  autoscalerHasTarget,
  autoscaledLeavesReplicas,
  podFindsWhatItNames,
  subPathIsAFile,
  routeFindsServices,
  ingressFindsServices,
  serviceMonitorFindsPorts,
  podMonitorFindsPorts,
  bindingFindsItsEnds,
  probeHitsPort,
  mountHasVolume,
  namesAreUnique,
  portNameIsServiceName,
];

/**
 * The references of one app's objects that lead nowhere, or to the wrong thing, in the order of the objects. A schema sees one
 * object at a time and can't find these; a cluster accepts most of them, and the app then doesn't work.
 *
 * - A Service's selector reaches pods, and its named target ports are theirs.
 * - A PodDisruptionBudget reaches pods; a workload selects its own pods, and no other's.
 * - What an autoscaler scales exists, has no second autoscaler, and leaves `replicas` out.
 * - ConfigMaps, Secrets, service accounts and claims that pods name exist or are made by something in the app: an
 *   ExternalSecret, SealedSecret, Certificate, SecretProviderClass, claim template, or Crossplane's connection Secret.
 *   Their keys exist, where they are known: in variables, items of volumes, and `subPath` of mounts.
 * - Backends of Gateway API routes and Ingresses are Services that have the port.
 * - A ServiceMonitor or PodMonitor of its own namespace finds Services or pods, and its ports are theirs.
 * - The Role and the service accounts of a binding exist; ClusterRoles are not looked for.
 * - Probes and lifecycle hooks call ports that their container declares.
 * - Mounts name volumes; names of containers and ports, and mount paths, are used once in a pod; port names are service
 *   names.
 *
 * What the schema of a kind refuses is passed over, so that a defect is reported once.
 *
 * @param objects all objects that the app has in one cluster
 * @param external what the app refers to and others provide
 */
export function referenceProblems(objects: readonly PlacedObject[], external: readonly External[] = []): Problem[] {
  const app = new AppIndex(objects, external);
  const checks = rules.map((rule) => rule(app));
  const problems: Problem[] = [];
  for (const placed of app.all) {
    for (const check of checks) {
      for (const message of check(placed)) {
        const { kind, metadata } = placed.object;
        problems.push({ path: placed.path, message: `${kind} ${show(metadata?.name)}: ${message}` });
      }
    }
  }
  return problems;
}
