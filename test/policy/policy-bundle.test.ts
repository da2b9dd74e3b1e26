import { Platform, type Topology } from 'cdk8s-golden-path';
import {
  defaultDeny,
  finishedJobs,
  Guardrails,
  type KyvernoRule,
  PolicyBundle,
  type PolicyBundleProps,
  podSecurityBaseline,
  podSecurityWarnings,
} from 'cdk8s-golden-path/policy';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';

function environment() {
  const topology: Topology = {
    environments: { production: { clusters: ['a'] } },
    clusters: { a: { kubernetes: '1.36' } },
  };
  const policies = new Guardrails({ packs: [podSecurityBaseline] });
  return testEnvironment({
    platform: new Platform({ domain: 'acme.io', topology, policies }),
    environment: 'production',
  });
}

const bundle = (props: PolicyBundleProps) => new PolicyBundle(environment(), 'policies', props);

test('rules that only Kyverno carries out come with the rights that its controllers need for them', () => {
  const kyvernoRules: KyvernoRule[] = [defaultDeny, finishedJobs, podSecurityWarnings];
  const objects = synthObjects(bundle({ kyvernoRules })).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(objects).toEqual(
    expect.arrayContaining([
      'ValidatingPolicy host-namespaces',
      'GeneratingPolicy default-deny',
      'DeletingPolicy finished-jobs',
      'MutatingPolicy pod-security-warnings',
      'ClusterRole golden-policies-background',
      'ClusterRole golden-policies-cleanup',
    ]),
  );
});

test('without such rules nobody gets rights', () => {
  expect(synthObjects(bundle({})).map(({ kind }) => kind)).not.toContain('ClusterRole');
});

test.each<[string, PolicyBundleProps, string]>([
  ['another engine', { engine: 'kubernetes', kyvernoRules: [defaultDeny] }, 'only Kyverno carries out "default-deny"'],
  [
    'a rule given twice',
    { kyvernoRules: [defaultDeny, defaultDeny] },
    'two of kyvernoRules have the id "default-deny"',
  ],
  ['a rule that is none', { kyvernoRules: [{ ...defaultDeny, objects: [] }] }, 'it makes nothing'],
])('%s is refused', (_, props, message) => {
  expect(() => bundle(props)).toThrow(message);
});
