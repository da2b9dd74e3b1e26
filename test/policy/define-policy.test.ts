import { compilePolicy } from '../../src/policy/compiled-policy';
import { definePolicy } from '../../src/policy/define-policy';
import { container, pod, podWithContext } from '../../src/policy/example-objects';
import { strings, wholeNumber } from '../../src/policy/parameter';
import type { PolicyDefinition } from '../../src/policy/policy';
import { kindsOf } from '../../src/policy/policy-kinds';

const definition = {
  id: 'no-root',
  title: 'No root',
  why: 'Root is root.',
  fix: 'set it',
  severity: 'high',
  category: 'pod security',
  match: { kinds: 'pods' },
  checks: [{ on: 'container', field: 'image', holds: "container.image != ''", says: 'is empty' }],
  examples: { passes: [pod()], fails: [podWithContext({})] },
} as const satisfies PolicyDefinition;

const refused = (change: object) => {
  try {
    compilePolicy(definePolicy({ ...definition, ...change }));
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

test.each([
  [{ id: 'No Root' }, 'id "No Root" is no DNS label'],
  [{ why: ' ' }, 'why is empty'],
  [{ checks: [] }, 'it checks nothing'],
  [{ examples: { passes: [], fails: [pod()] } }, 'no example passes'],
  [{ examples: { passes: [pod()], fails: [] } }, 'no example fails'],
  [{ variables: { pod: 'object' } }, 'the name "pod" is taken'],
  [{ variables: { params: 'object' } }, 'the name "params" is Gatekeeper\'s'],
  [{ parameters: { max: wholeNumber({ says: 'x', min: 1, max: 5, example: 6 }) } }, '6 is no whole number from 1 to 5'],
])('a definition with %j is refused', (change, message) => {
  expect(refused(change)).toContain(message);
});

test.each([
  ['container.image ==', 'unexpected token: EOF at line 1, column 19'],
  ['container.image + 1 == ""', 'no such overload'],
  ['containr.image == ""', 'unknown variable: containr at line 1, column 1'],
  ['variables.missing == ""', 'variables.missing is not defined before it at line 1, column 11'],
  ['scan(container.image)', 'the function scan() is not known at line 1, column 1'],
  ['container.image.matches("(?!x)")', 'looks around, which RE2 cannot'],
  ['"text"', 'the result is of type string; it must be bool'],
])('the expression %s is refused, and the error says where', (holds, message) => {
  expect(refused({ checks: [{ ...definition.checks[0], holds }] })).toContain(message);
});

test('all expressions that do not compile are reported at once', () => {
  const wrong = { ...definition.checks[0], holds: 'nope' };
  expect(refused({ checks: [wrong, { ...wrong, field: 'other' }] }).split('\n')).toHaveLength(2);
});

test('a variable may not use one that comes after it', () => {
  const check = { ...definition.checks[0], holds: 'variables.first' };
  expect(refused({ checks: [check], variables: { first: 'variables.second', second: 'true' } })).toContain(
    'variable first: variables.second is not defined before it',
  );
});

test.each([
  ['v1/Pods', 'no cluster serves "v1/Pods" (did you mean "v1/Pod"?)'],
  ['Deployment', 'write kinds as "v1/Service" or "apps/v1/Deployment"'],
])('a rule for the unknown kind %s is refused', (kind, message) => {
  expect(() => kindsOf({ kinds: [kind] })).toThrow(message);
});

describe('parameters', () => {
  const policy = definePolicy({
    ...definition,
    parameters: { allowed: strings({ says: 'the images', example: ['a'] }) },
    checks: [
      { on: 'container', field: 'image', holds: 'container.image in variables.allowed', says: 'is not allowed' },
    ],
  });

  test('a rule whose parameter is not set is not evaluated as if it were', () => {
    expect(() => compilePolicy(policy)).toThrow('parameter allowed: is not set; it is the images, like ["a"]');
  });

  test('a value out of range and an unknown name are refused together', () => {
    expect(() => policy.with({ allowed: [''], alowed: [] } as never)).toThrow(
      /is no list of texts[\s\S]*did you mean "allowed"/,
    );
  });

  test('values become literals that expressions read', () => {
    const { variables } = compilePolicy(policy.with({ allowed: ["it's", 'a\\b'] }));
    expect(variables.find(({ name }) => name === 'allowed')?.expression).toBe("['it\\'s', 'a\\\\b']");
  });

  test('setting a parameter leaves the rule itself as it is', () => {
    policy.with({ allowed: ['b'] });
    expect(policy.values).toEqual({});
  });
});

test('only what an expression uses is among the variables', () => {
  expect(compilePolicy(definePolicy(definition)).variables.map(({ name }) => name)).toEqual(['pod', 'containers']);
});

test('examples are made of a container that has a name and an image', () => {
  expect(container({ image: 'x' })).toEqual({ name: 'app', image: 'x' });
});
