import { type IpBlock, inBlock, isCidr, isPartOf } from './ip-block';
import { checkSelector, type LabelSelector, selects } from './label-selector';
import { namespaceOf, type PolicyObject, type PolicySemantics, refuseOtherKeys, unusable } from './policy-object';
import { type Direction, type Endpoint, isPod, namespaceLabels, type Protocol, type Traffic } from './world';

interface Spec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
}

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: IpBlock;
}

interface Port {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: Protocol;
}

/**
 * NetworkPolicy of networking.k8s.io/v1, from its API documentation and the "Network Policies" page. Not modelled: the
 * traffic between a pod and its own node, which is always allowed, and the replies to an allowed connection, which are too.
 */
export const networkPolicy: PolicySemantics = {
  check: checkNetworkPolicy,
  applies: (policy, pod) =>
    pod.namespace === namespaceOf(policy) && selects(specOf(policy).podSelector ?? {}, pod.labels),
  isolates: (policy, direction) => policyTypes(specOf(policy)).includes(direction),
  admits: (policy, traffic, direction) =>
    // Rules of a direction that the policy is not about say nothing.
    networkPolicy.isolates(policy, direction) &&
    rulesOf(specOf(policy), direction).some(
      (rule) =>
        matchesPort(rule.ports ?? [], traffic) &&
        matchesPeer(policy, rule, direction === 'Ingress' ? traffic.from : traffic.to, traffic),
    ),
};

function specOf(policy: PolicyObject): Spec {
  return (policy.spec ?? {}) as Spec;
}

function rulesOf(spec: Spec, direction: Direction): readonly Rule[] {
  return (direction === 'Ingress' ? spec.ingress : spec.egress) ?? [];
}

/**
 * What a policy isolates: as written, else ingress always and egress where there are egress rules. An empty list of
 * rules counts as none, since the API server does not keep one.
 */
export function policyTypes({ policyTypes: written = [], egress = [] }: Spec): readonly string[] {
  if (written.length > 0) return written;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function peersOf(rule: Rule): readonly Peer[] {
  return rule.from ?? rule.to ?? [];
}

function matchesPeer(policy: PolicyObject, rule: Rule, endpoint: Endpoint, { world }: Traffic): boolean {
  const peers = peersOf(rule);
  // No peers, missing or empty, is no restriction, within the cluster or outside of it.
  if (peers.length === 0) return true;
  return peers.some(({ ipBlock, podSelector, namespaceSelector }) => {
    if (ipBlock !== undefined) {
      return (!isPod(endpoint) || world.ipBlocksHoldPods !== false) && inBlock(endpoint.ip, ipBlock);
    }
    if (!isPod(endpoint)) return false;
    const inNamespace =
      namespaceSelector === undefined
        ? endpoint.namespace === namespaceOf(policy)
        : selects(namespaceSelector, namespaceLabels(world, endpoint.namespace));
    return inNamespace && selects(podSelector ?? {}, endpoint.labels);
  });
}

function matchesPort(ports: readonly Port[], { to, port, protocol }: Traffic): boolean {
  if (ports.length === 0) return true;
  return ports.some((allowed) => {
    if ((allowed.protocol ?? 'TCP') !== protocol) return false;
    if (allowed.port === undefined) return true;
    if (typeof allowed.port === 'number') return allowed.port <= port && port <= (allowed.endPort ?? allowed.port);
    // A name stands for what the receiving pod calls so; an address outside of the cluster calls nothing by name.
    return isPod(to) && to.ports.some((own) => own.name === allowed.port && isSame(own, port, protocol));
  });
}

function isSame(own: { port: number; protocol?: Protocol }, port: number, protocol: Protocol): boolean {
  return own.port === port && (own.protocol ?? 'TCP') === protocol;
}

function checkNetworkPolicy(policy: PolicyObject): void {
  const spec = specOf(policy);
  refuseOtherKeys(policy, spec, ['podSelector', 'policyTypes', 'ingress', 'egress'], 'spec');
  checkSelector(policy, spec.podSelector ?? {}, 'podSelector');
  for (const type of spec.policyTypes ?? []) {
    if (type !== 'Ingress' && type !== 'Egress') throw unusable(policy, `policyTypes has ${type}`);
  }
  for (const rule of spec.ingress ?? []) {
    refuseOtherKeys(policy, rule, ['from', 'ports'], 'an ingress rule');
    checkRule(policy, rule);
  }
  for (const rule of spec.egress ?? []) {
    refuseOtherKeys(policy, rule, ['to', 'ports'], 'an egress rule');
    checkRule(policy, rule);
  }
}

function checkRule(policy: PolicyObject, rule: Rule): void {
  for (const peer of peersOf(rule)) {
    refuseOtherKeys(policy, peer, ['podSelector', 'namespaceSelector', 'ipBlock'], 'a peer');
    if (Object.keys(peer).length === 0) throw unusable(policy, 'a peer is empty; name pods, namespaces or an ipBlock');
    if (peer.ipBlock !== undefined) checkIpBlock(policy, peer.ipBlock, peer);
    checkSelector(policy, peer.podSelector ?? {}, 'podSelector of a peer');
    checkSelector(policy, peer.namespaceSelector ?? {}, 'namespaceSelector of a peer');
  }
  for (const port of rule.ports ?? []) {
    refuseOtherKeys(policy, port, ['port', 'endPort', 'protocol'], 'a port');
    checkPort(policy, port);
  }
}

function checkIpBlock(policy: PolicyObject, { cidr, except = [] }: IpBlock, peer: Peer): void {
  if (peer.podSelector !== undefined || peer.namespaceSelector !== undefined) {
    throw unusable(policy, `a peer has both ipBlock ${cidr} and a selector`);
  }
  const wrong = [cidr, ...except].find((block) => !isCidr(block)) ?? except.find((part) => !isPartOf(part, cidr));
  if (wrong !== undefined) throw unusable(policy, `${wrong} is no range of addresses, or not a part of ${cidr}`);
}

function checkPort(policy: PolicyObject, { port, endPort, protocol }: Port): void {
  if (!['TCP', 'UDP', 'SCTP', undefined].includes(protocol)) throw unusable(policy, `unknown protocol ${protocol}`);
  const named = typeof port === 'string';
  if (named ? !/[a-z]/.test(port) : port !== undefined && !(port >= 1 && port <= 65535)) {
    throw unusable(policy, `port ${JSON.stringify(port)} is neither a name nor a number from 1 to 65535`);
  }
  if (endPort !== undefined && !(typeof port === 'number' && port <= endPort && endPort <= 65535)) {
    throw unusable(policy, `endPort ${endPort} needs a port number that is not above it, got ${JSON.stringify(port)}`);
  }
}
