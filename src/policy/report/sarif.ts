import { createHash } from 'node:crypto';
import { show } from '../../platform/rule';
import type { Finding } from '../finding';
import type { Severity } from '../policy';
import type { Enforcement } from '../rollout';
import type { ReportedRule } from './reported-rule';

/** How SARIF calls what follows from a finding. */
const levels: Readonly<Record<Enforcement, 'error' | 'warning' | 'note'>> = {
  deny: 'error',
  warn: 'warning',
  audit: 'note',
};

/** What code hosts sort findings of rules that are about security by, from 0 to 10. */
const scores: Readonly<Record<Severity, string>> = { low: '3.0', medium: '5.0', high: '8.0', critical: '9.5' };

/** What a rule is about when it is about security. */
const securityCategories: readonly string[] = ['pod security', 'network', 'supply chain', 'crossplane'];

/**
 * Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.
 *
 * @param policies the rules that were evaluated, so that a report without findings still says what was looked for
 */
export function sarif(findings: readonly Finding[], policies: readonly ReportedRule[]): string {
  const rules = [...new Map(policies.map((policy) => [policy.id, policy])).values()];
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const run = {
    tool: { driver: { name: 'cdk8s-golden-path', rules: rules.map(ruleOf) } },
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => ({
      ruleId: finding.policy,
      ruleIndex: index.get(finding.policy),
      level: levels[finding.enforcement],
      message: { text: messageOf(finding) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(finding.file ?? finding.path) },
            region: regionOf(finding),
          },
          logicalLocations: [{ fullyQualifiedName: `${finding.path}#${finding.field}`, kind: 'object' }],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: fingerprint(finding) },
      ...(finding.exception && {
        suppressions: [{ kind: 'external', justification: `${finding.exception.reason} (${finding.exception.owner})` }],
      }),
    })),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf({ id, title, why, fix, severity, category }: ReportedRule) {
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} To fix: ${fix}.` },
    properties: securityCategories.includes(category)
      ? { tags: ['security', category], 'security-severity': scores[severity] }
      : { tags: [category], 'problem.severity': 'warning' },
  };
}

function messageOf({ object, field, value, says, why, fix }: Finding): string {
  const found = value === undefined ? '' : ` (${show(value)})`;
  return `${object}: ${field}${found} ${says}. ${why} To fix: ${fix}.`;
}

/** A path as a relative reference: `#` and `?` belong to the name of a file. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Code hosts show nothing that has no line. */
function regionOf({ line = 1, column }: Finding) {
  return { startLine: line, ...(column !== undefined && { startColumn: column }) };
}

/** What tells a finding from others when lines move, so that one that was dismissed stays so. */
function fingerprint({ policy, object, field, says }: Finding): string {
  return createHash('sha256').update([policy, object, field, says].join('\n')).digest('hex').slice(0, 32);
}
