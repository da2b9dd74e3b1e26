import type { Construct } from 'constructs';
import { NetworkPolicy, type NetworkPolicyEgressRule } from '../../imports/kubernetes';
import { apiServerEgress, collectorEgress, dnsEgress } from '../network/baseline';
import { type NetworkRule, policyPeers, policyPorts } from '../network/network-rule';
import type { EnvironmentFacts } from '../platform/environment';
import { isRecord, show, suggestion } from '../platform/rule';
import { guardRailMetadata, type TeamPlace } from './team-place';

/** What every pod of the namespace may reach beside DNS and telemetry. Each golden workload opens the rest for itself. */
export interface TeamNetworkOptions {
  /**
   * Whether all pods of the namespace reach each other, on every port.
   * @default false
   */
  readonly sameNamespace?: boolean;
  /**
   * Whether all pods reach the API server, at the addresses that the topology names. Golden workloads with `permissions` reach it
   * without this.
   * @default false
   */
  readonly apiServer?: boolean;
}

/** The network guard rails of a namespace. */
export interface NetworkGuardRails {
  /** Closes the network of every pod in both directions. */
  readonly defaultDeny: NetworkPolicy;
  /** Opens what every pod needs. */
  readonly baseline: NetworkPolicy;
}

/**
 * Closes the network in both directions and opens DNS, the telemetry collector, and what is asked for. Gateway, scraper and
 * callers reach a workload by its own policy, on its own ports.
 */
export function networkGuardRails(
  scope: Construct,
  place: TeamPlace,
  options: TeamNetworkOptions = {},
): NetworkGuardRails {
  const { platform, environment } = place;
  const open = [
    dnsEgress(platform),
    collectorEgress(platform),
    options.apiServer ? apiServerEgress(environment) : undefined,
  ];
  const egress = open.filter((rule) => rule !== undefined).map(egressRule);
  const neighbours = [{ podSelector: {} }];
  return {
    defaultDeny: new NetworkPolicy(scope, 'default-deny', {
      metadata: guardRailMetadata(place, 'default-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    }),
    baseline: new NetworkPolicy(scope, 'baseline', {
      metadata: guardRailMetadata(place, 'baseline'),
      spec: {
        podSelector: {},
        policyTypes: options.sameNamespace ? ['Ingress', 'Egress'] : ['Egress'],
        egress: [...egress, ...(options.sameNamespace ? [{ to: neighbours }] : [])],
        ...(options.sameNamespace && { ingress: [{ from: neighbours }] }),
      },
    }),
  };
}

function egressRule({ peers, ports }: NetworkRule): NetworkPolicyEgressRule {
  return { to: policyPeers(peers), ports: policyPorts(ports) };
}

const keys = ['sameNamespace', 'apiServer'];

/** Switches are switches, and the API server's addresses are known where it is asked for. */
export function teamNetworkProblems(options: unknown, environment: EnvironmentFacts): string[] {
  if (options === undefined) return [];
  if (!isRecord(options)) return [`network ${show(options)} is no record; write { sameNamespace: true }`];
  const problems = Object.keys(options)
    .filter((key) => !keys.includes(key))
    .map((key) => `network has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
  for (const key of keys) {
    if (options[key] !== undefined && typeof options[key] !== 'boolean') {
      problems.push(`network.${key} ${show(options[key])} is no switch; use true or false`);
    }
  }
  if (options.apiServer === true && !apiServerEgress(environment)) {
    problems.push(
      `network.apiServer is on, and the topology names no address of it; set network.apiServer of the cluster ${show(environment.cluster)}`,
    );
  }
  return problems;
}
