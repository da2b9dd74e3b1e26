import * as fc from 'fast-check';
import type { LabelSelector } from './label-selector';
import type { PolicyObject } from './policy-object';
import type { ContainerPort, Labels, PortProtocol, Protocol, World } from './world';

/** A world and the policies in it. */
export interface PolicyCase {
  readonly world: World;
  readonly policies: readonly PolicyObject[];
  /**
   * The ports that are asked about.
   * @default - the ports of interest of the world and its policies
   */
  readonly ports?: readonly PortProtocol[];
}

// Few keys, values, ports and addresses, so that what policies name often meets what is there.
const values = ['a', 'b'] as const;
/** Every namespace and pod has this label; only on it is `NotIn` asked for (see cyclonus.ts, difference 1). */
const everywhere = 'tier';
const sometimes = ['track', 'zone'] as const;
const protocol = fc.constantFrom<Protocol>('TCP', 'UDP', 'SCTP');

const labels: fc.Arbitrary<Labels> = fc.record(
  { [everywhere]: fc.constantFrom(...values), track: fc.constantFrom(...values), zone: fc.constantFrom(...values) },
  { requiredKeys: [everywhere] },
);

const containerPorts: fc.Arbitrary<ContainerPort[]> = fc.uniqueArray(
  fc.record(
    {
      name: fc.constantFrom('http', 'admin', 'dns', 'grpc'),
      port: fc.constantFrom(53, 80, 81, 443, 8080),
      protocol,
    },
    { requiredKeys: ['port'] },
  ),
  {
    // One name for a port and one port for a name, else it is open which of them a policy means.
    comparator: (a, b) =>
      (a.name !== undefined && a.name === b.name) ||
      (a.port === b.port && (a.protocol ?? 'TCP') === (b.protocol ?? 'TCP')),
    maxLength: 3,
  },
);

const podIp = (i: number) => [`10.0.${i % 2}.${i + 1}`, `fd00::${i % 2}:${i + 1}`];

const world: fc.Arbitrary<World> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 5 }))
  .chain(([namespaces, pods]) =>
    fc.record({
      namespaces: fc.tuple(
        ...Array.from({ length: namespaces }, (_, i) => fc.record({ name: fc.constant(`ns-${i}`), labels })),
      ),
      pods: fc.tuple(
        ...Array.from({ length: pods }, (_, i) =>
          fc.record({
            namespace: fc.integer({ min: 0, max: namespaces - 1 }).map((n) => `ns-${n}`),
            name: fc.constant(`pod-${i}`),
            labels,
            ip: fc.constantFrom(...podIp(i)),
            ports: containerPorts,
          }),
        ),
      ),
      externals: fc.constant([
        { name: 'v4', ip: '203.0.113.7' },
        { name: 'v6', ip: '2001:db8::7' },
      ]),
    }),
  );

const selector: fc.Arbitrary<LabelSelector> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      matchLabels: fc.dictionary(fc.constantFrom(everywhere, ...sometimes), fc.constantFrom(...values), { maxKeys: 2 }),
      matchExpressions: fc.array(
        fc.oneof(
          fc.record({
            key: fc.constant(everywhere),
            operator: fc.constant('NotIn'),
            values: fc.subarray([...values, 'c'], { minLength: 1 }),
          }),
          fc.record({
            key: fc.constantFrom(everywhere, ...sometimes),
            operator: fc.constant('In'),
            values: fc.subarray([...values, 'c'], { minLength: 1 }),
          }),
          fc.record({
            key: fc.constantFrom(everywhere, ...sometimes),
            operator: fc.constantFrom('Exists', 'DoesNotExist'),
          }),
        ),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  ),
);

const namespaceSelector: fc.Arbitrary<LabelSelector> = fc.oneof(
  selector,
  fc.integer({ min: 0, max: 2 }).map((i) => ({ matchLabels: { 'kubernetes.io/metadata.name': `ns-${i}` } })),
);

const ipBlock = fc.oneof(
  ...Object.entries({
    '0.0.0.0/0': ['10.0.0.0/16', '203.0.113.0/24', '10.0.1.0/24'],
    '10.0.0.0/16': ['10.0.1.0/24', '10.0.0.1/32'],
    '203.0.113.0/24': ['203.0.113.7/32', '203.0.113.128/25'],
    '::/0': ['fd00::/64', '2001:db8::/32'],
    'fd00::/64': ['fd00::1:0/112', 'fd00::1/128'],
  }).map(([cidr, parts]) =>
    fc.record({ cidr: fc.constant(cidr), except: fc.subarray(parts) }, { requiredKeys: ['cidr'] }),
  ),
);

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock }),
);

const port = fc.oneof(
  fc.record({ protocol }),
  fc.record(
    { port: fc.constantFrom<number | string>(53, 80, 443, 'http', 'dns', 'nobody'), protocol },
    { requiredKeys: ['port'] },
  ),
  fc.record(
    { port: fc.constantFrom(53, 80), endPort: fc.constantFrom(80, 443, 9000), protocol },
    { requiredKeys: ['port', 'endPort'] },
  ),
);

const rule = <Side extends 'from' | 'to'>(side: Side) =>
  fc.record(
    { [side]: fc.array(peer, { maxLength: 3 }), ports: fc.array(port, { maxLength: 3 }) },
    { requiredKeys: [] },
  );

const policy: fc.Arbitrary<PolicyObject> = fc.record({
  apiVersion: fc.constant('networking.k8s.io/v1'),
  kind: fc.constant('NetworkPolicy'),
  metadata: fc.record({
    name: fc.stringMatching(/^[a-z]{8}$/),
    namespace: fc.constantFrom('ns-0', 'ns-0', 'ns-1', 'ns-2'),
  }),
  spec: fc.record(
    {
      podSelector: selector,
      policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
      ingress: fc.array(rule('from'), { maxLength: 3 }),
      egress: fc.array(rule('to'), { maxLength: 3 }),
    },
    { requiredKeys: ['podSelector'] },
  ),
});

/** Any small world with any NetworkPolicies, each with everything that the API allows. */
export const policyCase: fc.Arbitrary<PolicyCase> = fc.record({
  world,
  policies: fc.array(policy, { minLength: 1, maxLength: 5 }),
});
