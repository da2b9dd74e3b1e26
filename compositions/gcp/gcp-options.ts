import type { GcpCluster } from './gcp-cluster';

/** What compositions on Google Cloud are made with. */
export interface GcpOptions {
  /** Facts about the cluster that they are installed in. */
  readonly cluster: GcpCluster;
  /**
   * Prefix of the platform's own label keys, from which labels of cloud resources are read.
   * @default 'golden-path.local'
   */
  readonly labelPrefix?: string;
}
