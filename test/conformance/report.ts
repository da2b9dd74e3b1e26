/** What a check found: numbers that say what was looked at, and what is wrong. */
export interface Finding {
  /** What was looked at, e.g. `212 objects`. */
  readonly counted: string;
  readonly problems: readonly string[];
}

const shownProblems = 30;

/** Prints one line a check as it ends, and at the end what was not run and the one line that counts. */
export class Report {
  private passed = 0;
  private failed = 0;
  private readonly notRun: string[] = [];

  constructor(private readonly print: (line: string) => void = console.log) {}

  /** Runs a check and prints its line; an error thrown by it is a problem like any other. */
  async check(name: string, run: () => Promise<Finding>): Promise<boolean> {
    const started = performance.now();
    const { counted, problems } = await run().catch((error: Error) => ({ counted: '', problems: [error.message] }));
    const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    const numbers = [counted, problems.length > 0 ? `${problems.length} problems` : '', took]
      .filter(Boolean)
      .join(', ');
    this.print(`${problems.length === 0 ? '✓' : '✗'} ${name} (${numbers})`);
    for (const problem of problems.slice(0, shownProblems)) {
      this.print(`    ${problem.replaceAll('\n', '\n    ')}`);
    }
    if (problems.length > shownProblems) {
      this.print(`    and ${problems.length - shownProblems} more`);
    }
    if (problems.length === 0) {
      this.passed += 1;
    } else {
      this.failed += 1;
    }
    return problems.length === 0;
  }

  /** Says something that is neither good nor bad. */
  note(line: string): void {
    this.print(`· ${line}`);
  }

  /** A check that was left out, and why. */
  skip(name: string, reason: string): void {
    this.notRun.push(`not run: ${name} (${reason})`);
  }

  /** Prints the end and returns the exit code. A run that proved nothing is no success unless it was asked for. */
  end(allowEmpty: boolean): number {
    for (const line of this.notRun) {
      this.print(line);
    }
    this.print(`${this.passed} passed, ${this.failed} failed`);
    return this.failed > 0 || (this.passed === 0 && !allowEmpty) ? 1 : 0;
  }
}
