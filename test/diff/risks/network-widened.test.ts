import { diffObjects } from '../../../src/diff/diff-objects';
import { networkWidened } from '../../../src/diff/risks/network-widened';
import { holdsFor, nothing, object } from './risk-cases';

const policy = (spec: object) =>
  object('networking.k8s.io/v1 NetworkPolicy', {
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec },
  });
const pods = (app: string, more: object = {}) => ({ podSelector: { matchLabels: { app, ...more } } });
const from = (...peers: object[]) => policy({ ingress: [{ from: peers, ports: [{ port: 80 }] }] });
const ports = (...list: object[]) => policy({ egress: [{ to: [pods('db')], ports: list }] });
const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, ...(except.length > 0 && { except }) } });
const cilium = (spec: object) =>
  object('cilium.io/v2 CiliumNetworkPolicy', { spec: { endpointSelector: {}, ...spec } });

holdsFor(networkWidened, [
  {
    name: 'a peer',
    risk: [from(pods('a')), from(pods('a'), pods('b'))],
    says: ['lets pods with app=b in on port 80'],
    twin: [from(pods('a'), pods('b')), from(pods('b'))],
  },
  {
    name: 'a peer that fewer labels tell',
    risk: [from(pods('a', { tier: 'x' })), from(pods('a'))],
    says: ['lets pods with app=a in on port 80'],
    twin: [from(pods('a')), from(pods('a', { tier: 'x' }))],
  },
  {
    name: 'anybody',
    risk: [from(pods('a')), policy({ ingress: [{ ports: [{ port: 80 }] }] })],
    says: ['lets anybody in on port 80'],
    twin: [policy({ ingress: [{ ports: [{ port: 80 }] }] }), from(pods('a'))],
  },
  {
    name: 'other namespaces',
    risk: [from(pods('a')), from({ ...pods('a'), namespaceSelector: {} })],
    says: ['lets pods with app=a of any namespace in on port 80'],
    twin: [
      from({ ...pods('a'), namespaceSelector: {} }),
      from({ ...pods('a'), namespaceSelector: { matchLabels: { team: 'x' } } }),
    ],
  },
  {
    name: 'a port',
    risk: [ports({ port: 80 }), ports({ port: 80 }, { port: 5432 })],
    says: ['lets its pods out to pods with app=db on port 5432'],
    twin: [ports({ port: 80, endPort: 90 }), ports({ port: 85 })],
  },
  {
    name: 'another protocol of a port',
    risk: [ports({ port: 53 }), ports({ port: 53 }, { port: 53, protocol: 'UDP' })],
    says: ['lets its pods out to pods with app=db on port 53 of UDP'],
    twin: [ports({ port: 53 }), ports({ port: 53, protocol: 'TCP' })],
  },
  {
    name: 'an exception that ends',
    risk: [from(block('0.0.0.0/0', '10.0.0.0/8')), from(block('0.0.0.0/0'))],
    says: ['lets 0.0.0.0/0 in on port 80'],
    twin: [from(block('0.0.0.0/0')), from(block('0.0.0.0/0', '10.0.0.0/8'))],
  },
  {
    name: 'a direction that is not bounded any more',
    risk: [policy({}), policy({ policyTypes: ['Ingress'] })],
    says: ['lets its pods out to anybody on any port'],
    twin: [policy({ policyTypes: ['Ingress'] }), policy({})],
  },
  {
    name: 'a policy that goes',
    risk: [policy({}), undefined],
    says: ['is deleted, and bounds its pods no more'],
    twin: [undefined, policy({})],
  },
  {
    name: 'a policy that is new, for pods that were there',
    risk: [undefined, from(pods('a'))],
    says: ['lets pods with app=a in on port 80'],
    twin: [undefined, policy({ policyTypes: ['Egress'], ingress: [{ from: [pods('a')] }] })],
  },
  {
    name: 'a rule of Cilium',
    risk: [cilium({ egress: [] }), cilium({ egress: [{ toFQDNs: [{ matchName: 'a.io' }] }] })],
    says: ['lets more through: spec.egress[0]'],
    twin: [cilium({ egress: [{ toFQDNs: [{ matchName: 'a.io' }] }] }), cilium({ egress: [] })],
  },
  {
    name: 'a denial of Cilium that goes',
    risk: [cilium({ ingressDeny: [{ fromEntities: ['world'] }] }), cilium({ ingressDeny: [] })],
    says: ['denies less: spec.ingressDeny[0]'],
    twin: [cilium({ ingressDeny: [] }), cilium({ ingressDeny: [{ fromEntities: ['world'] }] })],
  },
]);

test('a policy that is as new as its pods only bounds them', () => {
  const added = (app: string) => {
    const pod = object('apps/v1 Deployment', {
      spec: { template: { metadata: { labels: { app } }, spec: { containers: [] } } },
    });
    const bound = policy({ podSelector: { matchLabels: { app: 'a' } }, ingress: [{ from: [pods('b')] }] });
    return diffObjects([], [pod, bound], {}, nothing).flatMap(({ risks }) => risks.map(({ id }) => id));
  };
  expect(added('a')).toEqual([]);
  expect(added('other')).toEqual(['network-widened']);
});
