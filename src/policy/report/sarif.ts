import type { Finding } from '../finding';
import type { AnyPolicy, Severity } from '../policy';
import type { Enforcement } from '../rollout';

/** How SARIF calls what follows from a finding. */
const levels: Readonly<Record<Enforcement, 'error' | 'warning' | 'note'>> = {
  deny: 'error',
  warn: 'warning',
  audit: 'note',
};

/** What code hosts sort security findings by, from 0 to 10. */
const scores: Readonly<Record<Severity, string>> = { low: '3.0', medium: '5.0', high: '8.0', critical: '9.5' };

/**
 * Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.
 *
 * @param policies the rules that were evaluated, so that a report without findings still says what was looked for
 * @param locate the file that a finding is in, when its path is one of a construct
 */
export function sarif(
  findings: readonly Finding[],
  policies: readonly AnyPolicy[],
  locate: (finding: Finding) => string = ({ path }) => path,
): string {
  const rules = [...new Map(policies.map((policy) => [policy.id, policy])).values()];
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const run = {
    tool: { driver: { name: 'cdk8s-golden-path', rules: rules.map(ruleOf) } },
    results: findings.map((finding) => ({
      ruleId: finding.policy,
      ruleIndex: index.get(finding.policy),
      level: levels[finding.enforcement],
      message: { text: `${finding.object}: ${finding.field} ${finding.says}. ${finding.why} To fix: ${finding.fix}.` },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: encodeURI(locate(finding)) } },
          logicalLocations: [{ fullyQualifiedName: `${finding.path}#${finding.field}`, kind: 'object' }],
        },
      ],
      ...(finding.exception && {
        suppressions: [{ kind: 'external', justification: `${finding.exception.reason} (${finding.exception.owner})` }],
      }),
    })),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ id, title, why, fix, severity, category }: AnyPolicy) {
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} To fix: ${fix}.` },
    properties: { category, 'security-severity': scores[severity], tags: [category] },
  };
}
