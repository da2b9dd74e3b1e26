/** A transport protocol that policies know. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** Labels of a namespace or a pod. */
export type Labels = Readonly<Record<string, string>>;

/** The pods and addresses between which traffic is asked about. */
export interface World {
  readonly namespaces: readonly WorldNamespace[];
  readonly pods: readonly WorldPod[];
  readonly externals: readonly ExternalAddress[];
  /**
   * Whether an `ipBlock` also holds the pods whose address lies in it. The API names no exception for pods, and the
   * conformance tests of Kubernetes reach pods by their address; Cilium leaves pods out. Policies that mean the same
   * everywhere give the same matrix under both readings.
   * @default true
   */
  readonly ipBlocksHoldPods?: boolean;
}

/** A namespace; `kubernetes.io/metadata.name` is added to its labels, as the API server does. */
export interface WorldNamespace {
  readonly name: string;
  /** @default - the name label alone */
  readonly labels?: Labels;
}

/** A pod on the pod network; host-network pods are outside of what the specification defines. */
export interface WorldPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ip: string;
  /** Ports that its containers declare; a pod may be asked about any other port too. */
  readonly ports: readonly ContainerPort[];
}

/** A port that a container declares. */
export interface ContainerPort {
  /** @default - policies can't name it */
  readonly name?: string;
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: Protocol;
}

/** An address outside of the cluster. */
export interface ExternalAddress {
  readonly name: string;
  readonly ip: string;
  /**
   * DNS names that resolve to it.
   * @default - none
   */
  readonly hosts?: readonly string[];
}

/** One end of a connection. */
export type Endpoint = WorldPod | ExternalAddress;

/** A destination port as the receiver sees it, after a Service has translated its own. */
export interface PortProtocol {
  readonly port: number;
  readonly protocol: Protocol;
}

/** An attempt to open a connection. */
export interface Traffic extends PortProtocol {
  readonly world: World;
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** Which end of a connection a policy speaks about. */
export type Direction = 'Ingress' | 'Egress';

export function isPod(endpoint: Endpoint): endpoint is WorldPod {
  return 'namespace' in endpoint;
}

/** `namespace/name` of a pod, the name of an external address. */
export function nameOf(endpoint: Endpoint): string {
  return isPod(endpoint) ? `${endpoint.namespace}/${endpoint.name}` : endpoint.name;
}

const labelsOfNamespaces = new WeakMap<WorldNamespace, Labels>();

/**
 * The labels of a namespace, with the one that the API server adds.
 * @throws Error when the world has no such namespace
 */
export function namespaceLabels(world: World, name: string): Labels {
  const namespace = world.namespaces.find((candidate) => candidate.name === name);
  if (namespace === undefined) {
    const known = world.namespaces.map((candidate) => candidate.name).join(', ');
    throw new Error(`namespace ${name} is not in the world; known are ${known}`);
  }
  const known = labelsOfNamespaces.get(namespace);
  if (known !== undefined) return known;
  const labels = { ...namespace.labels, 'kubernetes.io/metadata.name': name };
  labelsOfNamespaces.set(namespace, labels);
  return labels;
}
