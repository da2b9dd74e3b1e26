import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { GoldenError, type Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import { show, unknownKeyProblems } from '../platform/rule';
import { judgeDocuments } from '../policy/documents/judge-documents';
import { readDocuments } from '../policy/documents/read-documents';
import { type Finding, isDenied } from '../policy/finding';
import { chosenRules, oneEnvironment, type RuleFlags } from './chosen-rules';
import { problemsOf } from './load-app';
import { findingCounts } from './print-findings';

/** What `properties` of the plugin in `cdk8s.yaml` say: the same as the options of `golden check`. */
export interface GoldenValidationProps extends RuleFlags {
  /**
   * The environment whose rules count.
   * @default - the platform's only one
   */
  readonly environment?: string;
}

/** As much of the context of cdk8s as the plugin needs. */
export interface ValidationContext {
  readonly manifests: readonly string[];
  readonly logger: { log(message: string): void };
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly locations: readonly string[];
        readonly manifestPath: string;
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
}

/**
 * Holds what `cdk8s synth` wrote against rules: those of a platform, policies of Kyverno, or those that every cluster should have.
 * What is denied fails the synthesis, the rest is reported.
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/cdk8s-golden-path/bin/cdk8s-validation
 *     version: 0.0.0 # cdk8s asks for one, and does not look at that of a path
 *     class: GoldenValidation
 *     properties: { platform: platform.ts, environment: production }
 * ```
 */
export class GoldenValidation {
  constructor(private readonly props: GoldenValidationProps = {}) {}

  /** Called by cdk8s once all files are written. */
  async validate({ manifests, report, logger }: ValidationContext): Promise<void> {
    try {
      const { what, findings, problems } = await this.judged(manifests);
      const counted = findings.filter(({ exception }) => exception === undefined);
      for (const found of grouped(counted, ({ policy, enforcement }) => `${policy} ${enforcement}`).values())
        report.addViolation(violationOf(found));
      for (const { path, message } of problems) logger.log(`${path}: ${message}`);
      const fails = problems.length > 0 || findings.some(isDenied);
      report.submit(fails ? 'failure' : 'success', { Rules: what, Verdict: findingCounts(findings) });
    } catch (error) {
      for (const { path, message } of problemsOf(error, 'cdk8s.yaml')) logger.log(`${path}: ${message}`);
      report.submit('failure', { Verdict: 'nothing was judged' });
    }
  }

  private async judged(manifests: readonly string[]) {
    const { environment, ...flags } = this.props;
    const unknown = unknownKeyProblems('properties', this.props, ['platform', 'policies', 'environment']);
    if (unknown.length > 0) throw new GoldenError(unknown.map((message) => ({ path: 'cdk8s.yaml', message })));
    const rules = await chosenRules(flags);
    const inForce = rules.inForce(oneEnvironment(rules, environment === undefined ? [] : [environment]));
    const read = manifests.map((file) => readDocuments(readFileSync(file, 'utf8'), relative(process.cwd(), file)));
    const problems: Problem[] = read.flatMap((each) => each.problems);
    const findings = judgeDocuments(
      read.flatMap(({ objects }) => objects),
      inForce,
      { ...rules.exceptionsAt(), kinds: rules.kinds },
    );
    return { what: rules.what, findings, problems };
  }
}

/** Findings of one rule and stage. A stage that lets objects through is named beside the rule, as cdk8s knows no such thing. */
function violationOf(findings: readonly Finding[]) {
  const [{ policy, enforcement, title, why, fix }] = findings;
  const resources = grouped(findings, ({ path, object }) => `${path} ${object}`);
  return {
    ruleName: enforcement === 'deny' ? policy : `${policy} (${enforcement} only)`,
    recommendation: `${title}. ${why}`,
    fix,
    violatingResources: [...resources.values()].map((found) => ({
      // Its name alone: by that cdk8s finds the construct.
      resourceName: found[0].object.replace(/^\S+ (?:\S+\/)?/, ''),
      manifestPath: found[0].path,
      locations: found.map(({ path, line, field, value, says }) => {
        return `${path}:${line} ${field}${value === undefined ? '' : ` (${show(value)})`} ${says}`;
      }),
    })),
  };
}
