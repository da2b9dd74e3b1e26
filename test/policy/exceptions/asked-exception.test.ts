import {
  type AskedException,
  askedException,
  type ExceptionTerms,
} from '../../../src/policy/exceptions/asked-exception';

const day = 86_400_000;
const now = Date.parse('2026-11-21T12:00:00Z');
const asked: AskedException = {
  rule: 'host-namespaces',
  workload: 'deployment/agent',
  namespace: 'shop',
  reason: ' reads the network of the node ',
  owner: 'platform',
  until: Date.parse('2027-01-31T00:00:00Z'),
};
const terms: ExceptionTerms = { rules: ['host-namespaces', 'run-as-non-root'], now };
const problemsOf = (changed: Partial<AskedException>, more: Partial<ExceptionTerms> = {}) => {
  const found = askedException({ ...asked, ...changed }, { ...terms, ...more });
  return Array.isArray(found) ? found : [];
};
const given = {
  policy: 'host-namespaces',
  object: { kind: 'Deployment', namespace: 'shop', name: 'agent' },
  reason: 'reads the network of the node',
  owner: 'platform',
  expiresAt: '2027-01-31T00:00:00Z',
};

test('an exception is written as Kubernetes names the kind and the time', () => {
  expect(askedException(asked, terms)).toEqual(given);
  const cluster = { ...asked, workload: 'ClusterRole/reader', namespace: undefined };
  expect(askedException(cluster, terms)).toMatchObject({ object: { kind: 'ClusterRole', name: 'reader' } });
});

test.each<[string, Partial<AskedException>, RegExp]>([
  ['an unknown rule', { rule: 'host-namespace' }, /no rule "host-namespace" \(did you mean "host-namespaces"\?\)/],
  ['a workload without a kind', { workload: 'agent' }, /"agent" names no object; write its kind and name/],
  ['an unknown kind', { workload: 'Deploymnt/agent' }, /"Deploymnt" is unknown \(did you mean "Deployment"\?\)/],
  ['a name that no object has', { workload: 'Deployment/a b' }, /name "a b" is none/],
  ['no namespace', { namespace: undefined }, /a Deployment is in a namespace/],
  ['a namespace of what is in none', { workload: 'Namespace/shop' }, /a Namespace is in no namespace/],
  ['a namespace that there can not be', { namespace: 'a.b' }, /namespace "a.b" is none/],
  ['an empty reason', { reason: ' ' }, /the reason is empty/],
  ['an empty owner', { owner: '' }, /the owner is empty/],
  ['a day that is over', { until: now }, /^2026-11-21T12:00:00Z is over; name a day to come$/],
])('%s is refused', (_, changed, message) => {
  expect(problemsOf(changed)).toEqual([expect.stringMatching(message)]);
});

test('all that stands in the way is said at once', () => {
  expect(problemsOf({ rule: 'x', workload: 'x', reason: '', owner: '', until: 0 })).toHaveLength(5);
});

test('the time is bounded by the platform', () => {
  const longest = 90 * day;
  expect(problemsOf({ until: now + longest }, { longest })).toEqual([]);
  expect(problemsOf({ until: now + longest + 1000 }, { longest })).toEqual([
    expect.stringMatching(/more than 90 days ahead.*name a day until 2027-02-19$/),
  ]);
});

test('an owner is one of those that the platform knows', () => {
  expect(problemsOf({}, { owners: ['platform', 'orders'] })).toEqual([]);
  expect(problemsOf({ owner: 'ordrs' }, { owners: ['orders'] })[0]).toContain('(did you mean "orders"?)');
});

test('nobody is given the same twice', () => {
  const twin = { ...given, writtenAt: 'exceptions.yaml:7' };
  expect(problemsOf({}, { given: [twin] })).toEqual([
    'exceptions.yaml:7 has this exception already, until 2027-01-31T00:00:00Z; change it there',
  ]);
  expect(problemsOf({ rule: 'run-as-non-root' }, { given: [twin] })).toEqual([]);
  expect(problemsOf({ namespace: 'other' }, { given: [twin] })).toEqual([]);
});
