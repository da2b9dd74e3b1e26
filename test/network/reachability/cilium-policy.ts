import { canonical, checkPattern, fitsPattern } from './fqdn-policy';
import { checkSelector, type LabelSelector, selects } from './label-selector';
import { namespaceOf, type PolicyObject, type PolicySemantics, refuseOtherKeys, unusable } from './policy-object';
import { type Endpoint, isPod, type Labels, namespaceLabels, type Traffic, type World, type WorldPod } from './world';

interface Spec {
  readonly description?: string;
  readonly endpointSelector?: LabelSelector;
  readonly enableDefaultDeny?: { readonly egress?: boolean };
  readonly egress?: readonly Rule[];
}

interface Rule {
  readonly toFQDNs?: readonly Host[];
  readonly toEndpoints?: readonly LabelSelector[];
  readonly toPorts?: readonly PortRule[];
}

interface Host {
  readonly matchName?: string;
  readonly matchPattern?: string;
}

interface PortRule {
  readonly ports?: readonly { readonly port: string; readonly endPort?: number; readonly protocol?: string }[];
  readonly rules?: { readonly dns?: readonly Host[] };
}

const namespaceKey = 'io.kubernetes.pod.namespace';
const namespaceLabelPrefix = 'io.cilium.k8s.namespace.labels.';

/**
 * CiliumNetworkPolicy of cilium.io/v2 as far as it takes egress to host names, from the Cilium documentation ("Layer 3
 * Policies", "Layer 4 Policies", "DNS Policy and IP Discovery"): `toFQDNs` or `toEndpoints`, with `toPorts`. Anything
 * else in it is refused.
 */
export const ciliumNetworkPolicy: PolicySemantics = {
  check: checkCiliumNetworkPolicy,
  applies: (policy, pod, world) =>
    pod.namespace === namespaceOf(policy) && selectsEndpoint(policy, specOf(policy).endpointSelector ?? {}, pod, world),
  isolates: (policy, direction) => {
    const { egress = [], enableDefaultDeny } = specOf(policy);
    // An empty rule matches nothing and still isolates; no rule at all doesn't.
    return direction === 'Egress' && egress.length > 0 && enableDefaultDeny?.egress !== false;
  },
  admits: (policy, traffic, direction, applied) =>
    direction === 'Egress' &&
    (specOf(policy).egress ?? []).some(
      (rule) => matchesPort(rule.toPorts ?? [], traffic) && matchesTo(policy, rule, traffic, applied),
    ),
};

function specOf(policy: PolicyObject): Spec {
  return (policy.spec ?? {}) as Spec;
}

/** Selectors of a policy hold pods of its own namespace, unless they name another. */
function selectsEndpoint(policy: PolicyObject, selector: LabelSelector, pod: WorldPod, world: World): boolean {
  const bare = withoutSources(selector);
  const keys = [...Object.keys(bare.matchLabels), ...bare.matchExpressions.map(({ key }) => key)];
  const namesNamespace = keys.some((key) => key === namespaceKey || key.startsWith(namespaceLabelPrefix));
  const inReach = namesNamespace || pod.namespace === namespaceOf(policy);
  return inReach && selects(bare, ciliumLabels(world, pod));
}

/** The labels by which Cilium knows a pod: its own, its namespace's name and its namespace's labels. */
function ciliumLabels(world: World, pod: WorldPod): Labels {
  const ofNamespace = Object.entries(namespaceLabels(world, pod.namespace));
  return {
    ...pod.labels,
    [namespaceKey]: pod.namespace,
    ...Object.fromEntries(ofNamespace.map(([key, value]) => [`${namespaceLabelPrefix}${key}`, value])),
  };
}

/** A selector without `k8s:` and `any:`, which say where a label comes from. */
function withoutSources({ matchLabels = {}, matchExpressions = [] }: LabelSelector) {
  const bare = (key: string) => key.replace(/^(k8s|any):/, '');
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [bare(key), value])),
    matchExpressions: matchExpressions.map((requirement) => ({ ...requirement, key: bare(requirement.key) })),
  };
}

function matchesTo(policy: PolicyObject, rule: Rule, traffic: Traffic, applied: readonly PolicyObject[]): boolean {
  const { to, world } = traffic;
  if (rule.toFQDNs !== undefined) {
    return hostsOf(to).some((host) => rule.toFQDNs?.some((allowed) => fits(host, allowed)) && isLearned(host, applied));
  }
  if (rule.toEndpoints !== undefined) {
    return isPod(to) && rule.toEndpoints.some((selector) => selectsEndpoint(policy, selector, to, world));
  }
  return rule.toPorts !== undefined;
}

function hostsOf(to: Endpoint): readonly string[] {
  return isPod(to) ? [] : (to.hosts ?? []);
}

function fits(host: string, { matchName, matchPattern }: Host): boolean {
  if (matchName !== undefined) return canonical(host) === canonical(matchName);
  return matchPattern === '*' || fitsPattern(host, matchPattern as string);
}

/** Cilium learns the addresses of a name from the answers that its DNS proxy sees, thus only where a DNS rule leads to it. */
function isLearned(host: string, applied: readonly PolicyObject[]): boolean {
  return applied
    .filter(({ kind }) => kind === 'CiliumNetworkPolicy')
    .flatMap((policy) => specOf(policy).egress ?? [])
    .flatMap(({ toPorts = [] }) => toPorts)
    .flatMap(({ rules }) => rules?.dns ?? [])
    .some((name) => fits(host, name));
}

function matchesPort(portRules: readonly PortRule[], { port, protocol }: Traffic): boolean {
  if (portRules.length === 0) return true;
  return portRules
    .flatMap(({ ports = [] }) => ports)
    .some((allowed) => {
      const first = Number(allowed.port);
      const anyProtocol = allowed.protocol === undefined || allowed.protocol === 'ANY';
      return (anyProtocol || allowed.protocol === protocol) && first <= port && port <= (allowed.endPort ?? first);
    });
}

function checkCiliumNetworkPolicy(policy: PolicyObject): void {
  const spec = specOf(policy);
  refuseOtherKeys(policy, spec, ['description', 'endpointSelector', 'enableDefaultDeny', 'egress'], 'spec');
  checkEndpointSelector(policy, spec.endpointSelector ?? {});
  for (const rule of spec.egress ?? []) {
    refuseOtherKeys(policy, rule, ['toFQDNs', 'toEndpoints', 'toPorts'], 'an egress rule');
    if (rule.toFQDNs !== undefined && rule.toEndpoints !== undefined) {
      throw unusable(policy, 'an egress rule has both toFQDNs and toEndpoints');
    }
    for (const list of [rule.toFQDNs, rule.toEndpoints, rule.toPorts]) {
      if (list?.length === 0) throw unusable(policy, 'an egress rule has an empty list, which selects nothing');
    }
    checkHosts(policy, rule.toFQDNs ?? []);
    for (const selector of rule.toEndpoints ?? []) checkEndpointSelector(policy, selector);
    for (const portRule of rule.toPorts ?? []) checkPortRule(policy, portRule);
  }
}

function checkEndpointSelector(policy: PolicyObject, selector: LabelSelector): void {
  checkSelector(policy, selector, 'a selector');
  const { matchLabels, matchExpressions } = withoutSources(selector);
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const other = keys.find((key) => key.includes(':'));
  if (other !== undefined) throw unusable(policy, `a selector asks for ${other}; understood are k8s: and any:`);
}

function checkHosts(policy: PolicyObject, hosts: readonly Host[]): void {
  for (const host of hosts) {
    refuseOtherKeys(policy, host, ['matchName', 'matchPattern'], 'a host');
    if (Object.keys(host).length !== 1) throw unusable(policy, 'a host has either matchName or matchPattern');
    checkPattern(policy, host.matchName ?? '', host.matchPattern ?? '');
  }
}

function checkPortRule(policy: PolicyObject, portRule: PortRule): void {
  refuseOtherKeys(policy, portRule, ['ports', 'rules'], 'toPorts');
  refuseOtherKeys(policy, portRule.rules ?? {}, ['dns'], 'rules of toPorts');
  checkHosts(policy, portRule.rules?.dns ?? []);
  const ports = portRule.ports ?? [];
  for (const { port, protocol = 'ANY' } of ports) {
    if (!/^[1-9]\d*$/.test(port)) throw unusable(policy, `port ${JSON.stringify(port)} is not a number in quotes`);
    if (!['TCP', 'UDP', 'SCTP', 'ANY'].includes(protocol)) throw unusable(policy, `unknown protocol ${protocol}`);
  }
  if (ports.length === 0) throw unusable(policy, 'toPorts names no port');
  if (portRule.rules !== undefined && !ports.some(({ port }) => port === '53')) {
    throw unusable(policy, 'DNS rules are understood on port 53 alone');
  }
}
