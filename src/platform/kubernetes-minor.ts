/** The Kubernetes minors that rendered objects are checked for, oldest first. */
export const kubernetesMinors = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'] as const;

/** A Kubernetes minor version, like `'1.34'`. */
export type KubernetesMinor = (typeof kubernetesMinors)[number];

/** What a cluster runs when its topology does not say: the oldest supported minor, whose objects apply on every later one. */
export const oldestKubernetesMinor: KubernetesMinor = kubernetesMinors[0];
