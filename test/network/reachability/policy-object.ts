import type { Direction, Traffic, World, WorldPod } from './world';

/** A policy as it is read from YAML or JSON. */
export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
}

/** What the policies of one kind mean. */
export interface PolicySemantics {
  /**
   * Refuses a policy that the API server would refuse, or that says more than is understood here: a verdict on either
   * would be a guess.
   * @throws Error that names the policy and the field
   */
  check(policy: PolicyObject): void;
  /** Whether the policy applies to a pod. */
  applies(policy: PolicyObject, pod: WorldPod, world: World): boolean;
  /** Whether the policy takes the pods that it applies to out of "everything is allowed" in this direction. */
  isolates(policy: PolicyObject, direction: Direction): boolean;
  /**
   * Whether one of its rules for this direction matches.
   * @param policy one that applies to the pod at this end of the traffic
   * @param applied all policies that apply to that pod
   */
  admits(policy: PolicyObject, traffic: Traffic, direction: Direction, applied: readonly PolicyObject[]): boolean;
}

/** The namespace that a policy is in. */
export function namespaceOf(policy: PolicyObject): string {
  return policy.metadata.namespace ?? 'default';
}

/** The error for a policy that has no verdict. */
export function unusable(policy: PolicyObject, what: string): Error {
  return new Error(`${policy.kind} ${namespaceOf(policy)}/${policy.metadata.name}: ${what}`);
}

/** @throws Error for a key that is not among the known ones, since a mistyped `from` would read as "from everywhere" */
export function refuseOtherKeys(policy: PolicyObject, object: object, known: readonly string[], where: string): void {
  const other = Object.keys(object).filter((key) => !known.includes(key));
  if (other.length > 0) {
    throw unusable(policy, `${where} has ${other.join(', ')}; understood are ${known.join(', ')}`);
  }
}
