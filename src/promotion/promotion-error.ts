/**
 * Why nothing was promoted or rolled back:
 * - `tree`: the repository does not hold what was asked for
 * - `source`: what the tree was rendered from is not to be had here
 * - `install`: the packages of the source can't be installed
 */
export type PromotionReason = 'tree' | 'source' | 'install';

/** Nothing was promoted or rolled back. */
export class PromotionError extends Error {
  override readonly name = 'PromotionError';
  readonly reason: PromotionReason;

  /** Each thing that is wrong, with what to change. */
  readonly problems: readonly string[];

  constructor(reason: PromotionReason, problems: readonly string[]) {
    super(problems.join('\n'));
    this.reason = reason;
    this.problems = problems;
  }
}
