import { TeamNamespace, type TeamNetworkOptions } from 'cdk8s-golden-path/team';
import { platformEnvironment, renderedBy, teamPlatform } from './teams';

const cluster = { kubernetes: '1.36', network: { apiServer: ['10.1.0.2/32'], apiServerPort: 443 } } as const;

/** The guard rails of a namespace, by name. */
function guardRails(network?: TeamNetworkOptions, props: Parameters<typeof teamPlatform>[0] = {}) {
  const platform = teamPlatform({
    ...props,
    topology: { ...teamPlatform().topology, clusters: { eu: cluster } },
  });
  const objects = renderedBy(new TeamNamespace(platformEnvironment(platform), 'orders', { network }));
  return { deny: objects['NetworkPolicy default-deny'], baseline: objects['NetworkPolicy baseline'] };
}

test('the network of every pod is closed in both directions', () => {
  expect(guardRails().deny.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

test('every pod reaches DNS, and nothing else', () => {
  const { spec } = guardRails().baseline;
  expect(spec.podSelector).toEqual({});
  expect(spec).not.toHaveProperty('ingress');
  expect(spec.egress).toHaveLength(1);
  expect(spec.egress[0].ports).toEqual([
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ]);
});

test.each([
  ['node-local', { ipBlock: { cidr: '169.254.20.10/32' } }],
  ['openshift', { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } } }],
] as const)('DNS is where %s has it', (dns, peer) => {
  expect(guardRails({}, { network: { dns } }).baseline.spec.egress[0].to[0]).toMatchObject(peer);
});

test('every pod reaches the telemetry collector', () => {
  const { spec } = guardRails({}, { telemetry: { endpoint: 'http://collector.observability:4318' } }).baseline;
  expect(spec.egress[1]).toMatchObject({
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } } }],
    ports: [{ port: 4318 }],
  });
});

test('pods reach each other where it is asked for', () => {
  const { spec } = guardRails({ sameNamespace: true }).baseline;
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(spec.ingress).toEqual([{ from: [{ podSelector: {} }] }]);
  expect(spec.egress).toContainEqual({ to: [{ podSelector: {} }] });
});

test('pods reach the API server where it is asked for', () => {
  expect(guardRails({ apiServer: true }).baseline.spec.egress[1]).toMatchObject({
    to: [{ ipBlock: { cidr: '10.1.0.2/32' } }],
    ports: [{ port: 443 }],
  });
});

test('guard rails are labelled as such', () => {
  for (const { metadata } of Object.values(guardRails())) {
    expect(metadata.labels).toMatchObject({ 'acme.io/guard-rail': 'true' });
  }
});

test('a platform that does not enforce its network renders none, and the namespace says why', () => {
  const platform = teamPlatform({ network: { enforce: false, reason: 'the mesh does it' } });
  const objects = renderedBy(new TeamNamespace(platformEnvironment(platform), 'orders'));
  expect(Object.keys(objects).filter((name) => name.startsWith('NetworkPolicy'))).toEqual([]);
  expect(objects['Namespace orders-staging'].metadata.annotations).toMatchObject({
    'acme.io/without-network': 'the mesh does it',
  });
});
