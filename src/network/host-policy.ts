import type { ApiObject } from 'cdk8s';
import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { CiliumNetworkPolicy, type CiliumNetworkPolicySpec } from '../../imports/cilium.io';
import type { ObjectMeta } from '../../imports/kubernetes';
import { FQDNNetworkPolicy, type FQDNNetworkPolicySpec } from '../../imports/networking.gke.io';
import type { HostNamePolicies, PlatformPods } from '../platform/network-settings';
import type { NetworkRule } from './network-rule';

/** A host that pods may reach by its name. */
export interface OpenHost {
  /** Its name; a first label `*` stands for any. */
  readonly host: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Lets pods reach hosts by name, in the form that the cluster understands. The hosts are asked for at synthesis. */
export function hostPolicy(
  scope: Construct,
  form: HostNamePolicies,
  metadata: ObjectMeta,
  selector: Readonly<Record<string, string>>,
  dns: NetworkRule,
  hosts: () => readonly OpenHost[],
): ApiObject {
  return form === 'cilium'
    ? new CiliumNetworkPolicy(scope, 'host-policy', {
        metadata,
        spec: Lazy.any({ produce: () => ciliumSpec(selector, dns, hosts()) }),
      })
    : new FQDNNetworkPolicy(scope, 'host-policy', {
        metadata,
        spec: Lazy.any({ produce: () => gkeSpec(selector, hosts()) }),
      });
}

/** Cilium learns a host's addresses from the answers its DNS proxy sees, so lookups must go through that proxy. */
function ciliumSpec(
  selector: Readonly<Record<string, string>>,
  dns: NetworkRule,
  hosts: readonly OpenHost[],
): CiliumNetworkPolicySpec {
  return {
    endpointSelector: { matchLabels: { ...selector } },
    egress: [
      {
        toEndpoints: dns.peers.flatMap((peer) =>
          typeof peer === 'object' && 'namespace' in peer ? [endpoint(peer)] : [],
        ),
        toPorts: [
          {
            ports: dns.ports.map(({ port, protocol }) => ({ port: String(port), protocol })),
            rules: { dns: [{ matchPattern: '*' }] },
          },
        ],
      },
      ...hosts.map(({ host, port, protocol }) => ({
        toFQDNs: [host.includes('*') ? { matchPattern: host } : { matchName: host }],
        toPorts: [{ ports: [{ port: String(port), protocol }] }],
      })),
    ],
  };
}

/** Pods as Cilium selects them: labels of Kubernetes carry their source. */
function endpoint({ namespace, podLabels = {} }: PlatformPods) {
  const labels = Object.entries({ 'io.kubernetes.pod.namespace': namespace, ...podLabels });
  return { matchLabels: Object.fromEntries(labels.map(([key, value]) => [`k8s:${key}`, value])) };
}

function gkeSpec(selector: Readonly<Record<string, string>>, hosts: readonly OpenHost[]): FQDNNetworkPolicySpec {
  return {
    podSelector: { matchLabels: { ...selector } },
    egress: hosts.map(({ host, port, protocol }) => ({
      matches: [host.includes('*') ? { pattern: host } : { name: host }],
      ports: [{ port, protocol }],
    })),
  };
}
