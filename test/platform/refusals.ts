import { GoldenError, type Problem } from '../../src/platform/golden-error';

/** The problems that work is refused with; none when it is done. Any other error than a GoldenError is thrown on. */
export function refusedProblems(work: () => unknown): readonly Problem[] {
  try {
    work();
  } catch (error) {
    if (error instanceof GoldenError) return error.problems;
    throw error;
  }
  return [];
}

/** What work is refused with: one sentence each. */
export function refusals(work: () => unknown): string[] {
  return refusedProblems(work).map(({ message }) => message);
}
