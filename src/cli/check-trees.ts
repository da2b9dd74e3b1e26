import { checkTree, type TreeCheck } from '../app/check-tree';
import type { Problem } from '../platform/golden-error';
import { printable } from '../platform/printable';
import type { JudgedTree } from './judge-tree';
import { problemsOf } from './load-app';
import { say, sayFailed } from './say';

/** What `check` can be told about trees. */
export interface CheckTreeOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
}

/**
 * Checks whole trees and prints what was found.
 *
 * @param judge holds the objects of a tree against rules
 * @returns the exit code: 1 when anything is wrong
 */
export function checkTrees(
  roots: readonly string[],
  { json, debug }: CheckTreeOptions,
  judge?: (root: string, objects: TreeCheck['objects']) => JudgedTree,
): number {
  let failed = false;
  for (const root of roots) {
    try {
      const { objects, ...check } = checkTree(root);
      const judged = judge?.(root, objects);
      const problems: Problem[] = [...check.problems, ...(judged?.problems ?? [])];
      const warnings: Problem[] = [...check.warnings, ...(judged?.warnings ?? [])];
      failed ||= problems.length > 0 || judged?.denied === true;
      if (json) {
        const findings = judged?.findings === undefined ? {} : { findings: judged.findings };
        console.log(JSON.stringify({ tree: root, ...check, problems, warnings, ...findings }, undefined, 2));
        continue;
      }
      const { folders, objects: number, services } = check.counted;
      const problem =
        problems.length === 0 ? 'valid' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
      const verdict = judged?.verdict === undefined ? problem : `${problem}, rules: ${judged.verdict}`;
      console.log(`${printable(root)}: ${folders} app folders, ${number} objects, ${services} services, ${verdict}`);
      if (judged?.text) console.error(`${judged.text}\n`);
      say('warning', warnings);
      say('error', problems);
    } catch (error) {
      failed = true;
      sayFailed(problemsOf(error, root, debug), json, { tree: root });
    }
  }
  return failed ? 1 : 0;
}
