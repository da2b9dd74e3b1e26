import { type ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { NetworkPolicy, type NetworkPolicySpec, type ObjectMeta } from '../../imports/kubernetes';
import type { EnvironmentFacts } from '../platform/environment';
import type { BackendNetwork } from '../platform/network-settings';
import type { Platform } from '../platform/platform';
import { dnsEgress } from './baseline';
import type { Destination } from './egress';
import { hostPolicy, type OpenHost } from './host-policy';
import { type NetworkRule, policyPeers, policyPorts } from './network-rule';

/** What the policies of a workload are made with. */
export interface NetworkAccessOptions {
  readonly platform: Platform;
  readonly environment: EnvironmentFacts;
  /** Metadata of the policies; annotations are added to it. */
  readonly metadata: (annotations: Readonly<Record<string, string>>) => ObjectMeta;
  readonly selector: Readonly<Record<string, string>>;
  /** Key of the annotation that says why every address may be reached. */
  readonly reasonKey: string;
}

/**
 * What the network lets through to and from a workload. Everything else is closed in both directions. What is opened until
 * the app is synthesized is in the policies.
 */
export class NetworkAccess {
  /** What closes the network and opens what is named. */
  readonly policy: NetworkPolicy;
  private readonly ingress: NetworkRule[] = [];
  private readonly egress: NetworkRule[] = [];
  private readonly hosts: OpenHost[] = [];
  private madeHostPolicy?: ApiObject;

  constructor(
    private readonly scope: Construct,
    private readonly options: NetworkAccessOptions,
  ) {
    this.policy = new NetworkPolicy(scope, 'network-policy', {
      metadata: options.metadata({}),
      spec: Lazy.any({ produce: () => this.spec() }),
    });
  }

  /** What opens host names; undefined while none is opened. */
  get hostPolicy(): ApiObject | undefined {
    return this.madeHostPolicy;
  }

  /** Lets peers in; nothing for undefined. */
  allowFrom(rule: NetworkRule | undefined): void {
    if (rule) this.ingress.push(bounded(rule));
  }

  /** Lets pods out to peers; nothing for undefined. */
  allowTo(rule: NetworkRule | undefined): void {
    if (rule) this.egress.push(bounded(rule));
  }

  /** Lets pods out to a destination outside of the cluster: by name where the cluster can, else by its addresses. */
  allowOut({ host, cidrs, port, protocol, reason }: Destination): void {
    const { hostNames } = this.options.environment.network;
    if (host !== undefined && hostNames !== undefined) this.openHost({ host, port, protocol });
    else this.allowTo({ peers: [{ cidrs }], ports: [{ port, protocol }] });
    if (reason !== undefined) this.policy.metadata.addAnnotation(this.options.reasonKey, reason);
  }

  /** Lets pods out to a backend, wherever the topology says that it is. */
  allowToBackend(backend: BackendNetwork, port: number): void {
    if ('host' in backend) this.allowOut({ host: backend.host, cidrs: [], port, protocol: 'TCP' });
    else this.allowTo({ peers: ['cidrs' in backend ? { cidrs: backend.cidrs } : backend], ports: [{ port }] });
  }

  private openHost(host: OpenHost): void {
    this.hosts.push(host);
    this.madeHostPolicy ??= hostPolicy(
      this.scope,
      this.options.environment.network.hostNames ?? 'cilium',
      this.options.metadata({}),
      this.options.selector,
      dnsEgress(this.options.platform),
      () => this.hosts,
    );
  }

  private spec(): NetworkPolicySpec {
    return {
      podSelector: { matchLabels: { ...this.options.selector } },
      policyTypes: ['Ingress', 'Egress'],
      // The API server drops an empty list, which would show as drift for ever.
      ...(this.ingress.length > 0 && {
        ingress: this.ingress.map(({ peers, ports }) => ({ from: policyPeers(peers), ports: policyPorts(ports) })),
      }),
      ...(this.egress.length > 0 && {
        egress: this.egress.map(({ peers, ports }) => ({ to: policyPeers(peers), ports: policyPorts(ports) })),
      }),
    };
  }
}

/** To Kubernetes an empty list of peers or ports means all of them. */
function bounded(rule: NetworkRule): NetworkRule {
  if (policyPeers(rule.peers).length === 0 || rule.ports.length === 0) {
    throw new Error('a network rule without peers or ports would open everything');
  }
  return rule;
}
