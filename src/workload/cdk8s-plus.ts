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
