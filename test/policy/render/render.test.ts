import { definePolicy } from '../../../src/policy/define-policy';
import { allPacks } from '../../../src/policy/packs/all-packs';
import type { PolicyException } from '../../../src/policy/policy-exception';
import { gatekeeperPolicy } from '../../../src/policy/render/gatekeeper';
import { validatingAdmissionPolicy } from '../../../src/policy/render/kubernetes';
import { kyvernoException, kyvernoPolicy } from '../../../src/policy/render/kyverno';
import type { PolicyInForce } from '../../../src/policy/rollout';
import { hostNamespaces } from '../../../src/policy/rules/host-namespaces';
import { protectedLabels } from '../../../src/policy/rules/protected-labels';
import type { Kind } from '../../../src/schema/kind';
import { kindOf } from '../../../src/schema/kinds';
import { validate } from '../../../src/schema/validate';
import { withExampleValues } from '../example-values';

const inForce = (policy: PolicyInForce['policy'], more: Partial<PolicyInForce> = {}): PolicyInForce => ({
  policy,
  enforcement: 'deny',
  failClosed: true,
  excludedNamespaces: ['kube-system'],
  ...more,
});

const rules = [...new Set(allPacks.flatMap(({ policies }) => policies))].map(withExampleValues);

const violations = (object: { apiVersion?: string; kind?: string }) =>
  validate(
    object as Parameters<typeof validate>[0],
    kindOf(String(object.apiVersion), String(object.kind), '1.30') as Kind,
  );

test.each(rules.map((rule) => [rule.id, rule] as const))('%s has the form that each engine asks for', (_, rule) => {
  expect(violations(kyvernoPolicy(inForce(rule)))).toEqual([]);
  for (const object of validatingAdmissionPolicy(inForce(rule))) expect(violations(object)).toEqual([]);
  expect(gatekeeperPolicy(inForce(rule))).toHaveLength(2);
});

test('no engine is left to rewrite expressions for other kinds', () => {
  const { spec } = kyvernoPolicy(inForce(hostNamespaces));
  expect(spec.autogen).toEqual({ podControllers: { controllers: [] } });
  expect(spec.matchConstraints?.resourceRules?.flatMap(({ resources }) => resources)).toEqual([
    'pods',
    'pods/ephemeralcontainers',
    'replicationcontrollers',
    'deployments',
    'statefulsets',
    'daemonsets',
    'replicasets',
    'jobs',
    'cronjobs',
  ]);
});

test.each([
  ['audit', ['Audit'], 'dryrun'],
  ['warn', ['Warn', 'Audit'], 'warn'],
  ['deny', ['Deny'], 'deny'],
] as const)('the stage %s becomes the actions of each engine', (enforcement, actions, gatekeeper) => {
  const rule = inForce(hostNamespaces, { enforcement });
  expect(kyvernoPolicy(rule).spec.validationActions).toEqual(actions);
  expect(validatingAdmissionPolicy(rule)[1].spec.validationActions).toEqual(actions);
  expect(gatekeeperPolicy(rule)[1].spec.enforcementAction).toBe(gatekeeper);
});

test('system namespaces are left alone by name, and hygiene does not stop a release while a webhook is down', () => {
  const [policy] = validatingAdmissionPolicy(inForce(hostNamespaces, { failClosed: false }));
  expect(policy.spec?.failurePolicy).toBe('Ignore');
  expect(policy.spec?.matchConstraints?.namespaceSelector?.matchExpressions).toEqual([
    { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] },
  ]);
});

describe('an exception', () => {
  const exception: PolicyException = {
    policy: 'host-namespaces',
    object: { kind: 'DaemonSet', namespace: 'agents', name: 'node-agent' },
    reason: 'reads the network of nodes',
    owner: 'platform',
    expiresAt: '2030-01-01T00:00:00Z',
  };

  test('of Kyverno ends by itself', () => {
    const object = kyvernoException(exception, 'kyverno');
    expect(violations(object)).toEqual([]);
    expect(object.metadata).toEqual({ name: 'node-agent-daemonset-host-namespaces', namespace: 'agents' });
    expect(object.spec.expiresAt).toBe('2030-01-01T00:00:00Z');
    expect(object.spec.allowedValues).toEqual(['2030-01-01T00:00:00Z']);
    expect(object.spec.properties).toEqual({ reason: 'reads the network of nodes', owner: 'platform' });
  });

  test('is read at every request to Kyverno by the rule that it is from, and by no other', () => {
    const expressions = (policy: PolicyInForce['policy']) =>
      kyvernoPolicy(inForce(policy), { exceptions: [exception] }).spec.validations?.map(({ expression }) => expression);
    for (const expression of expressions(hostNamespaces) ?? []) {
      expect(expression).toMatch(
        /^exceptions\.allowedValues\.exists\(until, time\.now\(\) < timestamp\(until\)\) \|\| \(/,
      );
    }
    for (const expression of expressions({ ...hostNamespaces, id: 'another' }) ?? []) {
      expect(expression).not.toContain('exceptions');
    }
  });

  test('is a condition where the engine has none, and of its own rule only', () => {
    const conditions = (policy: PolicyInForce['policy']) =>
      validatingAdmissionPolicy(inForce(policy), { exceptions: [exception] })[0].spec?.matchConditions;
    expect(conditions(hostNamespaces)).toHaveLength(1);
    expect(conditions({ ...hostNamespaces, id: 'another' })).toBeUndefined();
    expect(kyvernoPolicy(inForce(hostNamespaces), { exceptions: [exception] }).spec.matchConditions).toBeUndefined();
  });
});

test('Gatekeeper, which knows nothing of operations, asks for them in a condition', () => {
  const rule = inForce(protectedLabels.with({ protectedKeys: ['acme.io/owner'] }));
  const [template] = gatekeeperPolicy(rule);
  expect(template.spec).toMatchObject({
    targets: [
      {
        code: [{ source: { matchCondition: [{ name: 'operation', expression: "request.operation in ['UPDATE']" }] } }],
      },
    ],
  });
});

describe('what an engine cannot express', () => {
  const withExpression = (holds: string) =>
    inForce(definePolicy({ ...hostNamespaces, id: 'odd', checks: [{ field: 'x', holds, says: 'y' }] }));

  test.each([
    [
      'image("a").registry() == "b"',
      /policy "odd".*kubernetes on Kubernetes 1.30 lacks the function image\(\) or registry\(\)/,
    ],
    ['isSemver("1.0.0")', /lacks the function isSemver\(\)/],
  ])('%s is an error that names the rule, except for Kyverno', (holds, message) => {
    expect(() => validatingAdmissionPolicy(withExpression(holds))).toThrow(message);
    expect(() => kyvernoPolicy(withExpression(holds))).not.toThrow();
  });

  test('a function is taken one minor after API servers have it', () => {
    const rule = withExpression('isSemver("1.0.0")');
    expect(() => validatingAdmissionPolicy(rule, { minor: '1.33' })).toThrow('isSemver()');
    expect(() => validatingAdmissionPolicy(rule, { minor: '1.34' })).not.toThrow();
  });
});
