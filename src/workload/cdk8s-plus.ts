import type { LabelSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-29';

/** Loads cdk8s-plus only for those who use it: it takes 36 ms. */
function plus(): typeof import('cdk8s-plus-29') {
  return require('cdk8s-plus-29');
}

/** A selector of pods as cdk8s-plus takes it. */
export function plusPodSelector(selector: Readonly<Record<string, string>>): PodSelectorConfig {
  const labelSelector: LabelSelector = plus().LabelSelector.of({ labels: { ...selector } });
  return { labelSelector };
}

/** A peer of a network policy as cdk8s-plus takes it. */
export function plusNetworkPolicyPeer(selector: Readonly<Record<string, string>>): NetworkPolicyPeerConfig {
  return { podSelector: plusPodSelector(selector) };
}

/**
 * What a cdk8s-plus value renders to, as plain fields. cdk8s-plus wraps quantities and ports that may be a name in
 * objects of a class, which it opens only in its own objects.
 */
export function plainFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainFields);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype && 'value' in value) return plainFields(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plainFields(field)]));
}
