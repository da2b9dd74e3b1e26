import { datedException, datedManifest, expiries } from '../../../src/policy/exceptions/exception-expiry';
import type { PolicyException } from '../../../src/policy/policy-exception';
import { kyvernoException } from '../../../src/policy/render/kyverno';

const day = 86_400_000;
const end = Date.parse('2027-01-31T00:00:00Z');
const exception: PolicyException = {
  policy: 'host-namespaces',
  object: { kind: 'Deployment', namespace: 'shop', name: 'agent' },
  reason: 'reads the network of the node',
  owner: 'platform',
  expiresAt: '2027-01-31T00:00:00Z',
};
const dated = datedException(exception, 'exceptions.yaml:3');

test.each([
  ['long before its end', end - 15 * day, 0, 0],
  ['14 days before its end', end - 14 * day, 0, 1],
  ['a moment before its end', end - 1, 0, 1],
  ['at its end', end, 1, 0],
  ['long after its end', end + 1000 * day, 1, 0],
])('%s', (_, now, problems, warnings) => {
  const found = expiries([dated], now);
  expect([found.problems.length, found.warnings.length]).toEqual([problems, warnings]);
});

test('what is said names the object, the rule, the owner and where it is written', () => {
  expect(expiries([dated], end - day).warnings).toEqual([
    {
      path: 'exceptions.yaml:3',
      message:
        'the exception of Deployment shop/agent from host-namespaces ends at 2027-01-31T00:00:00Z, in 1 day (platform)',
    },
  ]);
  expect(expiries([dated], end).problems[0].message).toMatch(
    /is over since 2027-01-31T00:00:00Z \(platform\); .*renew it$/,
  );
});

test('an exception is not given for longer than the platform allows', () => {
  expect(expiries([dated], end - 91 * day, 90 * day).problems[0].message).toContain('longer than the 90 days');
  expect(expiries([dated], end - 90 * day, 90 * day)).toEqual({ problems: [], warnings: [] });
});

test('an exception of a tree is one of the platform', () => {
  const manifest = datedManifest(kyvernoException(exception, 'kyverno'), 'x.yaml:7');
  expect(manifest).toEqual({
    path: 'x.yaml:7',
    what: 'PolicyException shop/agent-deployment-host-namespaces from host-namespaces',
    expiresAt: exception.expiresAt,
    owner: 'platform',
  });
});

test.each([
  ['without an end is reported', undefined, 'warnings', /never ends; set expiresAt$/],
  ['with an end that is no time is refused', 'soon', 'problems', /ends at "soon", which is no time$/],
] as const)('an exception that somebody else wrote %s', (_, expiresAt, list, message) => {
  const spec = { policyRefs: [{ kind: 'ValidatingPolicy', name: 'a' }], ...(expiresAt && { expiresAt }) };
  const manifest = { apiVersion: 'policies.kyverno.io/v1', kind: 'PolicyException', metadata: { name: 'x' }, spec };
  const found = expiries([datedManifest(manifest, 'x.yaml:1') ?? dated], 0);
  expect(found[list].map(({ message: said }) => said)).toEqual([expect.stringMatching(message)]);
});

test('other kinds are none', () => {
  expect(datedManifest({ apiVersion: 'v1', kind: 'PolicyException' }, 'x')).toBeUndefined();
  expect(datedManifest({ apiVersion: 'policies.kyverno.io/v1', kind: 'ValidatingPolicy' }, 'x')).toBeUndefined();
});
