import { evaluatePolicies, type JudgedObject } from '../../src/policy/evaluate-policies';
import { allPacks } from '../../src/policy/packs/all-packs';
import type { AnyPolicy, PolicyExample } from '../../src/policy/policy';
import { withExampleValues } from './example-values';
import { judgedExample } from './judged-example';

const rules: AnyPolicy[] = [...new Set(allPacks.flatMap((pack) => pack.policies))].map(withExampleValues);

const find = (policy: AnyPolicy, judged: JudgedObject) =>
  evaluatePolicies([judged], [{ policy, enforcement: 'deny', failClosed: true, excludedNamespaces: [] }]);

const cases = (examples: readonly PolicyExample[]) =>
  examples.map((example) => [JSON.stringify(example), judgedExample(example)] as const);

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(cases(rule.examples.passes))('allows %s', (_, example) => {
    expect(find(rule, example)).toEqual([]);
  });

  test.each(cases(rule.examples.fails))('finds %s', (_, example) => {
    const findings = find(rule, example);
    expect(findings).not.toEqual([]);
    for (const { says, field } of findings) {
      expect(says).not.toContain('could not be judged');
      expect(field).not.toBe('');
    }
  });
});

test('no two rules have one id', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});
