import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../imports/kubernetes';
import type { PortProtocol } from '../platform/named-port';
import type { PlatformPods } from '../platform/network-settings';

/** Who is on the other side: pods of a namespace, every pod of the same one or of the cluster, or blocks of addresses. */
export type Peer =
  | PlatformPods
  | 'same-namespace'
  | 'every-pod'
  | { readonly cidrs: readonly string[]; readonly except?: readonly string[] };

/** A port as pods listen on it: policies are applied after a Service's address was replaced by a pod's. */
export interface OpenPort {
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** Something that is let through. */
export interface NetworkRule {
  readonly peers: readonly Peer[];
  /** At least one: a rule never opens all ports. */
  readonly ports: readonly OpenPort[];
}

/**
 * The label that the API server puts on every namespace and that nobody can give another one. Namespaces are selected by
 * nothing else: whoever may label a namespace of their own could otherwise let themselves in.
 */
const namespaceName = 'kubernetes.io/metadata.name';

/** The transport below a protocol. */
export function transport(protocol: PortProtocol): 'TCP' | 'UDP' {
  return protocol === 'udp' ? 'UDP' : 'TCP';
}

/** Peers as a NetworkPolicy writes them. */
export function policyPeers(peers: readonly Peer[]): NetworkPolicyPeer[] {
  return peers.flatMap((peer): NetworkPolicyPeer[] => {
    if (peer === 'same-namespace') return [{ podSelector: {} }];
    if (peer === 'every-pod') return [{ namespaceSelector: {} }];
    if ('cidrs' in peer) {
      const { except } = peer;
      return peer.cidrs.map((cidr) => ({ ipBlock: { cidr, ...(except && { except: [...except] }) } }));
    }
    const { namespace, podLabels = {} } = peer;
    return [
      {
        namespaceSelector: { matchLabels: { [namespaceName]: namespace } },
        ...(Object.keys(podLabels).length > 0 && { podSelector: { matchLabels: { ...podLabels } } }),
      },
    ];
  });
}

/** Ports as a NetworkPolicy writes them. */
export function policyPorts(ports: readonly OpenPort[]): NetworkPolicyPort[] {
  return ports.map(({ port, protocol = 'TCP' }) => ({ port, protocol }));
}
