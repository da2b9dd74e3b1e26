import { type Behaviour, netpol, violations } from './example-world';

const fqdn = (egress: object[], podSelector: object = {}) => ({
  apiVersion: 'networking.gke.io/v1alpha1',
  kind: 'FQDNNetworkPolicy',
  metadata: { name: 'example', namespace: 'shop' },
  spec: { podSelector, egress },
});
const https = [{ port: 443, protocol: 'TCP' }];

const behaviours: Behaviour[] = [
  {
    it: 'opens the port of a host by its name, without regard to case',
    policies: [fqdn([{ matches: [{ name: 'API.example.org' }, { name: 'eu.api.example.org.' }], ports: https }])],
    opens: ['shop/web → internet 443/TCP', 'shop/web → partner 443/TCP'],
    closes: [
      'shop/web → internet 80/TCP',
      'shop/web → internet 443/UDP',
      'shop/web → internet6 443/TCP',
      'shop/web → nameless 443/TCP',
    ],
  },
  {
    it: 'opens what any of its rules names, on the ports of that rule',
    policies: [
      fqdn([
        { matches: [{ name: 'api.example.org' }], ports: https },
        { matches: [{ name: 'example.org' }], ports: [{ port: 25 }, { port: 587 }] },
      ]),
    ],
    opens: ['shop/web → internet 443/TCP', 'shop/web → internet6 25/TCP', 'shop/web → internet6 587/TCP'],
    closes: ['shop/web → internet 25/TCP', 'shop/web → internet6 443/TCP'],
  },
  {
    it: 'takes a wildcard for one label',
    policies: [fqdn([{ matches: [{ pattern: '*.example.org' }], ports: https }])],
    opens: ['shop/web → internet 443/TCP'],
    closes: ['shop/web → partner 443/TCP', 'shop/web → internet6 443/TCP'],
  },
  {
    it: 'denies the other egress of the pods that it selects, and no ingress',
    policies: [fqdn([{ matches: [{ name: 'api.example.org' }], ports: https }], { matchLabels: { app: 'web' } })],
    opens: ['shop/api → bank/web', 'bank/web → shop/web', 'internet → shop/web'],
    closes: ['shop/web → bank/web', 'shop/web → partner 443/TCP'],
  },
  {
    it: 'adds up with NetworkPolicies',
    policies: [
      fqdn([{ matches: [{ name: 'api.example.org' }], ports: https }]),
      netpol({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] }),
    ],
    opens: ['shop/web → internet 443/TCP', 'shop/web → shop/api'],
    closes: ['shop/web → partner 443/TCP'],
  },
];

test.each(behaviours)('$it', (behaviour) => {
  expect(violations(behaviour)).toEqual([]);
});

test.each([
  ['a rule without ports', [{ matches: [{ name: 'a.org' }] }], /names no port/],
  [
    'a match with both',
    [{ matches: [{ name: 'a.org', pattern: '*.org' }], ports: https }],
    /either a name or a pattern/,
  ],
  ['a wildcard in a name', [{ matches: [{ name: '*.org' }], ports: https }], /\*.org is no host name/],
  ['a double wildcard', [{ matches: [{ pattern: '**.org' }], ports: https }], /\*\*.org/],
  ['a field that is not known', [{ to: [], ports: https }], /to; understood are matches, ports/],
])('refuses %s', (_, egress, message) => {
  expect(() => violations({ it: '', policies: [fqdn(egress)] })).toThrow(message);
});
