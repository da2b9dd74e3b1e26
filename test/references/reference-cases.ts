import type { PlainObject } from '../../src/platform/placed-object';
import { type External, referenceProblems } from '../../src/references/references';
import { placed } from './reference-objects';

/** What a rule accepts, what it refuses for one reason, what the refusal says, and what is external to both. */
export type Case = readonly [
  rule: string,
  good: readonly PlainObject[],
  broken: readonly PlainObject[],
  message: RegExp,
  external?: readonly External[],
];

export function problemsOf(objects: readonly PlainObject[], external: readonly External[] = []) {
  return referenceProblems(placed(objects), external);
}

/** Tests each case: nothing is found in the good one, one problem in the broken one. */
export function holds(cases: readonly Case[]): void {
  const named = cases.map(([rule, good, broken, message, external = []]) => ({
    rule,
    good,
    broken,
    message,
    external,
  }));
  test.each(named)('$rule', ({ good, broken, message, external }) => {
    expect(problemsOf(good, external)).toEqual([]);
    const problems = problemsOf(broken, external);
    expect(problems).toHaveLength(1);
    expect(problems[0].message).toMatch(message);
  });
}
