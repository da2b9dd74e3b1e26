import { type ClusterNetwork, type Egress, Platform } from 'cdk8s-golden-path';
import { synthObject, testEnvironment } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';
import { service } from '../workload/workloads';

const cluster = (network: ClusterNetwork) =>
  testEnvironment({
    platform: new Platform({
      domain: 'acme.io',
      topology: { environments: { dev: { clusters: ['a'] } }, clusters: { a: { network } } },
    }),
  });

const problems = (egress: unknown, network: ClusterNetwork = { hostNames: 'cilium' }) =>
  refusals(() => service({ egress: egress as Egress[] }, cluster(network)));

test.each([
  ['10.2.0.0/16:5432', '10.2.0.0/16', 5432],
  ['10.2.0.7:5432', '10.2.0.7/32', 5432],
  ['[2001:db8::/32]:443', '2001:db8::/32', 443],
  ['[2001:db8::1]:443', '2001:db8::1/128', 443],
])('%s is a destination by address, on any cluster', (egress, cidr, port) => {
  const { spec } = synthObject(service({ egress: [egress] }, cluster({})).networkPolicy);
  expect(spec.egress.at(-1)).toEqual({ to: [{ ipBlock: { cidr } }], ports: [{ port, protocol: 'TCP' }] });
});

test('a host is allowed by name where Cilium is', () => {
  const api = service({ egress: ['api.stripe.com:443', '*.example.com:8443'] }, cluster({ hostNames: 'cilium' }));
  const { kind, spec } = synthObject(api.hostPolicy);
  expect(kind).toBe('CiliumNetworkPolicy');
  expect(spec.egress.slice(1)).toEqual([
    { toFQDNs: [{ matchName: 'api.stripe.com' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
    { toFQDNs: [{ matchPattern: '*.example.com' }], toPorts: [{ ports: [{ port: '8443', protocol: 'TCP' }] }] },
  ]);
});

test('Cilium sees the lookups that it learns addresses from', () => {
  const api = service({ egress: ['api.stripe.com:443'] }, cluster({ hostNames: 'cilium' }));
  expect(synthObject(api.hostPolicy).spec.egress[0].toPorts[0].rules).toEqual({ dns: [{ matchPattern: '*' }] });
});

test('a host is allowed by name where GKE’s policies are', () => {
  const api = service({ egress: ['api.stripe.com:443', '*.example.com:8443'] }, cluster({ hostNames: 'gke' }));
  const { kind, spec } = synthObject(api.hostPolicy);
  expect(kind).toBe('FQDNNetworkPolicy');
  expect(spec.egress).toEqual([
    { matches: [{ name: 'api.stripe.com' }], ports: [{ port: 443, protocol: 'TCP' }] },
    { matches: [{ pattern: '*.example.com' }], ports: [{ port: 8443, protocol: 'TCP' }] },
  ]);
});

test('a destination that has both is allowed by name where that is possible, else by address', () => {
  const egress = [{ host: 'db.acme.io', cidrs: ['10.2.0.0/16'], port: 5432 }];
  const byName = service({ egress }, cluster({ hostNames: 'cilium' }));
  const byAddress = service({ egress }, cluster({}));
  expect(JSON.stringify(synthObject(byName.networkPolicy))).not.toContain('10.2.0.0/16');
  expect(synthObject(byName.hostPolicy).spec.egress[1].toFQDNs).toEqual([{ matchName: 'db.acme.io' }]);
  expect(byAddress.hostPolicy).toBeUndefined();
  expect(JSON.stringify(synthObject(byAddress.networkPolicy))).toContain('10.2.0.0/16');
});

test('a host on a cluster whose policies know only addresses is refused with the choices', () => {
  expect(problems(['api.stripe.com:443'], {})).toEqual([
    'egress "api.stripe.com:443" names a host, and the policies of the cluster "a" know only addresses; give its addresses too, as { host, cidrs: ["..."], port }, or set network.hostNames of the cluster to cilium or gke where it has such policies',
  ]);
});

test('opening every address takes a reason, which lands in an annotation', () => {
  expect(problems(['0.0.0.0/0:443'])).toEqual([expect.stringContaining('opens every address there is')]);
  const api = service({ egress: [{ cidrs: ['0.0.0.0/0'], port: 443, reason: 'a crawler' }] }, cluster({}));
  expect(synthObject(api.networkPolicy).metadata.annotations).toEqual({ 'acme.io/egress-reason': 'a crawler' });
});

test.each([
  ['api.stripe.com', 'is no destination; write host:port or block:port'],
  ['api stripe:443', 'is no destination'],
  ['api.stripe.com:0', 'has the port 0'],
  ['api.stripe.com:70000', 'has the port 70000'],
  ['Api.stripe.com:443', 'which is no host name'],
  ['a.*.com:443', 'which is no host name'],
  ['10.2.0.0/33:443', 'is no block of addresses'],
  ['10.2.0.1/16:443', 'has address bits beyond its length'],
  ['300.2.0.0/16:443', 'is no block of addresses'],
  ['[2001:db8::1/32]:443', 'has address bits beyond its length'],
  [{ port: 443 }, 'names neither host nor cidrs'],
  [{ host: 'a.io', port: 443, protocol: 'sctp' }, 'has the protocol "sctp"'],
  [{ cidrs: [], port: 443 }, 'write blocks like ["10.2.0.0/16"]'],
  [7, 'is no destination'],
])('egress %j is refused', (egress, message) => {
  expect(problems([egress])).toEqual([expect.stringContaining(message)]);
});

test('a platform that does not enforce the network says why, and nothing is rendered', () => {
  const topology = { environments: { dev: { clusters: ['a'] } } };
  expect(() => new Platform({ domain: 'acme.io', topology, network: { enforce: false } })).toThrow('without a reason');
  const platform = new Platform({ domain: 'acme.io', topology, network: { enforce: false, reason: 'no CNI yet' } });
  const api = service({ egress: ['api.stripe.com:443'] }, testEnvironment({ platform }));
  expect([api.networkPolicy, api.hostPolicy]).toEqual([undefined, undefined]);
});
