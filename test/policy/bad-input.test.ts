import { GoldenService, Platform } from 'cdk8s-golden-path';
import {
  definePolicy,
  Guardrails,
  type GuardrailsProps,
  PolicyBundle,
  type PolicyPack,
} from 'cdk8s-golden-path/policy';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { pod } from '../../src/policy/example-objects';
import { costGuardrails } from '../../src/policy/packs/cost-guardrails';
import type { PolicyDefinition } from '../../src/policy/policy';
import { refusals } from '../platform/refusals';

const definition: PolicyDefinition = {
  ...{
    id: 'no-root',
    title: 'No root',
    why: 'Root is root.',
    fix: 'set it',
    severity: 'high',
    category: 'pod security',
  },
  match: { kinds: 'pods' },
  checks: [{ on: 'container', field: 'image', holds: 'true', says: 'is empty' }],
  examples: { passes: [pod()], fails: [pod()] },
};
const pack = (...changes: Partial<PolicyDefinition>[]): PolicyPack => ({
  ...{ id: 'acme', title: 'Acme', failClosed: true },
  policies: changes.map((change) => definePolicy({ ...definition, ...change })),
});
const holds = (expression: string) => [{ ...definition.checks[0], holds: expression }];

/** What the author of an app is told. */
function told(props: GuardrailsProps): readonly string[] {
  const platform = new Platform({ domain: 'acme.io', policies: new Guardrails(props) });
  const env = testEnvironment({ platform });
  new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.2.3', port: 8080 });
  return refusals(() => synthObjects(env));
}
const excepted = (change: object) => ({
  packs: [costGuardrails],
  exceptions: [
    {
      ...{ policy: 'idle-gpus', object: { kind: 'Pod', name: 'a', namespace: 'b' }, reason: 'r', owner: 'o' },
      ...{ expiresAt: '2030-01-01T00:00:00Z', ...change },
    },
  ],
});

test.each<[string, GuardrailsProps, string]>([
  [
    'CEL that does not parse',
    { packs: [pack({ checks: holds('container.image ==') })] },
    'check of image: unexpected token: EOF at line 1, column 19: container.image ==',
  ],
  [
    'CEL of the wrong type',
    { packs: [pack({ checks: holds("container.image + '' + 1 == ''") })] },
    'check of image: no such overload: string + int at line 1, column 1',
  ],
  [
    'CEL that holds no verdict',
    { packs: [pack({ checks: holds("'a'") })] },
    'the result is of type string; it must be bool',
  ],
  [
    'CEL of a variable that there is not',
    { packs: [pack({ checks: holds('contaner.image == ""') })] },
    'unknown variable: contaner at line 1, column 1',
  ],
  [
    'a condition that does not parse',
    { packs: [pack({ match: { kinds: 'pods', when: '1 +' } })] },
    'when: unexpected token: EOF at line 1, column 4',
  ],
  [
    'a kind that there is not',
    { packs: [pack({ match: { kinds: ['apps/v1/Deploymnt'] } })] },
    'no cluster serves "apps/v1/Deploymnt" (did you mean "apps/v1/Deployment"?)',
  ],
  [
    'a parameter out of range',
    { packs: [costGuardrails], parameters: { maxReplicas: 0 } },
    'parameter maxReplicas: 0 is no whole number from 1 to',
  ],
  ['an amount that is none', { packs: [costGuardrails], parameters: { maxCpu: '4 cores' } }, '"4 cores"'],
  [
    'a parameter that there is not',
    { packs: [costGuardrails], parameters: { maxReplica: 3 } },
    'no rule has the parameter "maxReplica" (did you mean "maxReplicas"?)',
  ],
  [
    'an exception from a rule that there is not',
    excepted({ policy: 'idle-gpu' }),
    'the exception of Pod b/a from idle-gpu names an unknown rule (did you mean "idle-gpus"?)',
  ],
  [
    'an exception without expiry',
    excepted({ expiresAt: undefined }),
    'has no expiry; set expiresAt to an instant like "2026-12-31T00:00:00Z"',
  ],
  ['an exception until a day that there is not', excepted({ expiresAt: '2027-13-01T00:00:00Z' }), 'has no expiry'],
  [
    'two rules of one id',
    { packs: [pack({}), pack({ title: 'Other' })] },
    'two rules have the id "no-root": "No root" and "Other"; give one of them another id',
  ],
  [
    'two rules of one id and title',
    { packs: [pack({}), pack({ checks: holds('false') })] },
    'two rules have the id "no-root"',
  ],
  [
    'a time for exceptions that is none',
    { packs: [costGuardrails], longestException: '90' as never },
    'longestException "90" is no duration',
  ],
])('%s is refused before anything is rendered', (_, props, message) => {
  const found = told(props);
  expect(found).toEqual([expect.stringContaining(message)]);
});

test('all rules that are wrong are told at once, each by its name', () => {
  const wrong = pack({ checks: holds('nope') }, { id: 'other', match: { kinds: ['v1/Nothing'] } });
  const platform = new Platform({ domain: 'acme.io', policies: new Guardrails({ packs: [wrong] }) });
  const env = testEnvironment({ platform });
  new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.2.3', port: 8080 });
  expect(() => synthObjects(env)).toThrow(
    /\[policy "no-root"\] check of image: [\s\S]*\n\[policy "other"\] no cluster serves/,
  );
});

test('one rule in two packs, with other parameters, is one rule', () => {
  const [rule] = costGuardrails.policies;
  expect(told({ packs: [costGuardrails, { ...costGuardrails, id: 'more', policies: [rule.with({})] }] })).toEqual([]);
});

test('a rule that can not be rendered is named too', () => {
  const platform = new Platform({
    domain: 'acme.io',
    policies: new Guardrails({ packs: [pack({ match: { kinds: ['v1/Nothing'] } })] }),
  });
  const env = testEnvironment({ platform });
  expect(() => new PolicyBundle(env, 'policies')).toThrow('[policy "no-root"] no cluster serves "v1/Nothing"');
});
