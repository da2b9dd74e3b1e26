import type { Problem } from '../platform/golden-error';

/**
 * Why a cluster was not read:
 * - `setup`: kubectl is missing, or what it answers is not understood
 * - `context`: no context is named for a cluster, or kubectl has none of that name
 * - `unreachable`: no API server answers there, or it does not let us in
 * - `forbidden`: the account of the context may not do what a comparison takes
 * - `unserved`: the cluster lacks kinds that are rendered
 */
export type ClusterReason = 'setup' | 'context' | 'unreachable' | 'forbidden' | 'unserved';

/** Clusters were not read. Nothing was changed in any of them. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly reason: ClusterReason;

  /** Each thing that is wrong, at its environment and cluster, with what to change. */
  readonly problems: readonly Problem[];

  constructor(reason: ClusterReason, problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => `[${path}] ${message}`).join('\n'));
    this.reason = reason;
    this.problems = problems;
  }
}
