import { type NetworkSettings, Platform } from 'cdk8s-golden-path';
import { synthObject, testEnvironment } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';
import { service } from '../workload/workloads';

const topology = { environments: { dev: { clusters: ['a'] } } };

function egress(endpoint: string | undefined, network: NetworkSettings = {}) {
  const telemetry = endpoint === undefined ? undefined : { endpoint };
  const platform = new Platform({ domain: 'acme.io', topology, telemetry, network });
  return synthObject(service({}, testEnvironment({ platform })).networkPolicy).spec.egress;
}

const named = (namespace: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
});

test.each([
  ['http://collector.observability:4318', [named('observability')], 4318],
  ['http://collector.observability.svc', [named('observability')], 80],
  ['https://collector.observability.svc.cluster.local', [named('observability')], 443],
  ['http://collector:4318', [{ podSelector: {} }], 4318],
])('telemetry to %s is let through to the pods behind it', (endpoint, to, port) => {
  expect(egress(endpoint).at(-1)).toEqual({ to, ports: [{ port, protocol: 'TCP' }] });
});

test('what the platform says of its collector wins', () => {
  const collector = { namespace: 'agents', podLabels: { app: 'alloy' }, port: 14318 };
  expect(egress('http://collector.observability:4318', { collector }).at(-1)).toEqual({
    to: [{ ...named('agents'), podSelector: { matchLabels: { app: 'alloy' } } }],
    ports: [{ port: 14318, protocol: 'TCP' }],
  });
});

test('a collector outside of the cluster needs a name that policies know', () => {
  expect(refusals(() => egress('https://otlp.vendor.example:443'))).toEqual([
    expect.stringContaining('the platform sends telemetry to "otlp.vendor.example", outside of the cluster'),
  ]);
});

test.each([
  [undefined, ['kube-system'], 53],
  ['kube-dns', ['kube-system'], 53],
  ['openshift', ['openshift-dns'], 5353],
] as const)('DNS %s is let through, over UDP and TCP', (dns, namespaces, port) => {
  const [rule] = egress(undefined, dns && { dns });
  expect(rule.to.map((peer: object) => peer)).toMatchObject(namespaces.map(named));
  expect(rule.ports).toEqual([
    { port, protocol: 'UDP' },
    { port, protocol: 'TCP' },
  ]);
});

test('the cache on each node is let through by its address, beside the DNS behind it', () => {
  const [rule] = egress(undefined, { dns: 'node-local' });
  expect(rule.to).toMatchObject([{ ipBlock: { cidr: '169.254.20.10/32' } }, named('kube-system')]);
});
