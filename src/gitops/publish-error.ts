/**
 * Why nothing was published:
 * - `invalid`: an address, a branch or a message that git must not be given
 * - `unreachable`: no repository answers there, or it does not let us in
 * - `no-branch`: the repository has no such branch
 * - `tree`: something in the repository stands in the way
 * - `newer`: a newer version of the library rendered what is there
 * - `refused`: the repository does not take the commit
 * - `busy`: others published each time before we could
 * - `declined`: whoever was asked did not agree
 * - `setup`: git is missing, or does not know who commits
 */
export type PublishReason =
  | 'invalid'
  | 'unreachable'
  | 'no-branch'
  | 'tree'
  | 'newer'
  | 'refused'
  | 'busy'
  | 'declined'
  | 'setup';

/** Nothing was published. Unless the message says otherwise, the repository is as it was. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly reason: PublishReason;

  /** Each thing that is wrong, with what to change. */
  readonly problems: readonly string[];

  constructor(reason: PublishReason, problems: readonly string[]) {
    super(problems.join('\n'));
    this.reason = reason;
    this.problems = problems;
  }
}
