import { evaluatePolicies, type JudgedObject } from '../../../src/policy/evaluate-policies';
import { container, deployment } from '../../../src/policy/example-objects';
import { junit } from '../../../src/policy/report/junit';
import { sarif } from '../../../src/policy/report/sarif';
import type { PolicyInForce } from '../../../src/policy/rollout';
import { hostNamespaces } from '../../../src/policy/rules/host-namespaces';
import { latestTag } from '../../../src/policy/rules/latest-tag';
import { privilegedContainers } from '../../../src/policy/rules/privileged-containers';

const policies = [hostNamespaces, latestTag, privilegedContainers];
const stages = { 'host-namespaces': 'deny', 'latest-tag': 'warn', 'privileged-containers': 'deny' } as const;
const inForce = policies.map(
  (policy): PolicyInForce => ({
    policy,
    enforcement: stages[policy.id as keyof typeof stages],
    failClosed: true,
    excludedNamespaces: [],
  }),
);
const bad = deployment({ hostPID: true, containers: [container({ name: 'a', image: '<&">' })] });
const exception = {
  policy: 'host-namespaces',
  object: { kind: 'Deployment', namespace: 'shop', name: 'example' },
  reason: 'agent',
  owner: 'platform',
  expiresAt: '2030-01-01T00:00:00Z',
};
const findings = evaluatePolicies([{ object: bad as JudgedObject['object'], path: 'shop/deployment.yaml' }], inForce);

test('SARIF names every rule, and each finding with its file, field and level', () => {
  const [run] = JSON.parse(sarif(findings, policies)).runs;
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(policies.map(({ id }) => id));
  const results = run.results.map((result: Record<string, never>) => [result.ruleId, result.ruleIndex, result.level]);
  expect(results).toEqual([
    ['host-namespaces', 0, 'error'],
    ['latest-tag', 1, 'warning'],
  ]);
  const [{ physicalLocation, logicalLocations }] = run.results[0].locations;
  expect(physicalLocation.artifactLocation.uri).toBe('shop/deployment.yaml');
  expect(physicalLocation.region).toEqual({ startLine: 1 });
  expect(logicalLocations[0].fullyQualifiedName).toBe('shop/deployment.yaml#spec.template.spec.hostPID');
});

test('an exception suppresses a finding without hiding it', () => {
  const object = bad as JudgedObject['object'];
  const excepted = evaluatePolicies([{ object, path: 'x' }], inForce, { exceptions: [exception] });
  const [{ suppressions }] = JSON.parse(sarif(excepted, policies)).runs[0].results;
  expect(suppressions).toEqual([{ kind: 'external', justification: 'agent (platform)' }]);
  expect(junit(excepted, policies)).toContain('failures="0"');
});

test('JUnit fails what is denied, skips what is reported, and passes the rest', () => {
  const xml = junit(findings, policies);
  expect(xml).toContain('<testsuites tests="3" failures="1" skipped="1">');
  expect(xml).toMatch(/name="host-namespaces: [^"]*" classname="pod security">\n\s*<failure message="1 violation">/);
  expect(xml).toMatch(/name="privileged-containers: [^"]*" classname="pod security"\/>/);
});

test('JUnit is XML whatever a file is called', () => {
  const xml = junit([{ ...findings[0], path: 'a<b>&"c"\u0000\u001b' }], policies);
  expect(xml).toContain('a&lt;b&gt;&amp;&quot;c&quot;:');
  expect(xml.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

describe('what code hosts need of SARIF', () => {
  const placed = findings.map((finding, i) => ({ ...finding, path: 'a b/#1.yaml', line: i + 3, column: 5 }));
  const [run] = JSON.parse(sarif(placed, policies)).runs;

  test('the line, in a file whose name is a relative reference', () => {
    const [{ physicalLocation }] = run.results[0].locations;
    expect(physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b/%231.yaml' },
      region: { startLine: 3, startColumn: 5 },
    });
  });

  test('a fingerprint of its own for each finding, which stays when lines move', () => {
    const prints = (list: { partialFingerprints: object }[]) => list.map((each) => each.partialFingerprints);
    const moved = JSON.parse(
      sarif(
        placed.map((each) => ({ ...each, line: 99 })),
        policies,
      ),
    ).runs[0];
    expect(prints(moved.results)).toEqual(prints(run.results));
    expect(new Set(prints(run.results).map((each) => JSON.stringify(each))).size).toBe(findings.length);
  });

  test('texts of each rule, and a score for those about security only', () => {
    for (const { shortDescription, fullDescription, help } of run.tool.driver.rules)
      for (const { text } of [shortDescription, fullDescription, help]) expect(text).toMatch(/\S/);
    const scored = run.tool.driver.rules.filter(({ properties }: never) => 'security-severity' in properties);
    expect(scored.map(({ id }: { id: string }) => id)).toEqual(['host-namespaces', 'privileged-containers']);
  });
});
