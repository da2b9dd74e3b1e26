import { checkSelector, type LabelSelector, selects } from './label-selector';
import { namespaceOf, type PolicyObject, type PolicySemantics, refuseOtherKeys, unusable } from './policy-object';
import { isPod, type Protocol, type Traffic } from './world';

interface Spec {
  readonly podSelector?: LabelSelector;
  readonly egress?: readonly Rule[];
}

interface Rule {
  readonly matches?: readonly Match[];
  readonly ports?: readonly { readonly port?: number; readonly protocol?: Protocol }[];
}

interface Match {
  readonly name?: string;
  readonly pattern?: string;
}

/**
 * FQDNNetworkPolicy of GKE (networking.gke.io/v1alpha1), from "Control Pod egress traffic using FQDN network policies":
 * egress only, denies what it doesn't name, adds up with NetworkPolicies, and reaches addresses outside of the cluster.
 */
export const fqdnNetworkPolicy: PolicySemantics = {
  check: checkFqdnNetworkPolicy,
  applies: (policy, pod) =>
    pod.namespace === namespaceOf(policy) && selects(specOf(policy).podSelector ?? {}, pod.labels),
  isolates: (_policy, direction) => direction === 'Egress',
  admits: (policy, traffic, direction) => {
    const { to } = traffic;
    return (
      direction === 'Egress' &&
      !isPod(to) &&
      (specOf(policy).egress ?? []).some((rule) => matchesHost(rule, to.hosts ?? []) && matchesPort(rule, traffic))
    );
  },
};

/**
 * Whether a host name fits a pattern. A `*` stands for characters of one label, so `*.example.org` is neither
 * `example.org` nor `a.b.example.org`. Cilium and GKE agree in this.
 */
export function fitsPattern(host: string, pattern: string): boolean {
  const expression = canonical(pattern).replaceAll('.', '[.]').replaceAll('*', '[-a-z0-9_]*');
  return new RegExp(`^${expression}$`).test(canonical(host));
}

/** A host name as it is compared: case and a final period don't count. */
export function canonical(host: string): string {
  return host.toLowerCase().replace(/[.]$/, '');
}

function specOf(policy: PolicyObject): Spec {
  return (policy.spec ?? {}) as Spec;
}

function matchesHost({ matches = [] }: Rule, hosts: readonly string[]): boolean {
  return matches.some(({ name, pattern }) =>
    hosts.some((host) =>
      name === undefined ? fitsPattern(host, pattern as string) : canonical(host) === canonical(name),
    ),
  );
}

function matchesPort({ ports = [] }: Rule, { port, protocol }: Traffic): boolean {
  return ports.some((allowed) => allowed.port === port && (allowed.protocol ?? 'TCP') === protocol);
}

function checkFqdnNetworkPolicy(policy: PolicyObject): void {
  const spec = specOf(policy);
  refuseOtherKeys(policy, spec, ['podSelector', 'egress'], 'spec');
  checkSelector(policy, spec.podSelector ?? {}, 'podSelector');
  for (const rule of spec.egress ?? []) {
    refuseOtherKeys(policy, rule, ['matches', 'ports'], 'an egress rule');
    for (const match of rule.matches ?? []) {
      refuseOtherKeys(policy, match, ['name', 'pattern'], 'a match');
      if (Object.keys(match).length !== 1) throw unusable(policy, 'a match has to have either a name or a pattern');
      checkPattern(policy, match.name ?? '', match.pattern ?? '');
    }
    for (const port of rule.ports ?? []) {
      refuseOtherKeys(policy, port, ['port', 'protocol'], 'a port');
    }
    // What a rule without ports allows is not documented.
    if ((rule.ports ?? []).some(({ port }) => port === undefined) || (rule.ports ?? []).length === 0) {
      throw unusable(policy, 'an egress rule names no port');
    }
  }
}

/** @throws Error for a name with a wildcard, and for a pattern with more than characters of host names and single `*` */
export function checkPattern(policy: PolicyObject, name: string, pattern: string): void {
  if (!/^[-\w.]*$/.test(name)) throw unusable(policy, `${name} is no host name`);
  if (!/^[-\w.*]*$/.test(pattern) || pattern.includes('**')) throw unusable(policy, `${pattern} is not understood`);
}
