import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toYaml } from '../../../src/gitops/yaml';
import { evaluatePolicies, type JudgedObject } from '../../../src/policy/evaluate-policies';
import { container, cronJob, deployment, object, pod } from '../../../src/policy/example-objects';
import { readPolicies } from '../../../src/policy/imported/read-policies';
import { allPacks } from '../../../src/policy/packs/all-packs';
import type { ExampleObject } from '../../../src/policy/policy';
import type { PolicyException } from '../../../src/policy/policy-exception';
import { kyvernoException, kyvernoPolicy } from '../../../src/policy/render/kyverno';
import { hostNamespaces } from '../../../src/policy/rules/host-namespaces';
import { withExampleValues } from '../example-values';
import { judgedExample } from '../judged-example';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policies-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const pods = { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE', 'UPDATE'] };

const policy = (spec: object, name = 'no-root') => ({
  apiVersion: 'policies.kyverno.io/v1',
  kind: 'ValidatingPolicy',
  metadata: { name },
  spec: {
    matchConstraints: { resourceRules: [pods] },
    variables: [{ name: 'containers', expression: 'object.spec.containers' }],
    validations: [
      {
        expression: 'variables.containers.all(c, c.?securityContext.?runAsUser.orValue(1) != 0)',
        message: 'runs as root',
      },
    ],
    ...spec,
  },
});

const find = (example: ExampleObject) =>
  evaluatePolicies([{ object: example as JudgedObject['object'], path: '' }], readPolicies(folder).inForce);
const refusal = () => {
  try {
    readPolicies(folder);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

const asRoot = { containers: [container({ securityContext: { runAsUser: 0 } })] };

test('a policy of a file is judged like one of our own, with its message', () => {
  write('deep/policy.yaml', toYaml(policy({})));
  expect(find(pod())).toEqual([]);
  expect(find(pod(asRoot)).map(({ policy: id, says, enforcement }) => [id, says, enforcement])).toEqual([
    ['no-root', 'runs as root', 'deny'],
  ]);
});

test('a policy for pods also counts for what makes pods, as Kyverno expands it', () => {
  write('policy.yml', toYaml(policy({})));
  expect([deployment(asRoot), cronJob(asRoot)].map((each) => find(each).length)).toEqual([1, 1]);
});

test.each([
  ['its expansion is off', { autogen: { podControllers: { controllers: [] } } }],
  ['it names labels', { matchConstraints: { resourceRules: [pods], objectSelector: { matchLabels: { a: 'b' } } } }],
  [
    'it names the subresource of ephemeral containers',
    { matchConstraints: { resourceRules: [{ ...pods, resources: ['pods', 'pods/ephemeralcontainers'] }] } },
  ],
])('it does not when %s', (_, spec) => {
  write('policy.yaml', toYaml(policy(spec)));
  expect(find(deployment(asRoot))).toEqual([]);
});

test('stages, match conditions, labels and namespaces of a file count', () => {
  const matchConstraints = {
    resourceRules: [pods],
    objectSelector: { matchLabels: { team: 'a' } },
    namespaceSelector: {
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
    },
  };
  const matchConditions = [{ name: 'named', expression: "object.metadata.name != 'skipped'" }];
  write('policy.yaml', toYaml(policy({ matchConstraints, matchConditions, validationActions: ['Audit'] })));
  const labels = { team: 'a' };
  expect(find(pod(asRoot, { labels })).map(({ enforcement }) => enforcement)).toEqual(['audit']);
  expect(find(pod(asRoot))).toEqual([]);
  expect(find(pod(asRoot, { labels, name: 'skipped' }))).toEqual([]);
  expect(find(pod(asRoot, { labels, namespace: 'kube-system' }))).toEqual([]);
});

test('our own rules, rendered and read back, give the same verdict on their examples', () => {
  const rules = [...new Set(allPacks.flatMap(({ policies }) => policies))].map(withExampleValues);
  rules.forEach((rule, i) => {
    const rendered = kyvernoPolicy({ policy: rule, enforcement: 'deny', failClosed: true, excludedNamespaces: [] });
    write(`${i}.yaml`, toYaml(rendered));
  });
  const { inForce } = readPolicies(folder);
  for (const rule of rules) {
    const own = inForce.filter((each) => each.policy.id === rule.id);
    const verdicts = (examples: typeof rule.examples.passes) =>
      examples.map((example) => evaluatePolicies([judgedExample(example)], own).length > 0);
    expect([rule.id, ...verdicts(rule.examples.passes)]).toEqual([rule.id, ...rule.examples.passes.map(() => false)]);
    expect([rule.id, ...verdicts(rule.examples.fails)]).toEqual([rule.id, ...rule.examples.fails.map(() => true)]);
  }
});

describe('exceptions of files', () => {
  const judged = (example: ExampleObject) => {
    const { inForce, exceptions: imported } = readPolicies(folder);
    const found = evaluatePolicies([{ object: example as JudgedObject['object'], path: '' }], inForce, { imported });
    return found.map(({ exception }) => exception?.owner ?? 'nobody');
  };
  const exception: PolicyException = {
    policy: 'host-namespaces',
    object: { kind: 'Pod', name: 'agent', namespace: 'shop' },
    reason: 'sees all processes',
    owner: 'monitoring',
    expiresAt: '2030-01-01T00:00:00Z',
  };
  const bad = { hostPID: true };
  const manifest = (spec: object) => {
    return {
      apiVersion: 'policies.kyverno.io/v1',
      kind: 'PolicyException',
      metadata: { name: 'x', namespace: 'a' },
      spec,
    };
  };
  const policyRefs = [{ kind: 'ValidatingPolicy', name: 'host-namespaces' }];
  const writeBoth = (own: readonly PolicyException[], other: object) => {
    const rule = { policy: hostNamespaces, enforcement: 'deny', failClosed: true, excludedNamespaces: [] } as const;
    write('a.yaml', toYaml(kyvernoPolicy(rule, { exceptions: own })));
    write('b.yaml', toYaml(other));
  };

  test('our own, rendered and read back, cover what they are for', () => {
    writeBoth([exception], kyvernoException(exception, 'kyverno'));
    expect(judged(pod(bad, { name: 'agent' }))).toEqual(['monitoring']);
    expect(judged(pod(bad, { name: 'other' }))).toEqual(['nobody']);
    expect(judged(pod({}, { name: 'other' }))).toEqual([]);
  });

  test('those of others count by their conditions', () => {
    writeBoth(
      [],
      manifest({ policyRefs, matchConditions: [{ name: 'a', expression: "object.metadata.name == 'agent'" }] }),
    );
    expect(judged(pod(bad, { name: 'agent' }))).toEqual(['unknown']);
    expect(judged(pod(bad, { name: 'other' }))).toEqual(['nobody']);
  });

  test('all of the conditions have to hold, and without any an exception is for all', () => {
    const named = { name: 'a', expression: "object.metadata.name == 'agent'" };
    const placed = { name: 'b', expression: "object.metadata.namespace == 'other'" };
    writeBoth([], manifest({ policyRefs, matchConditions: [named, placed] }));
    expect(judged(pod(bad, { name: 'agent' }))).toEqual(['nobody']);
    writeBoth([], manifest({ policyRefs }));
    expect(judged(pod(bad))).toEqual(['unknown']);
  });

  test('what is asked of a request does not cover an object that comes without one', () => {
    writeBoth(
      [],
      manifest({ policyRefs, matchConditions: [{ name: 'a', expression: "request.userInfo.username == 'a'" }] }),
    );
    expect(judged(pod(bad))).toEqual(['nobody']);
  });

  test('single values and images are left to the policy that asks for them', () => {
    writeBoth([], manifest({ policyRefs, allowedValues: ['hostPID'] }));
    expect(readPolicies(folder).notJudged).toEqual([{ file: 'b.yaml', kind: 'PolicyException', name: 'x' }]);
    expect(judged(pod(bad))).toEqual(['nobody']);
  });

  test('a condition that does not compile is refused with its file', () => {
    writeBoth([], manifest({ policyRefs, matchConditions: [{ name: 'a', expression: '1 +' }] }));
    expect(refusal()).toMatch(/^\[b\.yaml\] PolicyException "x": condition "1 \+": .*line 1, column 4/);
  });
});

test('what is no policy is passed over, and what judges nothing is named', () => {
  write('a.yaml', toYaml(object('v1', 'ConfigMap')));
  write('b.yaml', 'just text\n');
  write('c.yaml', toYaml({ ...policy({}), kind: 'MutatingPolicy' }));
  write('d.txt', 'x: [');
  expect(readPolicies(folder)).toEqual({
    inForce: [],
    exceptions: [],
    notJudged: [{ file: 'c.yaml', kind: 'MutatingPolicy', name: 'no-root' }],
  });
});

test.each([
  [
    'a ClusterPolicy',
    { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'old' } },
    'rewrite it as a ValidatingPolicy',
  ],
  [
    'a function that is not known',
    policy({ validations: [{ expression: 'globalContext.Get("a", "b") == 1' }] }),
    'the function Get() is not known',
  ],
  ['an expression that does not parse', policy({ validations: [{ expression: '1 +' }] }), 'line 1, column 4'],
  [
    'a variable that is not there',
    policy({ validations: [{ expression: 'variables.pod == 1' }] }),
    'variables.pod is not defined',
  ],
  [
    'namespaces by label',
    policy({ matchConstraints: { resourceRules: [pods], namespaceSelector: { matchLabels: { a: 'b' } } } }),
    'selects namespaces by labels',
  ],
  [
    'a kind that nobody serves',
    policy({ matchConstraints: { resourceRules: [{ ...pods, resources: ['pod'] }] } }),
    'matches "pod", which no cluster serves',
  ],
  [
    'exclusions',
    policy({ matchConstraints: { resourceRules: [pods], excludeResourceRules: [pods] } }),
    'write it as a matchCondition',
  ],
  ['no validations', policy({ validations: [] }), 'has no validations'],
])('%s is refused with its file', (_, document, message) => {
  write('a/b.yaml', toYaml(document));
  expect(refusal()).toContain(message);
  expect(refusal()).toContain('[a/b.yaml]');
});

test('two policies of one name are refused, naming both files', () => {
  write('a.yaml', toYaml(policy({})));
  write('b.yaml', toYaml(policy({})));
  expect(refusal()).toContain('[b.yaml] ValidatingPolicy "no-root": is in a.yaml already');
});

test.each([
  ['a key twice', 'kind: A\nkind: B\n', ':2] has the key "kind" twice in one map'],
  ['no YAML', 'a: [', ':1] is no YAML'],
  ['10 MB of aliases', `a: &a x\nb: [${'*a, '.repeat(2_600_000)}]\n`, ':2] has more than 1000 aliases'],
  ['brackets without end', '['.repeat(1_000_000), ':1] is nested deeper than 500 levels'],
  [
    'aliases that fill the memory',
    `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`).join('\n')}\n`,
    "] can't be read: Excessive alias count",
  ],
])('%s is refused with its file', (_, text, message) => {
  write('bad.yaml', text);
  expect(refusal()).toContain(`[bad.yaml${message}`);
});

test('anchors are read', () => {
  const text = toYaml(policy({})).replace('message: runs as root', 'message: &m runs as root');
  write('a.yaml', text);
  expect(find(pod(asRoot))[0].says).toBe('runs as root');
});
