import type { IConstruct } from 'constructs';
import { environmentOf } from '../../platform/environment';
import { refuse } from '../../platform/golden-error';
import { ownershipOf } from '../../platform/ownership';
import { Platform } from '../../platform/platform';
import { oneOf, show } from '../../platform/rule';

/** Where a request is made, and where what it provides is used. */
export interface Placement {
  /** Environment and cluster that the construct is rendered for. */
  readonly place: string;
  /** The one cluster of the environment in which the request is made. */
  readonly home: string;
  /** Whether that is the cluster that is rendered. */
  readonly isHome: boolean;
  /** Whether the environment has other clusters, which get the connection through the secret store. */
  readonly isShared: boolean;
}

/**
 * Where a request is made: once in an environment, in the cluster where its data lives.
 *
 * @param cluster one of the environment's clusters
 * @throws GoldenError when the environment has no such cluster
 */
export function placementOf(scope: IConstruct, cluster: string | undefined): Placement {
  const { topology } = Platform.of(scope);
  const { name, cluster: here } = environmentOf(scope);
  const { clusters, home = clusters[0] } = topology.environments[name];
  if (cluster !== undefined && !clusters.includes(cluster)) {
    refuse(scope, `cluster ${show(cluster)} does not run the environment ${show(name)}; use ${oneOf(clusters)}`);
  }
  const chosen = cluster ?? home;
  return { place: `${name}/${here}`, home: chosen, isHome: here === chosen, isShared: clusters.length > 1 };
}

/** Labels that a request has beside those of its chart: where its costs are booked. */
export function costLabels(scope: IConstruct): Readonly<Record<string, string>> {
  const platform = Platform.of(scope);
  const costCenter = platform.topology.owners?.[ownershipOf(scope)?.team ?? '']?.costCenter;
  return costCenter === undefined ? {} : { [`${platform.labelPrefix}/cost-center`]: costCenter };
}
