import type { EnvironmentFacts } from '../platform/environment';
import type { NamedPort } from '../platform/named-port';
import type { PlatformPods } from '../platform/network-settings';
import type { Platform } from '../platform/platform';
import { type NetworkRule, type OpenPort, type Peer, transport } from './network-rule';

/** The address that NodeLocal DNSCache listens on, on every node (its manifest's default). */
const nodeLocalAddress = '169.254.20.10/32';

const both = (port: number): OpenPort[] => [
  { port, protocol: 'UDP' },
  { port, protocol: 'TCP' },
];

/** Lets pods look names up. OpenShift's DNS pods listen on 5353, which is the port that counts. */
export function dnsEgress(platform: Platform): NetworkRule {
  const dns = platform.network.dns ?? 'kube-dns';
  if (dns === 'openshift') {
    const podLabels = { 'dns.operator.openshift.io/daemonset-dns': 'default' };
    return { peers: [{ namespace: 'openshift-dns', podLabels }], ports: both(5353) };
  }
  const cluster: PlatformPods = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };
  return { peers: dns === 'node-local' ? [{ cidrs: [nodeLocalAddress] }, cluster] : [cluster], ports: both(53) };
}

/**
 * Lets pods send telemetry to the collector: the pods and port that the platform names, else what the address of its
 * OTLP receiver says. Undefined where there is no telemetry, or where its address lies outside of the cluster.
 */
export function collectorEgress(platform: Platform): NetworkRule | undefined {
  const { collector } = platform.network;
  if (collector) return { peers: [collector], ports: [{ port: collector.port }] };
  const address = collectorAddress(platform);
  return address?.peer && { peers: [address.peer], ports: [{ port: address.port }] };
}

/** The host and port of a collector that lies outside of the cluster. */
export function collectorOutside(platform: Platform): { readonly host: string; readonly port: number } | undefined {
  const address = platform.network.collector ? undefined : collectorAddress(platform);
  return address && address.peer === undefined ? { host: address.host, port: address.port } : undefined;
}

/** A host of one label is a Service of the pod's own namespace; one of two, or one below `svc`, names the namespace. */
function collectorAddress(platform: Platform) {
  if (!platform.telemetry) return undefined;
  const { hostname: host, port, protocol } = new URL(platform.telemetry.endpoint);
  const [, namespace, third] = host.split('.');
  const named = third === undefined || third === 'svc' ? namespace && { namespace } : undefined;
  const peer: Peer | undefined = host.includes('.') ? named || undefined : 'same-namespace';
  return { host, port: Number(port) || (protocol === 'https:' ? 443 : 80), peer };
}

/** Lets the pods behind the Gateway, the ingress controller or both reach a port that a route leads to. */
export function routeIngress(
  platform: Platform,
  environment: EnvironmentFacts,
  via: 'gateway' | 'ingress' | 'both',
  port: NamedPort,
): NetworkRule {
  const {
    gateway = { namespace: environment.gateway.split('/')[0] },
    ingressController = { namespace: 'ingress-nginx' },
  } = platform.network;
  const peers = [...(via === 'ingress' ? [] : [gateway]), ...(via === 'gateway' ? [] : [ingressController])];
  return { peers, ports: [{ port: port.port, protocol: transport(port.protocol) }] };
}

/** Lets Prometheus reach the port that metrics are read from. */
export function scraperIngress(platform: Platform, port: NamedPort): NetworkRule {
  return { peers: [platform.network.scraper ?? { namespace: 'monitoring' }], ports: [{ port: port.port }] };
}

/** Lets pods reach the API server; undefined where the topology does not say where it is. */
export function apiServerEgress({ network }: Pick<EnvironmentFacts, 'network'>): NetworkRule | undefined {
  return (
    network.apiServer && { peers: [{ cidrs: network.apiServer }], ports: [{ port: network.apiServerPort ?? 6443 }] }
  );
}
