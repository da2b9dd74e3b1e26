import type { Problem } from '../platform/golden-error';

/** Says what was found, under each path once. */
export function say(what: 'error' | 'warning', problems: readonly Problem[]): void {
  for (const path of new Set(problems.map((problem) => problem.path))) {
    console.error(`${what} in ${path || 'the app'}`);
    for (const { message } of problems.filter((problem) => problem.path === path)) console.error(`  - ${message}`);
  }
}
