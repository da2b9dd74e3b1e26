import { show } from '../../platform/rule';
import { type Finding, isDenied } from '../finding';
import type { ReportedRule } from './reported-rule';

/**
 * Findings as a JUnit report, which every CI shows: a test for each rule, failed by what is denied and skipped by what is only reported.
 *
 * @param policies the rules that were evaluated
 */
export function junit(findings: readonly Finding[], policies: readonly ReportedRule[]): string {
  const rules = [...new Map(policies.map((policy) => [policy.id, policy])).values()];
  const cases = rules.map((policy) =>
    testCase(
      policy,
      findings.filter((finding) => finding.policy === policy.id),
    ),
  );
  const failures = cases.filter(({ state }) => state === 'failed').length;
  const skipped = cases.filter(({ state }) => state === 'skipped').length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}" skipped="${skipped}">`,
    `  <testsuite name="policies" tests="${cases.length}" failures="${failures}" skipped="${skipped}">`,
    ...cases.flatMap(({ lines }) => lines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ id, title, category }: ReportedRule, findings: readonly Finding[]) {
  const counted = findings.filter(({ exception }) => exception === undefined);
  const denied = findings.filter(isDenied);
  const head = `    <testcase name="${escapeXml(`${id}: ${title}`)}" classname="${escapeXml(category)}"`;
  if (counted.length === 0) return { state: 'passed', lines: [`${head}/>`] };
  const text = (list: readonly Finding[]) => escapeXml(list.map(lineOf).join('\n'));
  if (denied.length > 0) {
    const message = `${denied.length} ${denied.length === 1 ? 'violation' : 'violations'}`;
    return {
      state: 'failed',
      lines: [`${head}>`, `      <failure message="${message}">${text(denied)}</failure>`, '    </testcase>'],
    };
  }
  return {
    state: 'skipped',
    lines: [`${head}>`, `      <skipped message="${text(counted)}"/>`, '    </testcase>'],
  };
}

function lineOf({ path, line, object, field, value, says, fix }: Finding): string {
  const place = line === undefined ? path : `${path}:${line}`;
  const found = value === undefined ? '' : ` (${show(value)})`;
  return `${place}: ${object}: ${field}${found} ${says}; ${fix}`;
}

/** A text as XML takes it: without control characters, which XML 1.0 has no way to write. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');
}
