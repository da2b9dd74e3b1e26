import { checkTree } from '../app/check-tree';
import type { Problem } from '../platform/golden-error';
import { problemsOf } from './load-app';
import { say } from './say';

/** What `check` can be told about trees. */
export interface CheckTreeOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Checks whole trees and prints what was found. @returns the exit code: 1 when anything is wrong */
export function checkTrees(roots: readonly string[], { json, debug }: CheckTreeOptions): number {
  const problems: Problem[] = [];
  for (const root of roots) {
    try {
      const check = checkTree(root);
      problems.push(...check.problems);
      if (json) console.log(JSON.stringify({ tree: root, ...check }, undefined, 2));
      else {
        const { folders, objects, services } = check.counted;
        const verdict = check.problems.length === 0 ? 'valid' : `${check.problems.length} problems`;
        console.log(`${root}: ${folders} app folders, ${objects} objects, ${services} services, ${verdict}`);
        say('warning', check.warnings);
        say('error', check.problems);
      }
    } catch (error) {
      const found = problemsOf(error, root, debug);
      problems.push(...found);
      say('error', found);
    }
  }
  return problems.length > 0 ? 1 : 0;
}
