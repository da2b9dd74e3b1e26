import { type Behaviour, netpol, violations } from './example-world';

const cilium = (egress: object[], more: object = {}) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'example', namespace: 'shop' },
  spec: { endpointSelector: {}, egress, ...more },
});
const ports = (port: string, protocol = 'TCP') => [{ ports: [{ port, protocol }] }];
const clusterDns = { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' };
const dns = (...names: object[]) => ({
  toEndpoints: [{ matchLabels: clusterDns }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: names } }],
});
const anyName = dns({ matchPattern: '*' });
const example = { toFQDNs: [{ matchName: 'api.example.org' }], toPorts: ports('443') };

const behaviours: Behaviour[] = [
  {
    it: 'opens the port of a host by its name',
    policies: [cilium([example, anyName])],
    opens: ['shop/web → internet 443/TCP'],
    closes: [
      'shop/web → internet 80/TCP',
      'shop/web → internet 443/UDP',
      'shop/web → partner 443/TCP',
      'shop/web → nameless 443/TCP',
    ],
  },
  {
    it: 'takes a wildcard for characters of one label',
    policies: [cilium([{ toFQDNs: [{ matchPattern: '*.example.org' }], toPorts: ports('443') }, anyName])],
    opens: ['shop/web → internet 443/TCP'],
    closes: ['shop/web → partner 443/TCP', 'shop/web → internet6 443/TCP'],
  },
  {
    it: 'takes a wildcard alone for every name, and for nothing within the cluster',
    policies: [cilium([{ toFQDNs: [{ matchPattern: '*' }] }, anyName])],
    opens: ['shop/web → internet 1/UDP', 'shop/web → partner', 'shop/web → internet6'],
    closes: ['shop/web → bank/web', 'shop/web → nameless'],
  },
  {
    it: 'opens what any of its rules names, on the ports of that rule',
    policies: [
      cilium([
        example,
        { toFQDNs: [{ matchName: 'x.org' }, { matchName: 'example.org' }], toPorts: ports('25') },
        anyName,
      ]),
    ],
    opens: ['shop/web → internet 443/TCP', 'shop/web → internet6 25/TCP'],
    closes: ['shop/web → internet 25/TCP', 'shop/web → internet6 443/TCP'],
  },
  {
    it: 'knows no address of a name without a DNS rule',
    policies: [cilium([example])],
    closes: ['shop/web → internet 443/TCP'],
  },
  {
    it: 'knows no address of a name that the DNS rule leaves out',
    policies: [cilium([example, dns({ matchName: 'other.example.org' })])],
    closes: ['shop/web → internet 443/TCP'],
  },
  {
    it: 'learns names from the DNS rules of any policy of the pod',
    policies: [cilium([example]), cilium([dns({ matchPattern: '*.example.org' })])],
    opens: ['shop/web → internet 443/TCP'],
  },
  {
    it: 'learns no names from the DNS rules of other pods',
    policies: [cilium([example]), cilium([anyName], { endpointSelector: { matchLabels: { app: 'api' } } })],
    opens: ['shop/api → internet 443/TCP'],
    closes: ['shop/web → internet 443/TCP'],
  },
  {
    it: 'opens pods of another namespace that is named in the selector',
    policies: [cilium([anyName])],
    opens: ['shop/web → kube-system/dns 53/UDP', 'shop/web → kube-system/dns 53/TCP'],
    closes: ['shop/web → kube-system/dns 54/UDP', 'shop/web → bank/web 53/UDP'],
  },
  {
    it: 'opens pods of another namespace by the labels of that',
    policies: [
      cilium([
        { toEndpoints: [{ matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'money', 'any:app': 'web' } }] },
      ]),
    ],
    opens: ['shop/web → bank/web'],
    closes: ['shop/web → bank/vault', 'shop/api → shop/web'],
  },
  {
    it: 'opens pods of its own namespace alone where none is named',
    policies: [cilium([{ toEndpoints: [{ matchLabels: { app: 'web' } }] }])],
    opens: ['shop/api → shop/web'],
    closes: ['shop/api → bank/web'],
  },
  {
    it: 'applies to pods of its own namespace alone',
    policies: [cilium([{}], { endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'bank' } } })],
    opens: ['bank/web → internet', 'shop/web → internet'],
  },
  {
    it: 'isolates egress with a rule that matches nothing, and no ingress',
    policies: [cilium([{}])],
    opens: ['internet → shop/web', 'bank/web → internet'],
    closes: ['shop/web → internet', 'shop/web → shop/api'],
  },
  {
    it: 'isolates nothing without rules',
    policies: [cilium([])],
    opens: ['shop/web → internet'],
  },
  {
    it: 'isolates nothing where default deny is off, and still adds to what is allowed',
    policies: [
      cilium([{ toPorts: ports('443') }], { enableDefaultDeny: { egress: false } }),
      netpol({ podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Egress'] }),
    ],
    opens: ['shop/web → internet 80/TCP', 'shop/api → internet 443/TCP'],
    closes: ['shop/api → internet 80/TCP'],
  },
  {
    it: 'opens a range of ports with both of its ends',
    policies: [cilium([{ toPorts: [{ ports: [{ port: '80', endPort: 82 }] }] }])],
    opens: ['shop/web → internet 80/TCP', 'shop/web → internet 82/UDP'],
    closes: ['shop/web → internet 79/TCP', 'shop/web → internet 83/TCP'],
  },
  {
    it: 'adds up with NetworkPolicies',
    policies: [
      cilium([example, anyName]),
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
  ['ingress', cilium([], { ingress: [{}] }), /spec has ingress/],
  ['what it can not judge', cilium([{ toEntities: ['world'] }]), /toEntities; understood are/],
  ['hosts beside endpoints', cilium([{ toFQDNs: [{ matchName: 'a' }], toEndpoints: [{}] }]), /both toFQDNs/],
  ['an empty list', cilium([{ toFQDNs: [] }]), /empty list/],
  ['a host with both', cilium([{ toFQDNs: [{ matchName: 'a', matchPattern: '*' }] }]), /either matchName/],
  ['a double wildcard', cilium([{ toFQDNs: [{ matchPattern: '**.a' }] }]), /\*\*.a/],
  ['a port that is no string of digits', cilium([{ toPorts: ports('https') }]), /"https"/],
  [
    'HTTP rules',
    cilium([{ toPorts: [{ ports: [{ port: '80' }], rules: { http: [] } }] }]),
    /rules of toPorts has http/,
  ],
  ['DNS rules on another port', cilium([{ toPorts: [{ ports: [{ port: '54' }], rules: { dns: [] } }] }]), /port 53/],
  ['labels of other sources', cilium([{ toEndpoints: [{ matchLabels: { 'reserved:world': '' } }] }]), /reserved:world/],
])('refuses %s', (_, policy, message) => {
  expect(() => violations({ it: '', policies: [policy] })).toThrow(message);
});
