import { isNewerProblem } from '../gitops/newer-version';
import { asTreeError, TreeError } from '../gitops/tree-error';
import { GoldenError, type Problem } from '../platform/golden-error';

/** Does something to a tree; what stands against it becomes an error of the library, placed at `path`. */
export function asGoldenError<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const known = asTreeError(path, error, 'nothing was changed');
    if (!(known instanceof TreeError)) throw error;
    throw new GoldenError(treeProblems(path, known.problems));
  }
}

/** What stands in the way of a write to a tree. */
export function treeProblems(path: string, problems: readonly string[]): Problem[] {
  return problems.map((message) => ({ path, message, cause: isNewerProblem(message) ? 'newer' : 'tree' }));
}
