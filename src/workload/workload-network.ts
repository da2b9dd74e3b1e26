import type { Construct } from 'constructs';
import type { ObjectMeta } from '../../imports/kubernetes';
import { apiServerEgress, collectorEgress, collectorOutside, dnsEgress, scraperIngress } from '../network/baseline';
import { destinations, type EgressProps, egressProblems } from '../network/egress';
import { NetworkAccess } from '../network/network-access';
import type { EnvironmentFacts } from '../platform/environment';
import type { Platform } from '../platform/platform';
import { show } from '../platform/rule';
import type { IdentityProps } from './identity';
import { metricsPort, type PortProps } from './ports';

/** What a workload's network policies are worked out from. */
export type NetworkProps = EgressProps & IdentityProps & PortProps;

/** What the policies of a workload are made with. */
export interface WorkloadNetworkOptions {
  readonly platform: Platform;
  readonly environment: EnvironmentFacts;
  readonly metadata: (annotations: Readonly<Record<string, string>>) => ObjectMeta;
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * Closes the network around a workload but for what its props need: DNS, the telemetry collector, its destinations, the
 * API server where it has permissions, and Prometheus on the port of the metrics. Undefined where the platform does not
 * enforce the network.
 */
export function workloadNetwork(
  scope: Construct,
  props: NetworkProps,
  options: WorkloadNetworkOptions,
): NetworkAccess | undefined {
  const { platform, environment } = options;
  if (platform.network.enforce === false) return undefined;
  const network = new NetworkAccess(scope, { ...options, reasonKey: `${platform.labelPrefix}/egress-reason` });
  network.allowTo(dnsEgress(platform));
  network.allowTo(collectorEgress(platform));
  const outside = collectorOutside(platform);
  if (outside) network.allowOut({ ...outside, cidrs: [], protocol: 'TCP' });
  if (props.permissions?.length) network.allowTo(apiServerEgress(environment));
  for (const destination of destinations(props.egress)) network.allowOut(destination);
  const metrics = metricsPort(props);
  if (metrics) network.allowFrom(scraperIngress(platform, metrics));
  return network;
}

/** Everything that a workload needs from the network can be let through on the cluster that it is for. */
export function networkProblems(props: NetworkProps, platform: Platform, environment: EnvironmentFacts): string[] {
  const { cluster, network } = environment;
  const enforced = platform.network.enforce !== false;
  // Without policies there is nothing that a host name could be missing in.
  const problems = egressProblems(props, cluster, enforced ? network : { ...network, hostNames: 'cilium' });
  if (!enforced) return problems;
  if (Array.isArray(props.permissions) && props.permissions.length > 0 && !network.apiServer) {
    problems.push(
      `permissions need the API server, and nothing is known of its address on the cluster ${show(cluster)}; set network.apiServer of the cluster in the topology`,
    );
  }
  const outside = collectorOutside(platform);
  if (outside && network.hostNames === undefined) {
    problems.push(
      `the platform sends telemetry to ${show(outside.host)}, outside of the cluster, and the policies of the cluster ${show(cluster)} know only addresses; set network.collector of the platform, or network.hostNames of the cluster`,
    );
  }
  return problems;
}
