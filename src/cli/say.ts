import type { Problem } from '../platform/golden-error';
import { printable, printableLines } from '../platform/printable';

/** Says what was found, under each path once. */
export function say(what: 'error' | 'warning', problems: readonly Problem[]): void {
  for (const path of new Set(problems.map((problem) => problem.path))) {
    console.error(`${what} in ${printable(path) || 'the app'}`);
    for (const { message } of problems.filter((problem) => problem.path === path)) {
      console.error(`  - ${printableLines(message, '    ')}`);
    }
  }
}

/**
 * Says why a command came to nothing: to a person, or to a machine as its report.
 *
 * @param rest what the report has besides, empty
 */
export function sayFailed(problems: readonly Problem[], json = false, rest: object = {}): void {
  if (json) console.log(JSON.stringify({ problems, ...rest }, undefined, 2));
  else say('error', problems);
}
