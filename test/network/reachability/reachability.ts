import { ciliumNetworkPolicy } from './cilium-policy';
import { fqdnNetworkPolicy } from './fqdn-policy';
import { networkPolicy } from './network-policy';
import type { PolicyObject, PolicySemantics } from './policy-object';
import {
  type Direction,
  type Endpoint,
  isPod,
  nameOf,
  type PortProtocol,
  type Traffic,
  type World,
  type WorldPod,
} from './world';

const semantics: Readonly<Record<string, PolicySemantics>> = {
  'networking.k8s.io/v1 NetworkPolicy': networkPolicy,
  'cilium.io/v2 CiliumNetworkPolicy': ciliumNetworkPolicy,
  'networking.gke.io/v1alpha1 FQDNNetworkPolicy': fqdnNetworkPolicy,
};

/** What policies do to a pod. */
interface Standing {
  readonly applied: readonly PolicyObject[];
  readonly isolated: Readonly<Record<Direction, boolean>>;
}

/** Answers who may reach whom in one world under one set of policies. */
export class Reachability {
  private readonly world: World;
  private readonly policies: readonly PolicyObject[];
  private readonly standings = new Map<WorldPod, Standing>();

  /** @throws Error when a policy is of an unknown kind, would be refused by the API server, or is not understood */
  constructor(world: World, policies: readonly PolicyObject[]) {
    this.world = world;
    this.policies = policies;
    for (const policy of policies) {
      semanticsOf(policy).check(policy);
    }
  }

  /**
   * Whether a connection may be opened: both ends have to allow it, and a pod always reaches itself.
   * @throws Error when neither end is a pod
   */
  allowed(from: Endpoint, to: Endpoint, { port, protocol }: PortProtocol): boolean {
    if (!isPod(from) && !isPod(to)) {
      throw new Error(`no policy decides between ${nameOf(from)} and ${nameOf(to)}, which are both outside`);
    }
    // "Network Policies": a pod can't block access to itself.
    if (isPod(from) && isPod(to) && nameOf(from) === nameOf(to)) return true;
    const traffic = { world: this.world, from, to, port, protocol };
    return (
      (!isPod(from) || this.allows(from, 'Egress', traffic)) && (!isPod(to) || this.allows(to, 'Ingress', traffic))
    );
  }

  private allows(pod: WorldPod, direction: Direction, traffic: Traffic): boolean {
    const { applied, isolated } = this.standingOf(pod);
    return (
      !isolated[direction] || applied.some((policy) => semanticsOf(policy).admits(policy, traffic, direction, applied))
    );
  }

  private standingOf(pod: WorldPod): Standing {
    const known = this.standings.get(pod);
    if (known !== undefined) return known;
    const applied = this.policies.filter((policy) => semanticsOf(policy).applies(policy, pod, this.world));
    const isolates = (direction: Direction) =>
      applied.some((policy) => semanticsOf(policy).isolates(policy, direction));
    const standing = { applied, isolated: { Ingress: isolates('Ingress'), Egress: isolates('Egress') } };
    this.standings.set(pod, standing);
    return standing;
  }
}

function semanticsOf({ apiVersion, kind }: PolicyObject): PolicySemantics {
  const found = semantics[`${apiVersion} ${kind}`];
  if (found === undefined) {
    throw new Error(`${apiVersion} ${kind} is not understood; understood are ${Object.keys(semantics).join(', ')}`);
  }
  return found;
}
