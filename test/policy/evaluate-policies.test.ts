import * as fc from 'fast-check';
import { evaluatePolicies, type JudgedObject, onlyAtAdmission } from '../../src/policy/evaluate-policies';
import { container, cronJob, deployment, object, pod } from '../../src/policy/example-objects';
import { podSecurityRestricted } from '../../src/policy/packs/pod-security-restricted';
import type { ExampleObject } from '../../src/policy/policy';
import type { PolicyException } from '../../src/policy/policy-exception';
import type { PolicyInForce } from '../../src/policy/rollout';
import { changesByHand } from '../../src/policy/rules/changes-by-hand';
import { hostNamespaces } from '../../src/policy/rules/host-namespaces';
import { ingressHosts } from '../../src/policy/rules/ingress-hosts';
import { latestTag } from '../../src/policy/rules/latest-tag';
import { privilegedContainers } from '../../src/policy/rules/privileged-containers';
import { runAsNonRoot } from '../../src/policy/rules/run-as-non-root';
import { podInEveryKind } from './pod-arbitrary';

const inForce = (policy: PolicyInForce['policy'], more: Partial<PolicyInForce> = {}): PolicyInForce => ({
  policy,
  enforcement: 'deny',
  failClosed: true,
  excludedNamespaces: [],
  ...more,
});

const find = (example: ExampleObject, rules: readonly PolicyInForce[], exceptions?: readonly PolicyException[]) =>
  evaluatePolicies([{ object: example as JudgedObject['object'], path: 'app/shop' }], rules, { exceptions });

test('a finding names the object, the very field, its value and what to do', () => {
  const bad = deployment({
    containers: [container()],
    initContainers: [container({ name: 'init', securityContext: { privileged: true } })],
  });
  expect(find(bad, [inForce(privilegedContainers)])).toEqual([
    expect.objectContaining({
      policy: 'privileged-containers',
      severity: 'critical',
      enforcement: 'deny',
      path: 'app/shop',
      object: 'Deployment shop/example',
      field: 'spec.template.spec.initContainers[init].securityContext.privileged',
      value: true,
      says: 'must not be true',
      fix: privilegedContainers.fix,
    }),
  ]);
});

test('every violation of every rule is reported, not the first', () => {
  const bad = cronJob({
    hostNetwork: true,
    hostPID: true,
    containers: [container({ image: 'a' }), container({ name: 'b', image: 'b:latest' })],
  });
  const fields = find(bad, [inForce(hostNamespaces), inForce(latestTag)]).map(({ field }) => field);
  const at = 'spec.jobTemplate.spec.template.spec';
  expect(fields).toEqual([
    `${at}.hostNetwork`,
    `${at}.hostPID`,
    `${at}.containers[app].image`,
    `${at}.containers[b].image`,
  ]);
});

test('an item of a list is named by its place', () => {
  const rules = [{ host: 'a.acme.io' }, { host: 'a.evil.io' }];
  const ingress = object('networking.k8s.io/v1', 'Ingress', { spec: { rules } });
  const findings = find(ingress, [inForce(ingressHosts.with({ domains: ['acme.io'] }))]);
  expect(findings.map(({ field, value }) => [field, value])).toEqual([['spec.rules[1].host', 'a.evil.io']]);
});

test('a field that is null counts as absent, as it does for an API server', () => {
  const nulls = pod({
    securityContext: null,
    initContainers: null,
    containers: [container({ securityContext: null })],
  });
  expect(find(nulls, [inForce(runAsNonRoot)]).map(({ field }) => field)).toEqual([
    'spec.containers[app].securityContext.runAsNonRoot',
  ]);
});

test('what cannot be judged is found, never passed', () => {
  const broken = pod({ containers: 'none' });
  expect(find(broken, [inForce(privilegedContainers)])[0].says).toContain('could not be judged');
});

test('excluded namespaces and other namespaces than those of a rule are left alone', () => {
  const bad = pod({ hostPID: true });
  expect(find(bad, [inForce(hostNamespaces, { excludedNamespaces: ['shop'] })])).toEqual([]);
  const elsewhere = { ...hostNamespaces, match: { kinds: 'pods', namespaces: ['other'] } } as const;
  expect(find(bad, [inForce(elsewhere)])).toEqual([]);
});

test('a rule that needs a request judges only objects that bring it', () => {
  const rule = inForce(changesByHand);
  expect(find(deployment(), [rule])).toEqual([]);
  expect(onlyAtAdmission([rule, inForce(latestTag)])).toEqual([{ policy: 'changes-by-hand', needs: ['request'] }]);
  const judged = {
    object: deployment() as JudgedObject['object'],
    path: '',
    request: { userInfo: { username: 'jane' } },
  };
  expect(evaluatePolicies([judged], [rule])).toHaveLength(1);
});

describe('an exception', () => {
  const exception: PolicyException = {
    policy: 'host-namespaces',
    object: { kind: 'Deployment', namespace: 'shop', name: 'example' },
    reason: 'node agent',
    owner: 'platform',
    expiresAt: '2030-01-01T00:00:00Z',
  };
  const rules = [inForce(hostNamespaces), inForce(latestTag)];
  const excepted = (example: ExampleObject) =>
    find(example, rules, [exception]).map(({ policy, exception: by }) => [policy, by?.reason]);

  test('covers one rule of one workload, and is named in the finding', () => {
    const bad = deployment({ hostPID: true, containers: [container({ image: 'a' })] });
    expect(excepted(bad)).toEqual([
      ['host-namespaces', 'node agent'],
      ['latest-tag', undefined],
    ]);
  });

  test('covers the pods of the workload', () => {
    const labels = { 'app.kubernetes.io/name': 'example' };
    expect(excepted(pod({ hostPID: true }, { name: 'example-1-x', labels }))).toEqual([
      ['host-namespaces', 'node agent'],
    ]);
  });

  test.each([
    ['another name', deployment({ hostPID: true }, {}, { name: 'other' })],
    ['another namespace', deployment({ hostPID: true }, {}, { namespace: 'other' })],
    [
      'another kind',
      object('apps/v1', 'StatefulSet', { spec: { template: { spec: { hostPID: true, containers: [] } } } }),
    ],
  ])('does not cover %s', (_, other) => {
    expect(excepted(other)).toEqual([['host-namespaces', undefined]]);
  });
});

test('a pod gets the same verdict whatever makes it', () => {
  const rules = podSecurityRestricted.policies.map((policy) => inForce(policy));
  fc.assert(
    fc.property(podInEveryKind, (objects) => {
      const verdicts = objects.map((each) => [...new Set(find(each, rules).map(({ policy }) => policy))]);
      for (const verdict of verdicts) expect(verdict).toEqual(verdicts[0]);
    }),
    { numRuns: 200, seed: 20_260_101 },
  );
});
