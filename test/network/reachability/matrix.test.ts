import { exampleWorld, netpol } from './example-world';
import { differences, matrix, portsOfInterest, printed } from './matrix';
import { isPod, nameOf, type PortProtocol, type World } from './world';

const [web, api] = exampleWorld.pods;
const [internet, partner] = exampleWorld.externals;
const world: World = { ...exampleWorld, pods: [web, api], externals: [internet, partner] };
const tcp = (...ports: number[]): PortProtocol[] => ports.map((port) => ({ port, protocol: 'TCP' }));
const policies = [
  netpol({
    podSelector: { matchLabels: { app: 'api' } },
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 9090, endPort: 9092 }] }],
  }),
];

test('holds every ordered pair with at least one pod, with every port', () => {
  const verdicts = matrix(world, policies, tcp(1, 2));
  expect(verdicts).toHaveLength((4 * 4 - 2 * 2) * 2);
  expect(verdicts.every(({ from, to }) => isPod(from) || isPod(to))).toBe(true);
  expect(new Set(verdicts.map(({ from, to, port }) => `${nameOf(from)} ${nameOf(to)} ${port}`)).size).toBe(24);
});

test('asks about every port that is declared, named or beside a named range, and one more', () => {
  const ports = portsOfInterest(world, [
    ...policies,
    netpol({ ingress: [{ ports: [{ port: 443 }, { port: 'http' }] }] }),
  ]);
  expect(ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => port)).toEqual([
    443, 8080, 9089, 9090, 9091, 9092, 9093, 65000,
  ]);
  expect(ports.filter(({ protocol }) => protocol === 'UDP')).toHaveLength(8);
  expect(ports).toHaveLength(16);
});

test('asks about SCTP where a policy speaks of it', () => {
  const sctp = netpol({ podSelector: {}, ingress: [{ ports: [{ protocol: 'SCTP' }] }] });
  expect(portsOfInterest(world, [sctp])).toContainEqual({ port: 8080, protocol: 'SCTP' });
});

test('asks about ports of other kinds, which are written as strings', () => {
  const cilium = { ...netpol({ egress: [{ toPorts: [{ ports: [{ port: '443' }] }] }] }), kind: 'CiliumNetworkPolicy' };
  expect(portsOfInterest(world, [cilium])).toContainEqual({ port: 443, protocol: 'TCP' });
});

test('prints what is open, one line for each pair', () => {
  expect(printed(matrix({ ...world, externals: [internet] }, policies, tcp(80, 9090)))).toBe(
    [
      'shop/web → shop/web 80/TCP 9090/TCP',
      'shop/web → shop/api 9090/TCP',
      'shop/web → internet 80/TCP 9090/TCP',
      'shop/api → shop/web 80/TCP 9090/TCP',
      'shop/api → shop/api 80/TCP 9090/TCP',
      'shop/api → internet 80/TCP 9090/TCP',
      'internet → shop/web 80/TCP 9090/TCP',
    ].join('\n'),
  );
});

test('prints differences with who, to whom, port, what was expected and what is', () => {
  const verdicts = matrix(world, policies, tcp(80, 9090)).filter(({ to }) => to === api);
  const expected = ({ from, port }: (typeof verdicts)[number]) => port === 80 || from === api || from === internet;
  expect(differences(verdicts, expected)).toBe(
    [
      'shop/web → shop/api 80/TCP: expected allowed, got denied',
      'shop/web → shop/api 9090/TCP: expected denied, got allowed',
      'internet → shop/api 80/TCP 9090/TCP: expected allowed, got denied',
      'partner → shop/api 80/TCP: expected allowed, got denied',
    ].join('\n'),
  );
  expect(differences(verdicts, ({ allowed }) => allowed)).toBe('');
});
