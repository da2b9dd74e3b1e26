import type { PlainObject } from '../../src/platform/placed-object';
import { deployment } from '../../src/policy/example-objects';
import type { StagedPolicy } from '../../src/policy/rollout';
import { hostNamespaces } from '../../src/policy/rules/host-namespaces';
import { latestTag } from '../../src/policy/rules/latest-tag';
import { type OwnedObject, tightenings, together } from '../../src/policy/tightening';

const staged: StagedPolicy[] = [
  { policy: hostNamespaces, stage: 'deny', failClosed: true },
  { policy: latestTag, stage: 'off', failClosed: false },
];
const bad = {
  hostPID: true,
  containers: [
    { name: 'a', image: 'a' },
    { name: 'b', image: 'b:latest' },
  ],
};
const owned = (owner: string, name: string, spec: object, namespace = 'shop'): OwnedObject => ({
  object: deployment(spec as never, {}, { name, namespace }) as unknown as PlainObject,
  path: name,
  owner,
});
const good = owned('orders', 'good', {});

test('objects are counted once for a rule, whatever the rule finds in them, and owners by how many they have', () => {
  const objects = [good, owned('payments', 'a', bad), owned('orders', 'b', bad), owned('orders', 'c', bad)];
  expect(tightenings('dev', objects, staged)).toMatchObject([
    {
      policy: 'host-namespaces',
      environment: 'dev',
      stage: 'deny',
      next: undefined,
      breaking: 3,
      owners: ['orders', 'payments'],
    },
    { policy: 'latest-tag', stage: 'off', next: 'audit', breaking: 3 },
  ]);
});

test('rules that nothing breaks are there too', () => {
  expect(tightenings('dev', [good], staged).map(({ breaking, owners }) => [breaking, owners])).toEqual([
    [0, []],
    [0, []],
  ]);
});

test('an object with an exception breaks nothing, nor does one of the system', () => {
  const exception = {
    policy: 'latest-tag',
    object: { kind: 'Deployment', name: 'a', namespace: 'shop' },
    reason: 'r',
    owner: 'o',
    expiresAt: '2030-01-01T00:00:00Z',
  };
  const objects = [owned('orders', 'a', bad), owned('orders', 'b', bad, 'kube-system')];
  const found = tightenings('dev', objects, staged, { exceptions: [exception] });
  expect(found.map(({ breaking, excepted }) => [breaking, excepted])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('apps of several platforms are told together, but for rules of another stage', () => {
  const one = tightenings('dev', [owned('orders', 'a', bad)], staged);
  const other = tightenings('dev', [owned('search', 'b', bad)], [{ ...staged[0], stage: 'warn' }, staged[1]]);
  const found = together([...one, ...other]).map(({ policy, stage, breaking, owners }) => [
    policy,
    stage,
    breaking,
    owners,
  ]);
  expect(found).toEqual([
    ['host-namespaces', 'deny', 1, ['orders']],
    ['latest-tag', 'off', 2, ['orders', 'search']],
    ['host-namespaces', 'warn', 1, ['search']],
  ]);
});
