import type { OnpremCluster } from './onprem-cluster';

/** What compositions on premises are made with. */
export interface OnpremOptions {
  /** Facts about the cluster that they are installed in. */
  readonly cluster: OnpremCluster;
  /**
   * Prefix of the platform's own label keys, from which labels of pods are read.
   * @default 'golden-path.local'
   */
  readonly labelPrefix?: string;
}
