import type { AwsCluster } from './aws-cluster';

/** What compositions on AWS are made with. */
export interface AwsOptions {
  /** Facts about the cluster that they are installed in. */
  readonly cluster: AwsCluster;
  /**
   * Prefix of the platform's own label keys, from which tags are read.
   * @default 'golden-path.local'
   */
  readonly labelPrefix?: string;
}
