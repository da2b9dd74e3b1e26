import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { RunApp } from '../app/run';
import type { Problem } from '../platform/golden-error';
import type { Platform } from '../platform/platform';
import { datedException, type Expiries, expiries } from '../policy/exceptions/exception-expiry';
import type { Finding } from '../policy/finding';
import type { Guardrails } from '../policy/guardrails';
import { junit } from '../policy/report/junit';
import type { ReportedRule } from '../policy/report/reported-rule';
import { sarif } from '../policy/report/sarif';
import type { PolicyInForce } from '../policy/rollout';

/** What `check` can be told of reports and exceptions. */
export interface PolicyFlags {
  /** The time to hold exceptions against, in milliseconds since 1970. */
  readonly now?: number;
  /** The file that findings are written to as SARIF. */
  readonly sarif?: string;
  /** The file that findings are written to as JUnit. */
  readonly junit?: string;
}

/** What rules found in all that a check looks at, for reports to machines, and the exceptions of all platforms. */
export class CheckedPolicies {
  private readonly findings: Finding[] = [];
  private readonly rules = new Map<string, ReportedRule>();
  private readonly platforms = new Set<Platform>();

  constructor(private readonly flags: PolicyFlags) {}

  /** Whether anybody wants to know; the apps themselves have to be here then. */
  get isAsked(): boolean {
    const { now, sarif: toSarif, junit: toJunit } = this.flags;
    return now !== undefined || toSarif !== undefined || toJunit !== undefined;
  }

  /** Takes up what rules found. */
  add(findings: readonly Finding[], inForce: readonly PolicyInForce[]): void {
    this.findings.push(...findings);
    for (const { policy } of inForce) this.rules.set(policy.id, policy);
  }

  /** Takes up what the rules of apps found. @returns what their exceptions come to */
  addApps(apps: readonly RunApp[], problems: readonly Problem[]): Expiries {
    const of = (list: readonly Problem[], file?: string) =>
      list.flatMap(({ finding }) => (finding ? [{ file, ...(finding as Finding) }] : []));
    const findings = [...of(problems), ...apps.flatMap(({ file, synthesis }) => of(synthesis.warnings, file))];
    this.findings.push(...findings);
    for (const finding of findings) this.rules.set(finding.policy, { id: finding.policy, ...finding });
    for (const { app } of apps) {
      const { policies } = app.platform as { policies?: Partial<Guardrails> };
      for (const environment of app.environments) this.add([], policies?.inForce?.(app.platform, environment) ?? []);
    }
    const platforms = apps.map(({ app }) => app.platform);
    return this.addPlatforms(platforms);
  }

  /** What the exceptions of platforms come to, each platform once. */
  addPlatforms(platforms: readonly Platform[]): Expiries {
    const { now } = this.flags;
    const found = new Set(platforms.filter((platform) => !this.platforms.has(platform)));
    for (const platform of found) this.platforms.add(platform);
    if (now === undefined) return { problems: [], warnings: [] };
    const dated = [...found].map((platform) => (platform as { policies?: Partial<Guardrails> }).policies);
    const ends = dated.map((guardrails) => {
      const exceptions = guardrails?.exceptions ?? [];
      return expiries(
        exceptions.map((each) =>
          datedException(each, each.writtenAt === undefined ? 'policies' : relative(process.cwd(), each.writtenAt)),
        ),
        now,
        guardrails?.longestException,
      );
    });
    return { problems: ends.flatMap(({ problems }) => problems), warnings: ends.flatMap(({ warnings }) => warnings) };
  }

  /** Writes the reports that were asked for. */
  write(): void {
    const rules = [...this.rules.values()];
    if (this.flags.sarif !== undefined) writeReport(this.flags.sarif, sarif(this.findings, rules));
    if (this.flags.junit !== undefined) writeReport(this.flags.junit, junit(this.findings, rules));
  }
}

function writeReport(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
