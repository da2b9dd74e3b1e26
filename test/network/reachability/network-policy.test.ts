import { type Behaviour, exampleWorld, netpol, violations } from './example-world';

const ingress = (...rules: object[]) => netpol({ podSelector: {}, policyTypes: ['Ingress'], ingress: rules });
const egress = (...rules: object[]) => netpol({ podSelector: {}, policyTypes: ['Egress'], egress: rules });
const from = (...peers: object[]) => ingress({ from: peers });
const toPorts = (...ports: object[]) => ingress({ ports });
const pods = (matchLabels: object) => ({ podSelector: { matchLabels } });

const isolation: Behaviour[] = [
  {
    it: 'allows everything without policies',
    policies: [],
    opens: ['shop/web → shop/api', 'bank/web → shop/api', 'internet → shop/api', 'shop/api → internet 443/TCP'],
  },
  {
    it: 'denies all ingress of a namespace with a policy of no ingress rules',
    policies: [netpol({ podSelector: {}, policyTypes: ['Ingress'] })],
    opens: ['shop/web → bank/web', 'shop/web → internet', 'internet → bank/web'],
    closes: ['shop/web → shop/api', 'bank/web → shop/api', 'internet → shop/web'],
  },
  {
    it: 'denies all egress of a namespace with a policy of no egress rules',
    policies: [netpol({ podSelector: {}, policyTypes: ['Egress'] })],
    opens: ['bank/web → shop/api', 'internet → shop/api', 'bank/web → internet'],
    closes: ['shop/web → shop/api', 'shop/web → bank/web', 'shop/web → internet', 'shop/web → kube-system/dns 53/UDP'],
  },
  {
    it: 'denies both ways with both types and no rules',
    policies: [netpol({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })],
    closes: ['shop/web → bank/web', 'bank/web → shop/web'],
  },
  {
    it: 'allows all ingress with an empty rule, whatever else denies',
    policies: [netpol({ podSelector: {}, policyTypes: ['Ingress'] }), ingress({})],
    opens: ['bank/web → shop/api 1/SCTP', 'internet → shop/api'],
  },
  {
    it: 'allows all egress with an empty rule, whatever else denies',
    policies: [netpol({ podSelector: {}, policyTypes: ['Egress'] }), egress({})],
    opens: ['shop/api → bank/web 1/SCTP', 'shop/api → internet'],
  },
  {
    it: 'isolates the selected pods alone',
    policies: [netpol({ podSelector: { matchLabels: { app: 'api' } } })],
    opens: ['bank/web → shop/web'],
    closes: ['bank/web → shop/api'],
  },
  {
    it: 'isolates ingress when no types are given',
    policies: [netpol({ podSelector: {} })],
    opens: ['shop/web → internet'],
    closes: ['internet → shop/web'],
  },
  {
    it: 'isolates egress too when no types and an egress rule are given',
    policies: [netpol({ podSelector: {}, egress: [{ ports: [{ port: 443 }] }] })],
    opens: ['shop/web → internet 443/TCP'],
    closes: ['internet → shop/web', 'shop/web → internet 80/TCP'],
  },
  {
    it: 'takes an empty list of egress rules for none when no types are given',
    policies: [netpol({ podSelector: {}, egress: [] })],
    opens: ['shop/web → internet'],
  },
  {
    it: 'ignores the rules of a direction that is not among the types',
    policies: [netpol({ podSelector: {}, policyTypes: ['Egress'], ingress: [{ from: [pods({ app: 'none' })] }] })],
    opens: ['internet → shop/web'],
    closes: ['shop/web → internet'],
  },
  {
    it: 'needs the consent of both ends',
    policies: [egress({ to: [{ namespaceSelector: {} }] }), netpol({ podSelector: {} }, 'bank')],
    opens: ['shop/web → kube-system/dns'],
    closes: ['shop/web → bank/web'],
  },
  {
    it: 'adds up policies',
    policies: [from(pods({ app: 'web' })), from({ ipBlock: { cidr: '203.0.113.0/24' } })],
    opens: ['shop/web → shop/api', 'internet → shop/api'],
    closes: ['bank/web → shop/api', 'partner → shop/api'],
  },
  {
    it: 'lets a pod reach itself whatever denies',
    policies: [netpol({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })],
    opens: ['shop/api → shop/api'],
  },
  {
    it: 'puts a policy without namespace into default',
    policies: [{ ...netpol({ podSelector: {} }), metadata: { name: 'example' } }],
    opens: ['internet → shop/web'],
  },
];

const peers: Behaviour[] = [
  {
    it: 'finds pods of its own namespace by a pod selector alone',
    policies: [from(pods({ app: 'web' }))],
    opens: ['shop/web → shop/api'],
    closes: ['bank/web → shop/api', 'internet → shop/api'],
  },
  {
    it: 'finds every pod of a namespace by a namespace selector alone',
    policies: [from({ namespaceSelector: { matchLabels: { team: 'money' } } })],
    opens: ['bank/web → shop/api', 'bank/vault → shop/api'],
    closes: ['shop/web → shop/api', 'kube-system/dns → shop/api', 'internet → shop/api'],
  },
  {
    it: 'finds some pods of a namespace by both selectors in one peer',
    policies: [from({ namespaceSelector: { matchLabels: { team: 'money' } }, ...pods({ app: 'web' }) })],
    opens: ['bank/web → shop/api'],
    closes: ['bank/vault → shop/api', 'shop/web → shop/api'],
  },
  {
    it: 'finds either by the two selectors in two peers',
    policies: [from({ namespaceSelector: { matchLabels: { team: 'money' } } }, pods({ app: 'web' }))],
    opens: ['bank/web → shop/api', 'bank/vault → shop/api', 'shop/web → shop/api'],
    closes: ['kube-system/dns → shop/api'],
  },
  {
    it: 'finds its own namespace by an empty pod selector',
    policies: [from({ podSelector: {} })],
    opens: ['shop/web → shop/api'],
    closes: ['bank/web → shop/api', 'internet → shop/api'],
  },
  {
    it: 'finds every pod, and nothing outside, by an empty namespace selector',
    policies: [from({ namespaceSelector: {} })],
    opens: ['shop/web → shop/api', 'bank/vault → shop/api'],
    closes: ['internet → shop/api'],
  },
  {
    it: 'finds a namespace by the name label that the API server adds',
    policies: [from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bank' } } })],
    opens: ['bank/web → shop/api'],
    closes: ['shop/web → shop/api'],
  },
  {
    it: 'finds all, outside too, by an empty list of peers',
    policies: [from()],
    opens: ['bank/web → shop/api', 'internet → shop/api'],
  },
  {
    it: 'finds addresses by an IPv4 block without its exceptions',
    policies: [from({ ipBlock: { cidr: '0.0.0.0/0', except: ['198.51.100.0/24', '10.0.1.0/24'] } })],
    opens: ['internet → shop/api'],
    closes: ['partner → shop/api', 'internet6 → shop/api', 'bank/web → shop/api'],
  },
  {
    it: 'finds addresses by an IPv6 block without its exceptions',
    policies: [from({ ipBlock: { cidr: '::/0', except: ['fd00::/8'] } })],
    opens: ['internet6 → shop/api'],
    closes: ['internet → shop/api', 'bank/vault → shop/api'],
  },
  {
    it: 'finds pods by their address too',
    policies: [from({ ipBlock: { cidr: '10.0.1.0/24' } })],
    opens: ['bank/web → shop/api'],
    closes: ['shop/web → shop/api'],
  },
  {
    it: 'finds no pods by their address in a world that says so',
    world: { ...exampleWorld, ipBlocksHoldPods: false },
    policies: [from({ ipBlock: { cidr: '0.0.0.0/0' } })],
    opens: ['internet → shop/api'],
    closes: ['bank/web → shop/api'],
  },
  {
    it: 'reads the peers of egress rules alike',
    policies: [egress({ to: [pods({ app: 'api' }), { ipBlock: { cidr: '203.0.113.7/32' } }] })],
    opens: ['shop/web → shop/api', 'shop/web → internet'],
    closes: ['shop/web → bank/web', 'shop/web → partner'],
  },
];

const ports: Behaviour[] = [
  {
    it: 'takes a port for TCP unless it says otherwise',
    policies: [toPorts({ port: 53 })],
    opens: ['internet → shop/web 53/TCP'],
    closes: ['internet → shop/web 53/UDP', 'internet → shop/web 52/TCP', 'internet → shop/web 54/TCP'],
  },
  {
    it: 'keeps protocols apart',
    policies: [toPorts({ port: 53, protocol: 'UDP' }, { port: 9, protocol: 'SCTP' })],
    opens: ['internet → shop/web 53/UDP', 'internet → shop/web 9/SCTP'],
    closes: ['internet → shop/web 53/TCP', 'internet → shop/web 53/SCTP', 'internet → shop/web 9/TCP'],
  },
  {
    it: 'opens every port of a protocol that is named alone',
    policies: [toPorts({ protocol: 'UDP' })],
    opens: ['internet → shop/web 1/UDP', 'internet → shop/web 65535/UDP'],
    closes: ['internet → shop/web 1/TCP'],
  },
  {
    it: 'opens every port of every protocol with an empty list',
    policies: [toPorts()],
    opens: ['internet → shop/web 1/UDP', 'internet → shop/web 65535/TCP'],
  },
  {
    it: 'opens a range with both of its ends',
    policies: [toPorts({ port: 32000, endPort: 32768 })],
    opens: ['internet → shop/web 32000/TCP', 'internet → shop/web 32768/TCP'],
    closes: ['internet → shop/web 31999/TCP', 'internet → shop/web 32769/TCP', 'internet → shop/web 32000/UDP'],
  },
  {
    it: 'knows the first and the last port there are',
    policies: [toPorts({ port: 1 }, { port: 65535 }), toPorts({ port: 60000, endPort: 65535, protocol: 'UDP' })],
    opens: ['internet → shop/web 1/TCP', 'internet → shop/web 65535/TCP', 'internet → shop/web 65535/UDP'],
  },
  {
    it: 'reads a port name as the receiving pod declares it',
    policies: [toPorts({ port: 'http' })],
    opens: ['internet → shop/web 8080/TCP', 'internet → shop/api 9090/TCP'],
    closes: ['internet → shop/web 9090/TCP', 'internet → shop/api 8080/TCP', 'internet → shop/web 8080/UDP'],
  },
  {
    it: 'reads a port name with its protocol',
    policies: [toPorts({ port: 'stats' })],
    closes: ['internet → shop/api 9091/TCP', 'internet → shop/api 9091/UDP'],
  },
  {
    it: 'resolves a port name of an egress rule at the destination, which outside of the cluster has none',
    policies: [egress({ ports: [{ port: 'http' }] })],
    opens: ['shop/web → shop/api 9090/TCP'],
    closes: ['shop/web → shop/api 8080/TCP', 'shop/web → internet 8080/TCP', 'shop/web → bank/web 8080/TCP'],
  },
  {
    it: 'wants peer and port of one and the same rule',
    policies: [ingress({ from: [pods({ app: 'web' })], ports: [{ port: 80 }] }, { ports: [{ port: 443 }] })],
    opens: ['shop/web → shop/api 80/TCP', 'shop/web → shop/api 443/TCP', 'internet → shop/api 443/TCP'],
    closes: ['internet → shop/api 80/TCP', 'shop/web → shop/api 81/TCP'],
  },
];

describe.each([
  ['isolation', isolation],
  ['peers', peers],
  ['ports', ports],
])('%s', (_, behaviours) => {
  test.each(behaviours)('$it', (behaviour) => {
    expect(violations(behaviour)).toEqual([]);
  });
});

test.each([
  ['an empty peer', from({}), /peer is empty/],
  ['an address block beside a selector', from({ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }), /both ipBlock/],
  ['a block that is none', from({ ipBlock: { cidr: '10.0.0.0/33' } }), /10.0.0.0\/33/],
  ['a block of no address', from({ ipBlock: { cidr: 'shop/8' } }), /shop\/8/],
  ['an exception outside of its block', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/9'] } }), /11.0.0.0/],
  ['an exception of the whole block', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }), /no range/],
  ['a range without a start', toPorts({ endPort: 80 }), /endPort 80/],
  ['a range from a name', toPorts({ port: 'http', endPort: 80 }), /endPort 80/],
  ['a range that ends before it starts', toPorts({ port: 81, endPort: 80 }), /endPort 80/],
  ['a number in quotes', toPorts({ port: '80' }), /port "80"/],
  ['a port that does not exist', toPorts({ port: 65536 }), /port 65536/],
  ['a range beyond the last port', toPorts({ port: 1, endPort: 65536 }), /endPort 65536/],
  ['an unknown protocol', toPorts({ port: 1, protocol: 'ICMP' }), /ICMP/],
  ['an unknown type', netpol({ podSelector: {}, policyTypes: ['Both'] }), /Both/],
  ['a mistyped field', ingress({ form: [] }), /form; understood are from, ports/],
  ['the peers of the other direction', ingress({ to: [] }), /to; understood are from, ports/],
  ['a kind that is not known', { ...netpol({}), kind: 'AdminNetworkPolicy' }, /AdminNetworkPolicy is not understood/],
])('refuses %s', (_, policy, message) => {
  expect(() => violations({ it: '', policies: [policy] })).toThrow(message);
});

test('does not answer for two ends that are both outside', () => {
  expect(() => violations({ it: '', policies: [], opens: ['internet → partner'] })).toThrow(/both outside/);
});
