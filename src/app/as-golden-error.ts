import { TreeError } from '../gitops/tree-error';
import { GoldenError } from '../platform/golden-error';

/** Does something to a tree; what stands against it becomes an error of the library, placed at `path`. */
export function asGoldenError<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    throw new GoldenError(error.problems.map((message) => ({ path, message })));
  }
}
