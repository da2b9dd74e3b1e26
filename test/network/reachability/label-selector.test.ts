import { type Behaviour, netpol, violations } from './example-world';

const pods = (matchLabels: object) => ({ podSelector: { matchLabels } });
const from = (peer: object) => netpol({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [peer] }] });
const expression = (key: string, operator: string, values?: string[]) =>
  from({ namespaceSelector: {}, podSelector: { matchExpressions: [{ key, operator, values }] } });

const behaviours: Behaviour[] = [
  {
    it: 'selects with In what has one of the values',
    policies: [expression('app', 'In', ['vault', 'other'])],
    opens: ['bank/vault → shop/api'],
    closes: ['bank/web → shop/api', 'kube-system/dns → shop/api'],
  },
  {
    it: 'selects with NotIn what has another value or no such label',
    policies: [expression('app', 'NotIn', ['web'])],
    opens: ['bank/vault → shop/api', 'kube-system/dns → shop/api'],
    closes: ['bank/web → shop/api'],
  },
  {
    it: 'selects with Exists what has the label, even without a value',
    policies: [expression('tier', 'Exists')],
    opens: ['bank/vault → shop/web'],
    closes: ['bank/web → shop/web'],
  },
  {
    it: 'selects with DoesNotExist what lacks the label',
    policies: [expression('tier', 'DoesNotExist')],
    opens: ['bank/web → shop/web'],
    closes: ['bank/vault → shop/web'],
  },
  {
    it: 'wants all labels and all expressions',
    policies: [
      from({
        podSelector: {
          matchLabels: { app: 'api' },
          matchExpressions: [
            { key: 'tier', operator: 'Exists' },
            { key: 'app', operator: 'NotIn', values: ['x'] },
          ],
        },
      }),
      from({ podSelector: { matchLabels: { app: 'web', tier: 'back' } } }),
    ],
    opens: ['shop/api → shop/web'],
    closes: ['shop/web → shop/api'],
  },
  {
    it: 'tells an empty value from a missing label',
    policies: [from({ namespaceSelector: {}, ...pods({ tier: '' }) })],
    opens: ['bank/vault → shop/api'],
    closes: ['bank/web → shop/api'],
  },
];

test.each(behaviours)('$it', (behaviour) => {
  expect(violations(behaviour)).toEqual([]);
});

test.each([
  ['an unknown operator', expression('app', 'Gt', ['1']), /operator Gt/],
  ['In without values', expression('app', 'In', []), /In with 0 values/],
  ['Exists with values', expression('app', 'Exists', ['a']), /Exists with 1 values/],
])('refuses %s', (_, policy, message) => {
  expect(() => violations({ it: '', policies: [policy] })).toThrow(message);
});
