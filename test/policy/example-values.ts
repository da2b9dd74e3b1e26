import type { Parameters } from '../../src/policy/parameter';
import type { AnyPolicy } from '../../src/policy/policy';

/** A rule with the values that its examples are judged with. */
export function withExampleValues(policy: AnyPolicy): AnyPolicy {
  const parameters: Parameters = policy.parameters ?? {};
  const values = Object.entries(parameters).map(([name, { example }]) => [name, example]);
  return policy.with(Object.fromEntries(values));
}
