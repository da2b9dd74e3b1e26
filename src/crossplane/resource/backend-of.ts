import type { IConstruct } from 'constructs';
import type { Backend, BackendCluster } from '../../platform/backend';
import { refuse } from '../../platform/golden-error';
import { Platform } from '../../platform/platform';
import { show } from '../../platform/rule';

const chosen = new WeakMap<Platform, Map<string, readonly Backend[]>>();

/** How requests that are made in a cluster are fulfilled; empty when the platform does not say. */
export function backendsIn(platform: Platform, cluster: string): readonly Backend[] {
  if (!platform.backends) return [];
  const clusters = chosen.get(platform) ?? new Map<string, readonly Backend[]>();
  chosen.set(platform, clusters);
  const cloud = platform.topology.clusters?.[cluster]?.cloud ?? {};
  const backends =
    clusters.get(cluster) ??
    platform.backends({
      name: cluster,
      cloud,
      siblings: siblingsOf(platform, cluster),
      labelPrefix: platform.labelPrefix,
      crossplane: platform.crossplane,
    });
  clusters.set(cluster, backends);
  return backends;
}

/**
 * The backend of an API's requests in a cluster; undefined when the platform says of no API how it is fulfilled.
 *
 * @param composition the composition that a request chooses
 * @throws GoldenError when the platform has backends there, but none of the API, or one for another Crossplane.
 */
export function backendOf(
  scope: IConstruct,
  api: Backend['api'],
  cluster: string,
  composition?: string,
): Backend | undefined {
  const platform = Platform.of(scope);
  if (!platform.backends) return undefined;
  const backends = backendsIn(platform, cluster);
  const found = backends.find(
    (backend) =>
      backend.api.kind === api.kind &&
      backend.api.group === api.group &&
      (composition === undefined || backend.name === composition),
  );
  const known = backends.map(({ name }) => name).join(', ') || 'none';
  if (!found) {
    return refuse(
      scope,
      `${composition === undefined ? 'nothing' : `no composition ${show(composition)}`} fulfils a ${api.kind} of ${api.group} in the cluster ${show(cluster)}, whose backends are ${known}; add one to backends of the platform`,
    );
  }
  const { name, target = 'v2' } = found;
  return target === platform.crossplane
    ? found
    : refuse(
        scope,
        `the composition ${show(name)} is for Crossplane ${target}, and crossplane of the platform is ${show(platform.crossplane)}; give the platform backends for that, or set crossplane to ${show(target)}`,
      );
}

/** The clusters whose environments have their home in another one. */
function siblingsOf({ topology }: Platform, cluster: string): Required<BackendCluster>['siblings'] {
  const environments = Object.values(topology.environments).filter(
    ({ clusters, home = clusters[0] }) => home === cluster,
  );
  const names = new Set(environments.flatMap(({ clusters }) => clusters));
  return [...names]
    .filter((name) => name !== cluster)
    .map((name) => ({ name, cloud: topology.clusters?.[name]?.cloud ?? {} }));
}
