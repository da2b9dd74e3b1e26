import { Platform } from '../../src/platform/platform';
import { allPacks } from '../../src/policy/packs/all-packs';
import { bestPractices } from '../../src/policy/packs/best-practices';
import { podSecurityBaseline } from '../../src/policy/packs/pod-security-baseline';
import { podSecurityRestricted } from '../../src/policy/packs/pod-security-restricted';
import { configurePacks } from '../../src/policy/platform-packs';
import { exceptionProblems } from '../../src/policy/policy-exception';
import { policiesInForce, type Rollout, rolloutProblems, stageOf } from '../../src/policy/rollout';
import { latestTag } from '../../src/policy/rules/latest-tag';

const rollout: Rollout = {
  '*': 'audit',
  'pod-security-restricted': { staging: 'warn', production: 'deny', default: 'off' },
  'latest-tag': { production: 'deny' },
};

test.each([
  ['staging', 'run-as-non-root', 'pod-security-restricted', 'warn'],
  ['production', 'run-as-non-root', 'pod-security-restricted', 'deny'],
  ['preview', 'run-as-non-root', 'pod-security-restricted', 'off'],
  ['production', 'latest-tag', 'best-practices', 'deny'],
  ['staging', 'latest-tag', 'best-practices', 'audit'],
])('in %s the stage of %s in %s is %s', (environment, policy, pack, stage) => {
  expect(stageOf(rollout, environment, policy, pack)).toBe(stage);
});

test('a rule that is off is not in force, and a rule of two packs counts once as the stricter has it', () => {
  const packs = [podSecurityBaseline, podSecurityRestricted];
  const table: Rollout = { 'pod-security-baseline': 'audit', 'pod-security-restricted': 'deny', 'host-ports': 'off' };
  const ids = policiesInForce(packs, table, 'production').map(({ policy, enforcement }) => [policy.id, enforcement]);
  expect(ids.filter(([id]) => id === 'host-namespaces')).toEqual([['host-namespaces', 'deny']]);
  expect(ids.map(([id]) => id)).not.toContain('host-ports');
  expect(ids.filter(([id]) => id === 'baseline-seccomp')).toEqual([['baseline-seccomp', 'audit']]);
});

test('security fails closed and hygiene open, and the system is left alone', () => {
  const [security] = policiesInForce([podSecurityBaseline], {}, 'x');
  const [hygiene] = policiesInForce([bestPractices], {}, 'x');
  expect([security.failClosed, hygiene.failClosed]).toEqual([true, false]);
  expect(security.excludedNamespaces).toContain('kube-system');
});

test('every mistake of a table is reported at once', () => {
  const twin = { ...bestPractices, policies: [{ ...latestTag, title: 'Another' }] };
  const wrong = {
    'latest-tags': 'deny',
    'best-practices': { prodution: 'deny', default: 'loud' },
  } as unknown as Rollout;
  expect(rolloutProblems([bestPractices, twin], wrong, ['production'])).toEqual([
    'two rules have the id "latest-tag": "Images name a version" and "Another"; give one of them another id',
    'roll-out of an unknown rule or pack "latest-tags" (did you mean "latest-tag"?)',
    'roll-out of best-practices names the unknown environment "prodution" (did you mean "production"?)',
    'roll-out of best-practices: "loud" is no stage; use off, audit, warn or deny',
  ]);
});

test('an exception has a rule, one object, a reason, an owner and an end', () => {
  const fine = {
    policy: 'latest-tag',
    object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
    reason: 'vendor image',
    owner: 'orders',
    expiresAt: '2030-01-01T00:00:00Z',
  };
  expect(exceptionProblems([fine], ['latest-tag'])).toEqual([]);
  const wrong = { ...fine, policy: 'latest-tags', object: { kind: 'Deployment', name: '' }, reason: '', owner: ' ' };
  const problems = exceptionProblems([{ ...wrong, expiresAt: 'never' }], ['latest-tag']).join('\n');
  for (const part of ['did you mean "latest-tag"', 'its kind and its name', 'no reason', 'no owner', 'no expiry']) {
    expect(problems).toContain(part);
  }
});

describe('packs of a platform', () => {
  const platform = new Platform({
    domain: 'acme.io',
    registries: ['ghcr.io/acme'],
    topology: {
      environments: { production: { clusters: ['eu'] } },
      clusters: { eu: { cloud: { aws: { region: 'eu-west-1' } } } },
      owners: { orders: { costCenter: 'cc-1' } },
    },
  });

  test('know its registries, domain, owners, cost centres and regions', () => {
    const { packs, leftOut } = configurePacks(allPacks, platform);
    const values = Object.assign({}, ...packs.flatMap(({ policies }) => policies.map((policy) => policy.values)));
    expect(leftOut).toEqual([]);
    expect(values).toMatchObject({
      registries: ['ghcr.io/acme'],
      domains: ['acme.io'],
      owners: ['orders'],
      costCentres: ['cc-1'],
      regions: ['eu-west-1'],
      ownerLabel: 'acme.io/owner',
    });
  });

  test('leave out, and name, what nobody says anything for', () => {
    const { leftOut } = configurePacks([bestPractices], new Platform({ domain: 'acme.io' }));
    expect(leftOut).toEqual([{ policy: 'trusted-registries', parameters: ['registries'] }]);
  });

  test('refuse a parameter that no rule has', () => {
    expect(() => configurePacks(allPacks, platform, { maxReplica: 3 })).toThrow('did you mean "maxReplicas"');
  });
});
