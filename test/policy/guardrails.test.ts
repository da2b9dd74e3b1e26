import { GoldenService, Platform, type Topology } from 'cdk8s-golden-path';
import { Deployment } from 'cdk8s-golden-path/imports/kubernetes';
import {
  allPacks,
  bestPractices,
  Guardrails,
  type GuardrailsProps,
  PolicyBundle,
  podSecurityRestricted,
} from 'cdk8s-golden-path/policy';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';

const topology: Topology = {
  environments: { dev: { clusters: ['a'] }, production: { clusters: ['b'] } },
  clusters: { a: { kubernetes: '1.36' }, b: { kubernetes: '1.36' } },
};

function environment(props: GuardrailsProps, name = 'dev') {
  const platform = new Platform({ domain: 'acme.io', topology, policies: new Guardrails(props) });
  return testEnvironment({ platform, environment: name });
}

/** A Deployment that nobody should run. */
function careless(env: ReturnType<typeof environment>): Deployment {
  const labels = { app: 'careless' };
  return new Deployment(env, 'careless', {
    metadata: { name: 'careless' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          hostNetwork: true,
          containers: [
            {
              name: 'main',
              image: 'nginx:latest',
              securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } },
            },
          ],
        },
      },
    },
  });
}

const rulesOf = (messages: readonly string[]) =>
  messages.flatMap((message) => /\(([a-z0-9-]+)(?:, \w+ only)?: /.exec(message)?.[1] ?? []);

test('a careless object fails every rule that it breaks, at once, and a golden one none', () => {
  const env = environment({ packs: [podSecurityRestricted, bestPractices], rollout: { '*': 'deny' } });
  new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.2.3', port: 8080 });
  const object = careless(env);
  const found = rulesOf(refusals(() => synthObjects(object)));
  expect(found).toEqual(
    expect.arrayContaining([
      'host-namespaces',
      'privileged-containers',
      'restricted-capabilities',
      'run-as-non-root',
      'restricted-seccomp',
      'privilege-escalation',
      'latest-tag',
    ]),
  );
});

test('a finding says what, why and what to do, under the construct that made the object', () => {
  const env = environment({ packs: [podSecurityRestricted], rollout: { '*': 'deny' } });
  expect(refusals(() => synthObjects(careless(env)))).toContainEqual(
    expect.stringMatching(
      /^Deployment team-dev\/careless: spec\.template\.spec\.hostNetwork \(true\) .+; .+ \(host-namespaces: .+\)$/,
    ),
  );
});

test.each(['audit', 'warn'] as const)('what is in %s is let through', (stage) => {
  const env = environment({ packs: [podSecurityRestricted], rollout: { '*': stage } });
  expect(synthObjects(careless(env))).toHaveLength(1);
});

test('a rule is as strict as its environment says', () => {
  const rollout = { '*': { production: 'deny', default: 'audit' } } as const;
  const packs = [podSecurityRestricted];
  expect(refusals(() => synthObjects(careless(environment({ packs, rollout }))))).toEqual([]);
  expect(refusals(() => synthObjects(careless(environment({ packs, rollout }, 'production'))))).not.toEqual([]);
});

test('an exception lets one object break one rule', () => {
  const exception = {
    policy: 'host-namespaces',
    object: { kind: 'Deployment', name: 'careless', namespace: 'team-dev' },
    reason: 'reads the network of the node',
    owner: 'team',
    expiresAt: '2030-01-01T00:00:00Z',
  };
  const env = environment({ packs: [podSecurityRestricted], rollout: { '*': 'deny' }, exceptions: [exception] });
  const found = rulesOf(refusals(() => synthObjects(careless(env))));
  expect(found).not.toContain('host-namespaces');
  expect(found).toContain('privileged-containers');
});

test.each([
  [{ rollout: { 'run-as-root': 'deny' } }, 'roll-out of an unknown rule or pack "run-as-root"'],
  [{ rollout: { '*': 'block' } }, '"block" is no stage'],
  [{ rollout: { '*': { prodction: 'deny' } } }, 'unknown environment "prodction" (did you mean "production"?)'],
  [{ parameters: { nonsense: 1 } }, 'no rule has the parameter "nonsense"'],
  [
    { exceptions: [{ policy: 'nope', object: { kind: 'Pod', name: 'a' }, reason: 'r', owner: 'o' }] },
    'names an unknown rule',
  ],
])('%j is refused', (props, message) => {
  const env = environment({ packs: [podSecurityRestricted], ...(props as object) });
  expect(refusals(() => synthObjects(careless(env))).join('\n')).toContain(message);
});

test.each([
  ['kyverno', 'ValidatingPolicy'],
  ['kubernetes', 'ValidatingAdmissionPolicy'],
  ['gatekeeper', 'ConstraintTemplate'],
] as const)('the rules become objects of %s that its schema takes', (engine, kind) => {
  const env = environment({ packs: [podSecurityRestricted, bestPractices], rollout: { '*': 'deny' } });
  const bundle = new PolicyBundle(env, 'policies', { engine });
  const kinds = synthObjects(bundle).map((object) => object.kind);
  expect(kinds.filter((each) => each === kind)).toHaveLength(Object.keys(bundle.policies).length);
});

test('a bundle without rules says what to give', () => {
  const env = testEnvironment();
  expect(() => new PolicyBundle(env, 'policies')).toThrow('there are no rules; give the platform policies');
});

test('every pack can be configured by what a platform knows', () => {
  const env = environment({ packs: allPacks });
  new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.2.3', port: 8080 });
  expect(synthObjects(env).length).toBeGreaterThan(3);
});
