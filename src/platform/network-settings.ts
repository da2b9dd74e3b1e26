import { cidrProblem } from './cidr';
import { isPort } from './named-port';
import { nameProblem } from './names';
import { isRecord, oneOf, show, unknownKeyProblems } from './rule';

/** Pods of the platform that the network lets through. */
export interface PlatformPods {
  /** Their namespace. */
  readonly namespace: string;
  /**
   * Labels that they have.
   * @default - all pods of the namespace
   */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** Which of the platform's own pods every network policy has to know. */
export interface NetworkSettings {
  /**
   * Whether workloads get network policies. Switching them off needs a `reason`.
   * @default true
   */
  readonly enforce?: boolean;
  /**
   * Why the network is not enforced.
   * @default - none: it is enforced
   */
  readonly reason?: string;
  /**
   * Who answers DNS: CoreDNS or kube-dns in `kube-system`, a cache on each node in front of it (169.254.20.10, which
   * network policies see as an address), or OpenShift's in `openshift-dns`, whose pods listen on 5353.
   * @default 'kube-dns'
   */
  readonly dns?: 'kube-dns' | 'node-local' | 'openshift';
  /**
   * The pods behind the Gateway.
   * @default - every pod of the Gateway's own namespace
   */
  readonly gateway?: PlatformPods;
  /**
   * The pods of the ingress controller.
   * @default - every pod of `ingress-nginx`
   */
  readonly ingressController?: PlatformPods;
  /**
   * The pods of Prometheus.
   * @default - every pod of `monitoring`
   */
  readonly scraper?: PlatformPods;
  /**
   * The pods that take telemetry in, and the port that they listen on.
   * @default - every pod of the namespace in the address of `telemetry.endpoint`, on its port
   */
  readonly collector?: PlatformPods & { readonly port: number };
}

/** Network facts of one cluster. */
export interface ClusterNetwork {
  /**
   * What lets a pod reach a host by name: Cilium's policies or those of GKE.
   * @default - nothing: destinations outside of the cluster need addresses
   */
  readonly hostNames?: HostNamePolicies;
  /**
   * Addresses of the API server as pods reach it, behind its Service: `10.1.0.2/32`.
   * @default - unknown: a workload with permissions is refused, because its policy could not let it through
   */
  readonly apiServer?: readonly string[];
  /**
   * Port of the API server behind its Service.
   * @default 6443
   */
  readonly apiServerPort?: number;
  /**
   * Where backends of resources are reached, by kind of the resource, such as `PostgresInstance`.
   * @default - the pods that the backend says fulfil a request, where it says so
   */
  readonly backends?: Readonly<Record<string, BackendNetwork>>;
}

/** Policies that allow host names. */
export type HostNamePolicies = 'cilium' | 'gke';

/** Where a backend is reached: addresses, a host name that may begin with `*.`, or pods of an operator. */
export type BackendNetwork = { readonly cidrs: readonly string[] } | { readonly host: string } | PlatformPods;

const settingKeys = ['enforce', 'reason', 'dns', 'gateway', 'ingressController', 'scraper', 'collector'];
const clusterKeys = ['hostNames', 'apiServer', 'apiServerPort', 'backends'];
const dnsForms = ['kube-dns', 'node-local', 'openshift'];

/** Everything that is wrong with the network settings of a platform. */
export function networkSettingsProblems(settings: unknown): string[] {
  if (!isRecord(settings)) return [`network ${show(settings)} is no record`];
  const problems = unknownKeyProblems('network', settings, settingKeys);
  if (settings.enforce === false && (typeof settings.reason !== 'string' || settings.reason.trim() === '')) {
    problems.push('network.enforce is off without a reason; write down why in network.reason');
  }
  if (settings.dns !== undefined && !dnsForms.includes(settings.dns as string)) {
    problems.push(`network.dns ${show(settings.dns)} is unknown; use ${oneOf(dnsForms)}`);
  }
  for (const key of ['gateway', 'ingressController', 'scraper', 'collector']) {
    if (settings[key] !== undefined) problems.push(...podsProblems(`network.${key}`, settings[key]));
  }
  if (isRecord(settings.collector) && !isPort(settings.collector.port)) {
    problems.push(
      `network.collector.port ${show(settings.collector.port)} is no port; use a whole number from 1 to 65535`,
    );
  }
  return problems;
}

/** Everything that is wrong with the network facts of a cluster. */
export function clusterNetworkProblems(what: string, network: unknown): string[] {
  if (!isRecord(network)) return [`${what} ${show(network)} is no mapping; write hostNames, apiServer or backends`];
  const problems = unknownKeyProblems(what, network, clusterKeys);
  if (network.hostNames !== undefined && network.hostNames !== 'cilium' && network.hostNames !== 'gke') {
    problems.push(`${what}.hostNames ${show(network.hostNames)} is unknown; use cilium or gke, or leave it out`);
  }
  if (network.apiServer !== undefined) problems.push(...cidrsProblems(`${what}.apiServer`, network.apiServer));
  if (network.apiServerPort !== undefined && !isPort(network.apiServerPort)) {
    problems.push(
      `${what}.apiServerPort ${show(network.apiServerPort)} is no port; use a whole number from 1 to 65535`,
    );
  }
  if (network.backends !== undefined && !isRecord(network.backends)) {
    problems.push(`${what}.backends ${show(network.backends)} is no mapping; write where each backend is reached`);
  }
  for (const [name, backend] of Object.entries(isRecord(network.backends) ? network.backends : {})) {
    problems.push(...backendProblems(`${what}.backends.${name}`, backend));
  }
  return problems;
}

function backendProblems(what: string, backend: unknown): string[] {
  if (isRecord(backend) && 'cidrs' in backend) return cidrsProblems(`${what}.cidrs`, backend.cidrs);
  if (isRecord(backend) && 'host' in backend) {
    return /^(\*\.)?[a-z0-9.-]+$/.test(String(backend.host))
      ? []
      : [`${what}.host ${show(backend.host)} is no host name; it may begin with "*."`];
  }
  if (isRecord(backend) && 'namespace' in backend) return podsProblems(what, backend);
  return [`${what} ${show(backend)} says no place; write cidrs, host, or namespace and podLabels`];
}

function podsProblems(what: string, pods: unknown): string[] {
  if (!isRecord(pods)) return [`${what} ${show(pods)} is no record; write its namespace`];
  const problem = nameProblem(`${what}.namespace`, pods.namespace);
  const labels = pods.podLabels === undefined || isRecord(pods.podLabels);
  return [
    ...(problem === undefined ? [] : [problem]),
    ...(labels ? [] : [`${what}.podLabels ${show(pods.podLabels)} is no record of labels`]),
  ];
}

function cidrsProblems(what: string, cidrs: unknown): string[] {
  if (!Array.isArray(cidrs) || cidrs.length === 0) {
    return [`${what} ${show(cidrs)} is no list of address blocks; write them like ["10.1.0.0/16"]`];
  }
  return cidrs.flatMap((cidr) => cidrProblem(what, cidr) ?? []);
}
