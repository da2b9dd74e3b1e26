import { evaluatePolicies, type JudgedObject } from '../../src/policy/evaluate-policies';
import { allPacks } from '../../src/policy/packs/all-packs';
import type { AnyPolicy } from '../../src/policy/policy';
import { withExampleValues } from './example-values';

const rules: AnyPolicy[] = [...new Set(allPacks.flatMap((pack) => pack.policies))].map(withExampleValues);

const find = (policy: AnyPolicy, object: unknown) =>
  evaluatePolicies(
    [{ object: object as JudgedObject['object'], path: 'example' }],
    [{ policy, enforcement: 'deny', failClosed: true, excludedNamespaces: [] }],
  );

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(rule.examples.passes.map((object) => [JSON.stringify(object), object] as const))(
    'allows %s',
    (_, object) => {
      expect(find(rule, object)).toEqual([]);
    },
  );

  test.each(rule.examples.fails.map((object) => [JSON.stringify(object), object] as const))('finds %s', (_, object) => {
    const findings = find(rule, object);
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
